import { Agent, type Dispatcher } from 'undici'
import type { Call } from './endpoints'
import { PodmanError, systemCodeOf, toPodmanError } from './errors'
import { type After, liveAfter } from './after'
import { diagnosed } from './socket-file'

/** A complete answer of an engine, whatever its status. */
export interface Answer {
  status: number
  /** By lower-case name; null when absent. */
  header(name: string): string | null
  text: string
}

/** An answer whose body is still arriving. */
interface OpenAnswer extends Omit<Answer, 'text'> {
  chunks: AsyncIterable<Uint8Array>
}

/** How calls reach an engine: over its unix socket, or from a recording. Rejects with PodmanError only. */
export interface Transport {
  get(call: Call, signal?: AbortSignal): Promise<Answer>
  /**
   * Opens an answer that has no end. It stays open until `signal` aborts or the peer closes. `onConnected` is called
   * when the engine can have received the request, which may be long before it answers.
   */
  open(call: Call, signal: AbortSignal, onConnected: () => void): Promise<OpenAnswer>
  close(): Promise<void>
}

/** Milliseconds. `total` also ends an answer that trickles in byte by byte. */
interface Deadlines {
  connect: number
  headers: number
  total: number
}

export interface TransportOptions {
  deadlines?: Partial<Deadlines>
  /** Keeps the deadlines; tests put their own. */
  after?: After
  /** Of one answer's body; more is `too-large`. */
  maxBytes?: number
  /** At the same time; the events stream has one of its own. */
  connections?: number
}

// A socket-activated service may need seconds to start, and a busy one to list.
const defaultDeadlines: Deadlines = { connect: 5_000, headers: 30_000, total: 60_000 }
const defaultMaxBytes = 64 * 1024 * 1024
const defaultConnections = 8

/**
 * Podman closes idle connections after twice its idle timeout, 10 s by default; a request sent into that moment is lost.
 * https://github.com/containers/podman/blob/v5.8.2/pkg/api/server/server.go#L82
 */
const keepAlive = 4_000

// undici wants a host; Podman ignores it.
const origin = 'http://podman'

const headerOf =
  (headers: Dispatcher.ResponseData['headers']) =>
  (name: string): string | null => {
    const value = headers[name]
    return (Array.isArray(value) ? value[0] : value) ?? null
  }

/** A kept connection that the engine closed in the meantime; nothing of an answer has arrived. */
const isClosedConnection = (thrown: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(systemCodeOf(thrown) ?? '')

/** What does not speak HTTP any more, after it did, is an answer gone wrong. */
const midAnswer = (thrown: unknown, template: string): PodmanError => {
  const error = toPodmanError(thrown, template)
  if (error.code !== 'not-podman') return error
  return new PodmanError('malformed', error.message, { template, cause: thrown })
}

const discard = (body: Dispatcher.ResponseData['body']): void => {
  body.on('error', () => {})
  body.destroy()
}

/** One agent for one engine's unix socket. Sends GETs without a body, follows no redirect, asks for no compression. */
export const unixTransport = (socketPath: string, options: TransportOptions = {}): Transport => {
  const deadlines = { ...defaultDeadlines, ...options.deadlines }
  const maxBytes = options.maxBytes ?? defaultMaxBytes
  const after = options.after ?? liveAfter
  const agentWith = (connections: number): Agent =>
    new Agent({
      connect: { socketPath, timeout: deadlines.connect },
      connections,
      pipelining: 1,
      keepAliveTimeout: keepAlive,
      keepAliveMaxTimeout: keepAlive,
      // Deadlines are kept here: undici's restart with every byte.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
  const agent = agentWith(options.connections ?? defaultConnections)

  const send = async (via: Agent, call: Call, signal: AbortSignal): Promise<Dispatcher.ResponseData> => {
    const request = { origin, path: call.path, method: 'GET', signal } as const
    try {
      return await via.request(request)
    } catch (thrown) {
      if (!isClosedConnection(thrown) || signal.aborted) throw thrown
      return await via.request(request)
    }
  }

  const readAll = async (answer: Dispatcher.ResponseData, template: string): Promise<string> => {
    const tooLarge = () => new PodmanError('too-large', `more than ${maxBytes} bytes`, { template })
    const encoding = headerOf(answer.headers)('content-encoding')
    if (encoding !== null && encoding !== 'identity') {
      discard(answer.body)
      throw new PodmanError('malformed', 'a compressed answer, which was not asked for', { template })
    }
    if (Number(headerOf(answer.headers)('content-length') ?? 0) > maxBytes) {
      discard(answer.body)
      throw tooLarge()
    }
    const chunks: Uint8Array[] = []
    let bytes = 0
    // Leaving the loop destroys the body, and with it the connection.
    for await (const chunk of answer.body) {
      if (!(chunk instanceof Uint8Array)) continue
      bytes += chunk.byteLength
      if (bytes > maxBytes) throw tooLarge()
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  }

  return {
    async get(call, signal) {
      const halt = new AbortController()
      const late = (what: string) => () => halt.abort(new PodmanError('timeout', what, { template: call.template }))
      const aborted = () => halt.abort(new PodmanError('aborted', 'aborted', { template: call.template }))
      const cancelHeaders = after(deadlines.headers, late(`no answer within ${deadlines.headers} ms`))
      const cancelTotal = after(deadlines.total, late(`no complete answer within ${deadlines.total} ms`))
      signal?.addEventListener('abort', aborted, { once: true })
      if (signal?.aborted) aborted()
      try {
        const answer = await send(agent, call, halt.signal)
        cancelHeaders()
        const text = await readAll(answer, call.template).catch(thrown => {
          throw midAnswer(thrown, call.template)
        })
        return { status: answer.statusCode, header: headerOf(answer.headers), text }
      } catch (thrown) {
        throw await diagnosed(toPodmanError(thrown, call.template), socketPath)
      } finally {
        cancelHeaders()
        cancelTotal()
        signal?.removeEventListener('abort', aborted)
      }
    },

    async open(call, signal, onConnected) {
      // A connection of its own: the stream must not take one from the other calls, nor outlive its reader.
      const own = agentWith(1).once('connect', onConnected)
      const end = () => void own.destroy().catch(() => {})
      signal.addEventListener('abort', end, { once: true })
      try {
        const answer = await send(own, call, signal)
        const chunks = async function* (): AsyncGenerator<Uint8Array> {
          try {
            for await (const chunk of answer.body) if (chunk instanceof Uint8Array) yield chunk
          } catch (thrown) {
            throw midAnswer(thrown, call.template)
          } finally {
            signal.removeEventListener('abort', end)
            end()
          }
        }
        return { status: answer.statusCode, header: headerOf(answer.headers), chunks: chunks() }
      } catch (thrown) {
        signal.removeEventListener('abort', end)
        end()
        throw await diagnosed(toPodmanError(thrown, call.template), socketPath)
      }
    },

    async close() {
      await agent.destroy()
    },
  }
}
