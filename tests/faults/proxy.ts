/**
 * Stands between Podwire and an engine, on a unix socket of its own, and does to the answers what broken engines, networks and
 * machines do. It passes on bytes that it has made itself, so a fault can begin at any of them.
 */
import { once } from 'node:events'
import { request } from 'node:http'
import { mkdtemp, rename, rm, unlink } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type After, liveAfter } from '@/lib/podman/after'

/** What is wrong with one answer; its bytes are counted from the first of the body, unless `head` is said. */
export type Fault =
  | { kind: 'delay'; milliseconds: number }
  /** Asked of the engine at once, and given out when `until` resolves: older than what is asked for meanwhile. */
  | { kind: 'hold'; until: Promise<void> }
  /** So many bytes, and then silence for ever; without `at` not even a head. */
  | { kind: 'stall'; at?: number }
  | { kind: 'trickle'; bytesPerSecond: number }
  | { kind: 'cut'; at: number }
  /**
   * So many bytes of the whole answer; the engine is left with the rest, and may die of something, until `until` resolves. Then
   * comes what it has sent.
   */
  | { kind: 'halt'; at: number; until: Promise<void> }
  | { kind: 'close' }
  /** Another answer in place of the engine's. */
  | { kind: 'replace'; status?: number; body: string | Buffer; type?: string }
  /** No HTTP. */
  | { kind: 'bytes'; bytes: Buffer }
  /** A body without end. */
  | { kind: 'oversize' }
  /** Announces chunks, and closes within one. */
  | { kind: 'half-chunk' }

/** What becomes of the lines of an events stream: nothing (lost), itself, or others before and after it. */
export type LineFault = (line: string) => readonly string[]

export interface FaultProxy {
  readonly path: string
  /** Where answers come from. */
  upstream: string
  /** Paths asked for without the version prefix, in order; tests may empty it. */
  readonly requests: string[]
  /** Requests of which the answer is kept back on purpose. */
  held: () => number
  /** Connections that are open now, and most requests at the same time, streams not counted. */
  connections: () => number
  busiest: () => number
  /** Answers to paths that match go wrong; the last fault that fits counts. Returns the way to mend it. */
  fault: (part: string | RegExp, fault: Fault, times?: number) => () => void
  /** What becomes of the lines of events streams; null = they pass. */
  lines: LineFault | null
  /** Headers of the events stream are kept until its first line, as Podman 5.1 and 5.2 do. */
  lateHeaders: boolean
  /** Puts bytes into every open events stream; a write for each piece. */
  inject: (...pieces: (string | Buffer)[]) => void
  openStreams: () => number
  /** Ends the events streams, with the end of the answer (`properly`) or in the middle of it. */
  endStreams: (properly: boolean) => void
  /** Breaks every connection. */
  breakAll: () => void
  /** Nobody listens: the socket file stays behind. */
  refuse: () => Promise<void>
  /** The socket file goes away; open connections stay. */
  vanish: () => Promise<void>
  /** Connections are taken and never read from. */
  deaf: boolean
  /** Listens (again), on a new socket file. */
  listen: () => Promise<void>
  close: () => Promise<void>
}

interface Stream {
  socket: Socket
  begin: () => void
  write: (bytes: Buffer) => void
  end: () => void
}

const PREFIX = /^\/v\d[0-9A-Za-z.-]*\/libpod/

/** Starts a proxy to the socket `upstream`. `after` is the time that delays and trickles go by. */
export async function startProxy(upstream: string, after: After = liveAfter): Promise<FaultProxy> {
  const directory = await mkdtemp(join(tmpdir(), 'podwire-faults-'))
  const path = join(directory, 'podman.sock')
  const faults: { part: string | RegExp; fault: Fault; left: number }[] = []
  const sockets = new Set<Socket>()
  const streams = new Set<Stream>()
  const keeping = new Set<Socket>()
  let server: Server | null = null
  let running = 0
  let busiest = 0

  const proxy: FaultProxy = {
    path,
    upstream,
    requests: [],
    held: () => keeping.size,
    connections: () => sockets.size,
    busiest: () => busiest,
    fault(part, fault, times = Infinity) {
      const entry = { part, fault, left: times }
      faults.push(entry)
      return () => void (entry.left = 0)
    },
    lines: null,
    lateHeaders: false,
    inject(...pieces) {
      for (const stream of streams) {
        stream.begin()
        for (const piece of pieces) stream.write(Buffer.from(piece))
      }
    },
    openStreams: () => streams.size,
    endStreams(properly) {
      for (const stream of streams) {
        if (properly) stream.end()
        else stream.socket.destroy()
      }
    },
    breakAll() {
      for (const socket of sockets) socket.destroy()
    },
    async refuse() {
      // Node removes the socket file when it stops listening, a killed process does not.
      await rename(path, `${path}.aside`)
      await stopListening()
      proxy.breakAll()
      await rename(`${path}.aside`, path)
    },
    async vanish() {
      await unlink(path)
    },
    deaf: false,
    async listen() {
      await stopListening()
      await rm(path, { force: true })
      server = createServer({ pauseOnConnect: false }, serve)
      server.listen(path)
      await once(server, 'listening')
    },
    async close() {
      await stopListening()
      proxy.breakAll()
      await rm(directory, { recursive: true, force: true })
    },
  }

  async function stopListening(): Promise<void> {
    const old = server
    server = null
    // Those that are connected stay; close() would wait for them.
    old?.close()
    await Promise.resolve()
  }

  function serve(socket: Socket): void {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      keeping.delete(socket)
    })
    let head = ''
    socket.on('data', bytes => {
      if (proxy.deaf) return void keeping.add(socket)
      // Requests are GETs without a body, one after the other.
      head += bytes.toString('latin1')
      for (let end = head.indexOf('\r\n\r\n'); end !== -1; end = head.indexOf('\r\n\r\n')) {
        const target = head.slice(0, end).split(' ')[1] ?? ''
        head = head.slice(end + 4)
        void answer(socket, target)
      }
    })
  }

  async function answer(socket: Socket, target: string): Promise<void> {
    const asked = target.replace(PREFIX, '')
    proxy.requests.push(asked)
    const entry = faults.findLast(
      ({ part, left }) => left > 0 && (typeof part === 'string' ? asked.includes(part) : part.test(asked)),
    )
    if (entry !== undefined) entry.left--
    const isStream = asked.startsWith('/events')
    if (!isStream) busiest = Math.max(busiest, ++running)
    try {
      if (isStream && (entry === undefined || entry.fault.kind === 'delay')) {
        if (entry?.fault.kind === 'delay') await keepBack(socket, pause(entry.fault.milliseconds))
        await follow(socket, target)
      } else await give(socket, target, entry?.fault ?? null)
    } catch {
      socket.destroy()
    } finally {
      if (!isStream) running--
    }
  }

  const pause = (milliseconds: number) => new Promise<void>(resolve => void after(milliseconds, resolve))

  async function keepBack(socket: Socket, until: Promise<void>): Promise<void> {
    keeping.add(socket)
    await until
    keeping.delete(socket)
  }

  async function give(socket: Socket, target: string, fault: Fault | null): Promise<void> {
    switch (fault?.kind) {
      case undefined:
        return void socket.write(whole(await ask(target)))
      case 'delay':
        await keepBack(socket, pause(fault.milliseconds))
        return void socket.write(whole(await ask(target)))
      case 'hold': {
        const answered = await ask(target)
        await keepBack(socket, fault.until)
        return void socket.write(whole(answered))
      }
      case 'stall':
        if (fault.at !== undefined) socket.write(upTo(await ask(target), fault.at))
        return void keeping.add(socket)
      case 'trickle': {
        const answered = await ask(target)
        socket.write(upTo(answered, 0))
        keeping.add(socket)
        for (let at = 0; at < answered.body.length && !socket.destroyed; at++) {
          socket.write(answered.body.subarray(at, at + 1))
          await pause(1000 / fault.bytesPerSecond)
        }
        keeping.delete(socket)
        return
      }
      case 'cut':
        return void socket.end(upTo(await ask(target), fault.at), () => socket.destroy())
      case 'halt':
        return await halt(socket, target, fault)
      case 'close':
        return void socket.destroy()
      case 'replace': {
        // A stream has no end to wait for; its head is that of every answer.
        const { status, headers } = await ask(
          target.includes('/events?') ? target.replace(/events\?.*/, '_ping') : target,
        )
        const body = Buffer.from(fault.body)
        const type = fault.type ?? headers['content-type'] ?? 'application/json'
        return void socket.write(
          whole({ status: fault.status ?? status, headers: { ...headers, 'content-type': type }, body }),
        )
      }
      case 'bytes':
        return void socket.write(fault.bytes)
      case 'oversize': {
        socket.write(headOf(await ask(target), 'transfer-encoding: chunked'))
        const chunk = Buffer.from(`10000\r\n${' '.repeat(0x10000)}\r\n`)
        const flood = () => {
          while (socket.writable && socket.write(chunk));
        }
        socket.on('drain', flood)
        return flood()
      }
      case 'half-chunk': {
        const answered = await ask(target)
        const bytes = Buffer.concat([
          headOf(answered, 'transfer-encoding: chunked'),
          Buffer.from(`${(answered.body.length + 1).toString(16)}\r\n`),
          answered.body.subarray(0, answered.body.length - 1),
        ])
        return void socket.end(bytes)
      }
    }
  }

  async function halt(near: Socket, target: string, fault: Fault & { kind: 'halt' }): Promise<void> {
    const far = connect(proxy.upstream)
    far.on('error', () => near.destroy())
    near.on('close', () => far.destroy())
    far.write(`GET ${target} HTTP/1.1\r\nHost: podman\r\nConnection: close\r\n\r\n`)
    const first = await new Promise<Buffer>(resolve => far.once('data', resolve))
    far.pause()
    near.write(first.subarray(0, fault.at))
    await keepBack(near, fault.until)
    near.write(first.subarray(fault.at))
    far.pipe(near)
  }

  /** The engine's whole answer. */
  function ask(target: string): Promise<Answered> {
    return new Promise((resolve, reject) => {
      request({ socketPath: proxy.upstream, path: target, agent: false }, response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: plain(response.headers), body: Buffer.concat(chunks) }),
        )
      })
        .on('error', reject)
        .end()
    })
  }

  /** Passes on the events stream line by line. */
  function follow(socket: Socket, target: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath: proxy.upstream, path: target, agent: false }, response => {
        let hasBegun = false
        const chunk = (bytes: Buffer) =>
          socket.write(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]))
        const stream: Stream = {
          socket,
          begin() {
            if (hasBegun) return
            hasBegun = true
            keeping.delete(socket)
            const answered = { status: response.statusCode ?? 0, headers: plain(response.headers), body: Buffer.of() }
            socket.write(headOf(answered, 'transfer-encoding: chunked'))
          },
          write: bytes => void (bytes.length > 0 && chunk(bytes)),
          end: () => void socket.end('0\r\n\r\n'),
        }
        streams.add(stream)
        if (proxy.lateHeaders) keeping.add(socket)
        else stream.begin()
        let rest = ''
        response.setEncoding('utf8')
        response.on('data', (text: string) => {
          const lines = (rest + text).split('\n')
          rest = lines.pop() ?? ''
          for (const line of lines) {
            for (const given of proxy.lines?.(line) ?? [line]) {
              stream.begin()
              stream.write(Buffer.from(`${given}\n`))
            }
          }
        })
        socket.on('close', () => {
          streams.delete(stream)
          asked.destroy()
          resolve()
        })
        response.on('end', () => stream.end())
        response.on('error', () => socket.destroy())
      })
      asked.on('error', reject)
      socket.on('close', () => asked.destroy())
      // A real engine may keep its own headers back.
      asked.end()
    })
  }

  await proxy.listen()
  return proxy
}

interface Answered {
  status: number
  headers: Readonly<Record<string, string>>
  body: Buffer
}

/** Without what tells where a body ends, which is said anew. */
const plain = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !['transfer-encoding', 'content-length', 'connection', 'keep-alive'].includes(name))
      .map(([name, value]) => [name, String(value)]),
  )

const headOf = ({ status, headers }: Answered, length: string): Buffer =>
  Buffer.from(
    [
      `HTTP/1.1 ${status} -`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      length,
      '',
      '',
    ].join('\r\n'),
  )

const whole = (answered: Answered): Buffer =>
  Buffer.concat([headOf(answered, `content-length: ${answered.body.length}`), answered.body])

/** The head and the first bytes of the body. */
const upTo = (answered: Answered, at: number): Buffer =>
  Buffer.concat([headOf(answered, `content-length: ${answered.body.length}`), answered.body.subarray(0, at)])
