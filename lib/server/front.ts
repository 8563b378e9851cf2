/** The HTTP server itself: every byte goes through the guard, and what it lets through goes to Next with a cleaned head. */
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES, createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Duplex } from 'node:stream'
import type { SignIn } from './audit'
import { SESSION_COOKIE, type Auth, cookieValues } from './auth'
import type { AllowedHost } from './authority'
import { ownConnectionRoom } from './descriptors'
import { type Refusal, type RequestHead, type Verdict, isHashedAsset, judgeRequest } from './guard'
import { type HeaderPolicy, enforceHeaders, makeNonce, requestHeadersForNext } from './headers'
import { cookieLine, handleSignIn, sendLoginPage } from './login'
import { type AddressRange, type Peer, peerOf } from './peer'
import { PROBLEM_TYPE, problemBody } from './problem'
import { headerValues } from './raw-headers'
import type { TlsMaterial } from './tls'
import { WALL_COOKIE } from './wall-pass'

export interface FrontOptions {
  auth: Auth
  extraHosts: readonly AllowedHost[]
  dev: boolean
  /** Absent: plain HTTP. */
  tls?: TlsMaterial | null
  /** Whose forwarding headers count; absent: nobody's. */
  trustedProxies?: readonly AddressRange[]
  /** Next, or what stands for it in tests. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void> | void
  /** Next's web socket for hot reload; only in development. */
  handleUpgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** One call per refusal that an administrator may want to know of. */
  onRefused?(reason: string, host: string): void
  /** One call per attempt to sign in. */
  onSignIn?(one: SignIn): void
  onError?(error: unknown): void
}

/** Slow heads and bodies are cut by these; tests shorten them. */
export interface FrontLimits {
  headersTimeout: number
  requestTimeout: number
  maxConnections: number
}
const LIMITS: Omit<FrontLimits, 'maxConnections'> = { headersTimeout: 10_000, requestTimeout: 15_000 }

export function createFront(options: FrontOptions, limits: Partial<FrontLimits> = {}): Server {
  const { headersTimeout, requestTimeout, maxConnections } = {
    ...LIMITS,
    maxConnections: ownConnectionRoom(),
    ...limits,
  }
  const settings = {
    headersTimeout,
    requestTimeout,
    // How often the two above are looked at; Node's own 30 s would make them mean little.
    connectionsCheckingInterval: Math.min(1000, headersTimeout),
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16 * 1024,
    // The guard answers these, with our headers.
    requireHostHeader: false,
  }
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response)
  }
  const { tls } = options
  const server: Server = tls
    ? createTlsServer({ ...settings, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: headersTimeout }, onRequest)
    : createServer(settings, onRequest)
  server.maxConnections = maxConnections
  // By default headers after the 2,000th are dropped in silence; their size is bounded already.
  server.maxHeadersCount = 0

  const judge = (request: IncomingMessage, peer = peerFor(request)): Verdict => {
    const address = server.address()
    const ownPort = typeof address === 'object' && address !== null ? address.port : 0
    const verdict = judgeRequest(headOf(request, peer), {
      ownPort,
      extraHosts: options.extraHosts,
      auth: options.auth,
      dev: options.dev,
    })
    if (!verdict.allow && verdict.problem.status === 421)
      options.onRefused?.('unknown host name', request.headers.host ?? '')
    return verdict
  }

  /** Sockets with an answer under way, or a last one that was given. */
  const answering = new WeakSet<Socket>()

  const peerFor = (request: IncomingMessage): Peer => {
    const { remoteAddress } = request.socket
    const encrypted = request.socket instanceof TLSSocket
    return peerOf({ remoteAddress, encrypted }, request.rawHeaders, options.trustedProxies ?? [])
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const peer = peerFor(request)
    const verdict = judge(request, peer)
    const { socket } = request
    answering.add(socket)
    if (verdict.allow) response.on('finish', () => answering.delete(socket))
    const nonce = makeNonce()
    const isForm = verdict.allow ? verdict.isLogin : verdict.body === 'login'
    const headers: HeaderPolicy = {
      nonce,
      dev: options.dev,
      cacheable: verdict.allow && !options.dev && isHashedAsset(verdict.path),
      ...(isForm ? { referrerPolicy: 'same-origin' } : {}),
    }
    enforceHeaders(response, headers)
    try {
      if (!verdict.allow) sendRefusal(response, verdict, nonce)
      else if (!verdict.isLogin) {
        cleanHead(request, verdict.host, nonce, options.dev)
        const pass = verdict.renewsPass ? options.auth.renew() : null
        if (pass !== null) response.setHeader('set-cookie', cookieLine(pass, peer.secure))
        await options.handle(request, response)
      } else if (request.method === 'POST')
        await handleSignIn(request, response, nonce, {
          auth: options.auth,
          peer,
          onSignIn: one => options.onSignIn?.(one),
        })
      else sendLoginPage(response, nonce, 200, 'asked')
    } catch (error) {
      options.onError?.(error)
      if (response.headersSent) response.destroy()
      else sendRefusal(response, { ...INTERNAL, body: 'text' }, nonce)
    }
  }

  // Expect: 100-continue is no different: nobody gets to send a body before the guard has spoken.
  server.on('checkContinue', (request, response) => void answer(request, response))
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const verdict = options.handleUpgrade && judge(request)
    if (verdict?.allow && verdict.path.startsWith('/_next/')) options.handleUpgrade?.(request, socket, head)
    else endRaw(socket, verdict && !verdict.allow ? verdict.problem.status : 400)
  })
  server.on('connect', (_request, socket) => endRaw(socket, 405))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // An answer may be on its way already: a second one would be read as part of it.
    if (socket instanceof Socket && answering.has(socket)) socket.destroySoon()
    else endRaw(socket, STATUS_OF_ERROR[error.code ?? ''] ?? 400)
  })
  return server
}

const STATUS_OF_ERROR: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

const INTERNAL = {
  allow: false,
  problem: { status: 500, title: 'Internal error', detail: 'Something went wrong here. The log says what.' },
  headers: {},
} as const

const headOf = (request: IncomingMessage, peer: Peer): RequestHead => ({
  method: request.method ?? '',
  target: request.url ?? '',
  rawHeaders: request.rawHeaders,
  peer,
  localAddress: request.socket.localAddress,
})

/** Replaces the head by what Next may see. */
function cleanHead(request: IncomingMessage, host: string, nonce: string, dev: boolean): void {
  const given = headerValues(request.rawHeaders, 'cookie').join('; ')
  const ours = [SESSION_COOKIE, WALL_COOKIE].flatMap(name => {
    const [value] = cookieValues(given, name)
    return value === undefined ? [] : [`${name}=${value}`]
  })
  const cookie = ours.length === 0 ? null : ours.join('; ')
  request.headers = requestHeadersForNext(request.headers, { host, nonce, dev, cookie })
  request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [name, Array.isArray(value) ? value.join(', ') : value],
  )
}

function sendRefusal(response: ServerResponse, refusal: Refusal, nonce: string): void {
  // What is left of the request is not read, so the connection cannot be used again.
  response.setHeader('connection', 'close')
  for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value)
  const { problem, body } = refusal
  if (body === 'login') return sendLoginPage(response, nonce, problem.status, 'asked')
  const text =
    body === 'silent' ? '' : body === 'problem' ? problemBody(problem) : `${problem.title}. ${problem.detail}\n`
  response.writeHead(problem.status, {
    'content-length': String(Buffer.byteLength(text)),
    ...(body === 'silent' ? {} : { 'content-type': body === 'problem' ? PROBLEM_TYPE : 'text/plain; charset=utf-8' }),
  })
  response.end(response.req.method === 'HEAD' ? undefined : text)
}

/** For requests that never became one. */
function endRaw(socket: Duplex, status: number): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'connection: close',
    'content-length: 0',
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    "content-security-policy: default-src 'none'",
  ]
  if (status === 405) lines.push('allow: GET, HEAD')
  socket.end(`${lines.join('\r\n')}\r\n\r\n`)
}
