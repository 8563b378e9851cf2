/** The headers of every answer, whatever produced it, and the request headers that may reach Next. */
import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'

export const makeNonce = (): string => randomBytes(16).toString('base64')

/**
 * The content security policy of one answer. Next reads the nonce from the request's own copy of this header.
 * In development Next's bundler needs eval, inline styles and a web socket; never in production.
 */
function contentSecurityPolicy(nonce: string, dev: boolean): string {
  const directives = {
    'default-src': "'none'",
    'script-src': dev ? `'self' 'nonce-${nonce}' 'unsafe-eval'` : `'self' 'nonce-${nonce}'`,
    'style-src': dev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': dev ? "'self' ws:" : "'self'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

const FIXED: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
}

/** Never sent, whoever sets them: there is no cross-origin reader, and the software's name helps nobody. */
const BANNED = [
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-expose-headers',
  'x-powered-by',
  'server',
]

export interface HeaderPolicy {
  nonce: string
  dev: boolean
  /** Content-hashed files may be kept by browsers; everything else is read anew. */
  cacheable: boolean
  /** The login form needs its own Origin, which no-referrer would turn into "null". */
  referrerPolicy?: 'same-origin'
}

/**
 * Puts the security headers on an answer at the moment its head is written, so that nothing that handles the request later
 * can weaken them. Cache-Control is left alone only for hashed files that were found, and for streams, which say no-cache.
 */
export function enforceHeaders(response: ServerResponse, policy: HeaderPolicy): void {
  const writeHead = response.writeHead.bind(response)
  const enforce = (status: number) => {
    for (const name of BANNED) response.removeHeader(name)
    for (const [name, value] of Object.entries(FIXED)) response.setHeader(name, value)
    response.setHeader('content-security-policy', contentSecurityPolicy(policy.nonce, policy.dev))
    if (policy.referrerPolicy) response.setHeader('referrer-policy', policy.referrerPolicy)
    const isStream = String(response.getHeader('content-type')).startsWith('text/event-stream')
    if (isStream) response.setHeader('cache-control', 'no-cache, no-transform, no-store')
    else if (!(policy.cacheable && status === 200)) response.setHeader('cache-control', 'no-store')
  }
  response.writeHead = (status: number, ...rest: unknown[]) => {
    // Headers given with the call would come after ours: take them over first.
    for (const part of rest) if (typeof part === 'object' && part !== null) takeOver(response, part)
    enforce(status)
    const [reason] = rest
    return typeof reason === 'string' ? writeHead(status, reason) : writeHead(status)
  }
}

function takeOver(response: ServerResponse, headers: object): void {
  if (Array.isArray(headers)) {
    const flat: unknown[] = headers.flat()
    for (let i = 0; i + 1 < flat.length; i += 2) response.appendHeader(String(flat[i]), String(flat[i + 1]))
    return
  }
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) response.setHeader(name, asHeader(value))
}

const asHeader = (value: unknown): string | string[] => (Array.isArray(value) ? value.map(String) : String(value))

/**
 * What Next may see. An allow-list: headers that switch Next's inner paths (x-middleware-subrequest, next-action,
 * x-forwarded-*, x-invoke-*, …) have been the way round its checks more than once.
 */
const PASSED = [
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'connection',
  'if-modified-since',
  'if-none-match',
  'last-event-id',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  'next-router-state-tree',
  'next-url',
  'rsc',
  'user-agent',
]

/** Dev tooling of Next needs a few more; checks of ours are over by then. */
const PASSED_IN_DEV = ['next-hmr-refresh', 'next-html-request-id', 'origin', 'sec-fetch-mode', 'sec-fetch-site']

export interface PassedHeaders {
  host: string
  nonce: string
  dev: boolean
  /** The session cookie when it is a valid one; other cookies are none of Next's business. */
  cookie: string | null
}

export function requestHeadersForNext(headers: IncomingHttpHeaders, own: PassedHeaders): IncomingHttpHeaders {
  const passed: IncomingHttpHeaders = {}
  for (const name of own.dev ? [...PASSED, ...PASSED_IN_DEV] : PASSED)
    if (headers[name] !== undefined) passed[name] = headers[name]
  passed.host = own.host
  passed['content-security-policy'] = contentSecurityPolicy(own.nonce, own.dev)
  if (own.cookie !== null) passed.cookie = own.cookie
  return passed
}
