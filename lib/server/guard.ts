/**
 * The decision about one request, from nothing but its head and the socket's addresses. It stands in front of Next: checks
 * inside Next have been walked round before (CVE-2025-29927, CVE-2026-44578, GHSA-267c-6grr-h53f).
 * Pure but for `auth`, which counts failures.
 */
import { type AllowedHost, type Authority, isAllowedHost, parseAuthority } from './authority'
import type { Auth } from './auth'
import type { Peer } from './peer'
import { type Problem, problem } from './problem'
import { headerValues } from './raw-headers'
import { judgeTarget } from './target'
import { WALL_PATH, isWallRead } from './wall-pass'

export interface RequestHead {
  method: string
  /** As on the request line. */
  target: string
  /** Names and values in turn, as they came: duplicates matter here. */
  rawHeaders: readonly string[]
  peer: Peer
  localAddress: string | undefined
}

export interface GuardPolicy {
  ownPort: number
  extraHosts: readonly AllowedHost[]
  auth: Auth
  /** Next's development server needs more of /_next than its hashed files. */
  dev: boolean
}

interface Admission {
  allow: true
  path: string
  query: string
  host: string
  isLogin: boolean
  /** The wall is loaded with a pass of its own, which is to be replaced by a fresh one. */
  renewsPass: boolean
}
export interface Refusal {
  allow: false
  problem: Problem
  /** problem: for programs · text: for people · silent: no body, the sender has no business here · login: the form */
  body: 'problem' | 'text' | 'silent' | 'login'
  headers: Readonly<Record<string, string>>
}
export type Verdict = Admission | Refusal

const isApi = (path: string) => path === '/api' || path.startsWith('/api/')
/** Answered in problem+json like the API. */
const FOR_PROGRAMS: ReadonlySet<string> = new Set(['/metrics', '/readyz', '/healthz', '/map.svg'])
const isForPrograms = (path: string) => isApi(path) || FOR_PROGRAMS.has(path)
export const isHashedAsset = (path: string): boolean => path.startsWith('/_next/static/')

const MAX_LOGIN_BODY = 4096

/** Judges one request. The first thing that is wrong decides the answer. */
export function judgeRequest(head: RequestHead, policy: GuardPolicy): Verdict {
  const header = (name: string) => headerValues(head.rawHeaders, name)
  const path = head.target.split('?', 1)[0] ?? ''
  const refuse = (status: number, detail: string, headers: Readonly<Record<string, string>> = {}): Refusal => ({
    allow: false,
    problem: problem(status, detail),
    body: isForPrograms(path) ? 'problem' : 'text',
    headers,
  })

  const target = judgeTarget(head.target)
  if (!target.ok && target.status !== 404) return refuse(target.status, target.detail)
  if (header('upgrade').length > 0 && !policy.dev) return refuse(400, 'This server upgrades no connection.')

  const [hostText, ...moreHosts] = header('host')
  if (hostText === undefined || hostText === '') return refuse(400, 'The request has no Host header.')
  if (moreHosts.length > 0) return refuse(400, 'The request has more than one Host header.')
  const host = parseAuthority(hostText)
  if (!host || !isAllowedHost(host, policy.extraHosts, policy.ownPort, head.localAddress, head.peer.secure))
    return { ...refuse(421, 'This name is not served here.'), body: 'silent' }

  const isLogin = path === '/login' && policy.auth.required
  const isRead = head.method === 'GET' || head.method === 'HEAD'
  if (!isRead && !(isLogin && head.method === 'POST'))
    return refuse(405, 'Only GET and HEAD are served.', { allow: isLogin ? 'GET, HEAD, POST' : 'GET, HEAD' })

  const bodyProblem = judgeBody(head, isRead)
  if (bodyProblem) return refuse(bodyProblem.status, bodyProblem.detail)
  const crossing = judgeOrigin(head, host, isRead, path)
  if (crossing !== null) return refuse(403, crossing)

  if (!target.ok) return refuse(target.status, target.detail)
  if (!policy.dev && target.path.startsWith('/_next') && !isHashedAsset(target.path))
    return refuse(404, 'There is nothing at this address.')
  if (target.path.startsWith('/_next/image')) return refuse(404, 'There is nothing at this address.')

  let renewsPass = false
  if (!isLogin && target.path !== '/healthz') {
    const credentials = { authorization: onlyValue(header('authorization')), cookie: onlyValue(header('cookie')) }
    const auth = policy.auth.check(credentials, head.peer.address)
    if (!auth.ok) return refuseUnknown(auth.status, isForPrograms(path), header('accept'))
    if (auth.scope === 'wall' && !isWallRead(target.path))
      return refuseUnknown(401, isForPrograms(path), header('accept'))
    renewsPass = auth.scope === 'wall' && target.path === WALL_PATH
  }
  return { allow: true, path: target.path, query: target.query, host: hostText, isLogin, renewsPass }
}

/** null when there is none; doubled credentials are joined, so that they match nothing. */
const onlyValue = (values: string[]): string | null => (values.length === 0 ? null : values.join('; '))

function judgeBody(head: RequestHead, isRead: boolean): Problem | null {
  const length = headerValues(head.rawHeaders, 'content-length')
  const chunked = headerValues(head.rawHeaders, 'transfer-encoding').length > 0
  if (isRead) return chunked || length.some(value => value !== '0') ? problem(400, 'A read has no body.') : null
  if (chunked || length.length !== 1) return problem(400, 'The body must say its length.')
  return Number(length[0]) > MAX_LOGIN_BODY ? problem(413, 'The body is too large.') : null
}

/**
 * Whether a page of somebody else sent this. Browsers say so in Origin and Sec-Fetch-Site; programs send neither.
 * Ports do not make a site, so "same-site" is as foreign as "cross-site": http://localhost:8080 is somebody else.
 * @returns why it is refused, or null
 */
function judgeOrigin(head: RequestHead, host: Authority, isRead: boolean, path: string): string | null {
  const origins = headerValues(head.rawHeaders, 'origin')
  const sites = headerValues(head.rawHeaders, 'sec-fetch-site')
  if (origins.length > 1 || sites.length > 1) return 'The request contradicts itself.'
  const [origin] = origins
  const [site] = sites
  if (origin !== undefined && !isSameOrigin(origin, host, head.peer.secure))
    return 'The request comes from another origin.'
  if (!isRead && origin === undefined) return 'The request does not say where it comes from.'
  if (site === undefined || site === 'same-origin') return null
  if (!isRead) return 'The request comes from another site.'
  if (site === 'none') return null
  // A link on a wiki page may open the dashboard; nothing may embed it or read its API.
  const [mode] = headerValues(head.rawHeaders, 'sec-fetch-mode')
  const [dest] = headerValues(head.rawHeaders, 'sec-fetch-dest')
  if (mode === 'navigate' && dest === 'document' && !isForPrograms(path)) return null
  return 'The request comes from another site.'
}

/** A proxy that nobody named may have taken TLS off, so that either scheme can be ours where none is known to be used. */
function isSameOrigin(origin: string, host: Authority, secure: boolean): boolean {
  const match = /^(https?):\/\/([^/?#@\\]+)$/.exec(origin)
  const parsed = match ? parseAuthority(match[2] ?? '') : null
  if (!match || !parsed || (secure && match[1] === 'http')) return false
  const defaultPort = match[1] === 'https' ? 443 : 80
  return parsed.host === host.host && (parsed.port ?? defaultPort) === (host.port ?? defaultPort)
}

/** Pages show the form, so that a link still leads somewhere; programs are told how to prove themselves. */
function refuseUnknown(status: 401 | 429, forPrograms: boolean, accept: string[]): Refusal {
  const wantsPage = !forPrograms && status === 401 && accept.some(value => value.includes('text/html'))
  return {
    allow: false,
    problem: problem(
      status,
      status === 401 ? 'Send the token as "Authorization: Bearer …".' : 'Too many wrong tokens: wait a minute.',
    ),
    body: wantsPage ? 'login' : forPrograms ? 'problem' : 'text',
    headers: status === 401 ? { 'www-authenticate': 'Bearer realm="podwire"' } : { 'retry-after': '60' },
  }
}
