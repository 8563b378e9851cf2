/**
 * A Podman API service without Podman: a real HTTP server on a real unix socket, that answers from content which tests
 * change, and misbehaves on demand.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { mkdtemp, rename, rm, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import type { Answer, EngineContent, RawContainer } from './content'
import { textAt, type Json } from './json'

/** What is wrong with an answer. Without any of these it is right. */
interface Fault {
  /** Milliseconds before the answer. */
  delay?: number
  status?: number
  /** In place of the right body; text is sent as it is. */
  body?: Json
  /** The connection breaks after so many bytes of the body. */
  cutAt?: number
  /** The request is taken and never answered. */
  stall?: boolean
  /** The body comes byte by byte, so many each second. */
  trickle?: number
  /** How often; then it heals. For ever when absent. */
  times?: number
}

export interface FakeEngine {
  readonly path: string
  content: EngineContent
  /** Paths asked for, without the version prefix, in order. Tests may empty it. */
  readonly requests: string[]
  /** Most requests at the same time, streams not counted. */
  busiest: () => number
  put: (container: RawContainer) => void
  remove: (id: string) => void
  /** Sends an event to every open stream; text goes as it is, so it can be cut, malformed, or two at once. */
  emit: (event: { type?: string; action: string; id: string; name?: string } | string) => void
  /** Events are lost from now on. */
  dropEvents: boolean
  /** Like Podman 5.1 and 5.2: headers of the stream only with the first event. */
  lateHeaders: boolean
  openStreams: () => number
  endStreams: () => void
  /** Makes answers to paths that contain `part` wrong. The last one that fits counts. Returns the way to mend it. */
  fault: (part: string, fault: Fault) => () => void
  /** Like kill -9: every connection breaks, and the socket file stays behind with nobody listening. */
  kill: () => Promise<void>
  /** The service ends and removes its socket file. */
  stop: () => Promise<void>
  /** Listens again; always a new socket file (a new inode), as a restarted service makes it. */
  start: () => Promise<void>
  /** A new socket file while the old server goes on with those that are connected. */
  replaceSocket: () => Promise<void>
  /** Ends everything, and removes the directory. */
  close: () => Promise<void>
}

const PREFIX = /^\/v\d[0-9A-Za-z.-]*\/libpod/

/** Starts an engine in a directory of its own (or at `path`). */
export async function startEngine(content: EngineContent, options: { path?: string } = {}): Promise<FakeEngine> {
  const directory = options.path === undefined ? await mkdtemp(join(tmpdir(), 'podwire-engine-')) : null
  const path = options.path ?? join(directory ?? '', 'podman.sock')
  const faults: { part: string; fault: Fault; left: number }[] = []
  const streams = new Set<{ response: ServerResponse; begin: () => void }>()
  const sockets = new Set<Socket>()
  const servers = new Set<Server>()
  let server: Server | null = null
  let running = 0
  let busiest = 0

  const engine: FakeEngine = {
    path,
    content,
    requests: [],
    busiest: () => busiest,
    put(container) {
      engine.content.containers.set(textAt(container.row, 'Id'), container)
    },
    remove: id => void engine.content.containers.delete(id),
    emit(event) {
      if (engine.dropEvents) return
      const text = typeof event === 'string' ? event : `${JSON.stringify(eventLine(event))}\n`
      for (const stream of streams) {
        stream.begin()
        stream.response.write(text)
      }
    },
    dropEvents: false,
    lateHeaders: false,
    openStreams: () => streams.size,
    endStreams() {
      for (const { response } of streams) response.end()
    },
    fault(part, fault) {
      const entry = { part, fault, left: fault.times ?? Infinity }
      faults.push(entry)
      return () => void (entry.left = 0)
    },
    async kill() {
      // Node removes the socket file when it stops listening, a killed process does not.
      const aside = `${path}.aside`
      await rename(path, aside)
      await end()
      await rename(aside, path)
    },
    stop: () => end(),
    async start() {
      await end()
      await rm(path, { force: true })
      await listen()
    },
    async replaceSocket() {
      await unlink(path)
      await listen()
    },
    async close() {
      await end()
      await rm(directory ?? path, { recursive: true, force: true })
    },
  }

  async function listen(): Promise<void> {
    server = createServer((request, response) => void answer(request, response))
    server.keepAliveTimeout = 10_000
    server.on('connection', socket => {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    })
    servers.add(server)
    server.listen(path)
    await once(server, 'listening')
  }

  async function end(): Promise<void> {
    for (const socket of sockets) socket.destroy()
    await Promise.all([...servers].map(each => new Promise(resolve => each.close(resolve))))
    servers.clear()
    server = null
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = (request.url ?? '').replace(PREFIX, '')
    engine.requests.push(asked)
    response.on('error', () => {})
    response.setHeader('Libpod-API-Version', engine.content.version)
    response.setHeader('Server', `Libpod/${engine.content.version} (linux)`)
    const entry = faults.findLast(each => each.left > 0 && asked.includes(each.part))
    if (entry !== undefined) entry.left--
    const fault = entry?.fault ?? {}
    const isStream = asked.startsWith('/events')
    if (!isStream) busiest = Math.max(busiest, ++running)
    try {
      if (fault.delay !== undefined) await new Promise(resolve => setTimeout(resolve, fault.delay))
      if (fault.stall === true) return
      if (isStream && fault.status === undefined && fault.cutAt === undefined) return openStream(response)
      await send(response, fault, answerTo(asked))
    } finally {
      if (!isStream) running--
    }
  }

  function openStream(response: ServerResponse): void {
    const stream = {
      response,
      begin: () => {
        if (response.headersSent) return
        response.writeHead(200, { 'Content-Type': 'application/json' })
        response.flushHeaders()
      },
    }
    streams.add(stream)
    response.on('close', () => streams.delete(stream))
    if (!engine.lateHeaders) stream.begin()
  }

  function answerTo(asked: string): Answer {
    const { containers, pods, networks, volumes, info } = engine.content
    const [route = ''] = asked.split('?')
    if (route === '/_ping') return { status: 200, body: 'OK' }
    if (route === '/info') return info
    if (route === '/containers/json') return ok([...containers.values()].map(each => each.row))
    if (route === '/networks/json') return ok(networks)
    if (route === '/pods/json') return ok([...pods.values()].map(each => each.row))
    if (route === '/volumes/json') return ok(volumes)
    if (route === '/version') return ok({ Version: engine.content.version })
    const [, kind, id = ''] = /^\/(containers|pods)\/([^/]+)\/json$/.exec(route) ?? []
    const found = kind === 'pods' ? pods.get(id) : kind === 'containers' ? containers.get(id) : undefined
    if (found !== undefined) return ok(found.inspect)
    if (kind === undefined) return { status: 404, body: 'Not Found\n' }
    const message = `no ${kind === 'pods' ? 'pod' : 'container'} with name or ID "${id}" found: no such ${kind}`
    return { status: 404, body: { cause: `no such ${kind}`, message, response: 404 } }
  }

  await listen()
  return engine
}

const ok = (body: Json): Answer => ({ status: 200, body })

async function send(response: ServerResponse, fault: Fault, right: Answer): Promise<void> {
  const body = fault.body ?? (fault.status === undefined ? right.body : failure(fault.status))
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  response.writeHead(fault.status ?? right.status, {
    'Content-Type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json',
  })
  if (fault.trickle !== undefined) {
    for (let at = 0; at < bytes.length && !response.destroyed; at++) {
      response.write(bytes.subarray(at, at + 1))
      await new Promise(resolve => setTimeout(resolve, 1000 / (fault.trickle ?? 1)))
    }
  }
  if (fault.cutAt !== undefined) {
    response.write(bytes.subarray(0, fault.cutAt), () => response.destroy())
    return
  }
  response.end(fault.trickle === undefined ? bytes : undefined)
}

const failure = (status: number): Json => ({
  cause: 'broken by the test',
  message: 'broken by the test',
  response: status,
})

/** As 5.4.2 writes it. */
const eventLine = ({
  type = 'container',
  action,
  id,
  name = '',
}: {
  type?: string
  action: string
  id: string
  name?: string
}) => ({
  status: action,
  id,
  Type: type,
  Action: action,
  Actor: { ID: id, Attributes: { name } },
  scope: 'local',
  time: Math.floor(Date.now() / 1000),
  timeNano: Date.now() * 1e6,
})
