/** Listens in while an engine is read, and writes down what its answers come to after the schemas: a recording. */
import { createClient } from './client'
import { wordsOfFailure } from './failure'
import { keptBody } from './kept'
import { type Answer, type Transport, unixTransport } from './transport'
import type { Connection, PodmanClient } from './types'

interface RecordedAnswer {
  status: number
  headers: Record<string, string>
  body: unknown
}

export interface Recorder {
  /** Reads like any other; closing it ends the recording. */
  client: PodmanClient
  /** By "GET /v4.0.0/libpod/…", as parseRecording takes them. Only fields that are listed in kept.ts. */
  answers(): Record<string, RecordedAnswer>
}

const VERSION_HEADER = 'libpod-api-version'

/** Records the engine of a connection over a unix socket. */
export const createUnixRecorder = (connection: Connection): Recorder =>
  createRecorder(connection, unixTransport(connection.path ?? ''))

/** Records whatever comes through `transport`. Of several answers to one question the last counts. */
export function createRecorder(connection: Connection, transport: Transport): Recorder {
  const heard = new Map<string, Answer>()
  const listening: Transport = {
    async get(call, signal) {
      const answer = await transport.get(call, signal)
      heard.set(call.path, answer)
      return answer
    },
    open: (call, signal, onConnected) => transport.open(call, signal, onConnected),
    close: () => transport.close(),
  }
  return {
    client: createClient(connection, listening),
    answers: () =>
      Object.fromEntries(
        [...heard]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([path, answer]) => [`GET ${path}`, recordedAnswer(path.replace(/^\/v[^/]+\/libpod/, ''), answer)]),
      ),
  }
}

function recordedAnswer(path: string, answer: Answer): RecordedAnswer {
  const { status, text } = answer
  const version = answer.header(VERSION_HEADER)
  const headers = version === null ? {} : { 'Libpod-Api-Version': version }
  if (status < 200 || status > 299) return { status, headers, body: { message: wordsOfFailure(text) } }
  return { status, headers, body: keptBody(path, parsed(text)) ?? null }
}

/** What is no JSON is none in the recording either: text fails to parse again. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return 'not JSON'
  }
}
