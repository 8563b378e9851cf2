import { liveAfter } from './after'
import { failureIn, wordsOfFailure } from './failure'
import { identityProblem } from './identity'
import { type Call, callTo, callToOne, templates } from './endpoints'
import { PodmanError, toPodmanError } from './errors'
import { linesOf } from './lines'
import { parseContainerDetail } from './schemas/container-inspect'
import { parseContainerList } from './schemas/container-list'
import { parseEventLine } from './schemas/event'
import { parseInfo } from './schemas/info'
import { parseNetworkList } from './schemas/network'
import { parsePodDetail, parsePodList } from './schemas/pod'
import { parseVersion } from './schemas/version'
import { parseVolumeList } from './schemas/volume'
import { type Answer, type Transport, type TransportOptions, unixTransport } from './transport'
import type { Connection, EngineEvent, PodmanClient } from './types'

export interface ClientOptions extends TransportOptions {
  /**
   * Milliseconds after which an events stream counts as open without an answer's headers: Podman 5.1 and 5.2 send them
   * with the first event only, https://github.com/containers/podman/issues/23712
   */
  eventsGrace?: number
  /** A longer line of the events stream is `malformed`. */
  maxEventLine?: number
}

const defaultGrace = 2_000
const defaultEventLine = 1024 * 1024

/** Refuses an answer that is not libpod's, or not a success. */
const accepted = (answer: Answer, template: string): Answer => {
  const problem = identityProblem(answer)
  if (problem !== null) throw new PodmanError(problem, `an answer that is not Podman's`, { template })
  if (answer.status >= 200 && answer.status <= 299) return answer
  const message = `${answer.status} ${wordsOfFailure(answer.text)}`.trim()
  throw new PodmanError('http', message, { template, status: answer.status })
}

const jsonOf = (answer: Answer, template: string): unknown => {
  try {
    return JSON.parse(answer.text)
  } catch (cause) {
    throw new PodmanError('malformed', 'not JSON', { template, cause })
  }
}

/**
 * Podman 4 has said 200 before it finds that it cannot read events, and then writes the failure where an event would stand:
 * https://github.com/containers/podman/blob/v4.3.1/pkg/api/handlers/compat/events.go
 */
const eventIn = (line: string, template: string): EngineEvent | 'malformed' => {
  const event = parseEventLine(line)
  const failure = event === 'malformed' ? failureIn(line) : null
  if (failure === null) return event
  throw new PodmanError('http', `${failure.status} ${failure.message}`, { template, status: failure.status })
}

/** The ten GETs over any transport. Errors are PodmanErrors, and each call is counted under its template. */
export const createClient = (
  connection: Connection,
  transport: Transport,
  options: Pick<ClientOptions, 'eventsGrace' | 'maxEventLine' | 'after'> = {},
): PodmanClient => {
  const counters = Object.fromEntries(templates.map(template => [template, { calls: 0, errors: 0 }]))

  const counted = async <T>(template: string, work: () => Promise<T>): Promise<T> => {
    const counter = counters[template]
    if (counter !== undefined) counter.calls += 1
    try {
      return await work()
    } catch (thrown) {
      if (counter !== undefined) counter.errors += 1
      throw toPodmanError(thrown, template)
    }
  }

  const read = <T>(call: Call, parse: (raw: unknown, template: string) => T, signal?: AbortSignal): Promise<T> =>
    counted(call.template, async () => {
      const answer = accepted(await transport.get(call, signal), call.template)
      return parse(jsonOf(answer, call.template), call.template)
    })

  const readOne = async <T extends { id: string }>(
    endpoint: 'container' | 'pod',
    id: string,
    parse: (raw: unknown, template: string) => T,
    signal?: AbortSignal,
  ): Promise<T> => {
    const call = callToOne(endpoint, id)
    return await read(
      call,
      raw => {
        const one = parse(raw, call.template)
        if (one.id === id) return one
        throw new PodmanError('malformed', 'an answer for another id', { template: call.template })
      },
      signal,
    )
  }

  return {
    connection,
    counters,
    ping: signal => {
      const call = callTo('ping')
      return counted(call.template, async () => {
        const answer = accepted(await transport.get(call, signal), call.template)
        return { version: answer.header('libpod-api-version') }
      })
    },
    version: signal => read(callTo('version'), parseVersion, signal),
    info: signal => read(callTo('info'), parseInfo, signal),
    containers: signal => read(callTo('containers'), parseContainerList, signal),
    container: (id, signal) => readOne('container', id, parseContainerDetail, signal),
    networks: signal => read(callTo('networks'), parseNetworkList, signal),
    pods: signal => read(callTo('pods'), parsePodList, signal),
    pod: (id, signal) => readOne('pod', id, parsePodDetail, signal),
    volumes: signal => read(callTo('volumes'), parseVolumeList, signal),

    async *events(signal, onOpen) {
      const call = callTo('events')
      const counter = counters[call.template]
      if (counter !== undefined) counter.calls += 1
      let opened = false
      const open = () => {
        if (opened || signal.aborted) return
        opened = true
        onOpen?.()
      }
      let cancelGrace = () => {}
      const wait = () => {
        cancelGrace()
        cancelGrace = (options.after ?? liveAfter)(options.eventsGrace ?? defaultGrace, open)
      }
      try {
        const { chunks, ...head } = await transport.open(call, signal, wait)
        cancelGrace()
        const failed = identityProblem({ ...head, text: '' }) !== null || head.status !== 200
        accepted({ ...head, text: failed ? await firstOf(chunks) : '' }, call.template)
        open()
        for await (const line of linesOf(chunks, options.maxEventLine ?? defaultEventLine)) {
          if (line === null) yield 'malformed'
          else if (line.trim() !== '') yield eventIn(line, call.template)
        }
      } catch (thrown) {
        if (signal.aborted) return
        if (counter !== undefined) counter.errors += 1
        throw toPodmanError(thrown, call.template)
      } finally {
        cancelGrace()
      }
    },

    close: () => transport.close(),
  }
}

/** The beginning of an error's body; enough for its message. */
const firstOf = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  for await (const chunk of chunks) return Buffer.from(chunk).toString('utf8')
  return ''
}

/** A client for the engine behind a unix socket. Connects with the first call. */
export const createUnixClient = (connection: Connection, options: ClientOptions = {}): PodmanClient => {
  if (connection.transport !== 'unix' || connection.path === null) {
    throw new PodmanError('unsupported', `${connection.transport} connections are not yet supported`)
  }
  return createClient(connection, unixTransport(connection.path, options), options)
}
