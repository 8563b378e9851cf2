import { readFile, stat } from 'node:fs/promises'
import * as z from 'zod'
import { createClient } from './client'
import { PodmanError, toPodmanError } from './errors'
import type { Answer, Transport } from './transport'
import type { Connection, PodmanClient } from './types'

/** Answers of one engine, and what the kernel of its host said at that time. */
export interface Recording {
  /** By path without version prefix and `namespace=true`. */
  answers: ReadonlyMap<string, Answer>
  /** As recorded; lib/probe parses it. `undefined` when there is none. */
  kernel: unknown
  /** Quadlet files as recorded; lib/collector parses it. `undefined` when there are none. */
  units?: unknown
  /** Owner of the socket that was read: whose engine it is when /info fails. null when that was not recorded. */
  ownerUid: number | null
  /** ISO 8601; null when that was not recorded. */
  recordedAt: string | null
}

const maxBytes = 64 * 1024 * 1024

const recordedAnswer = z.object({
  status: z.int().min(100).max(599),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
})

const circumstances = z.object({
  at: z.iso.datetime().nullable().catch(null),
  ownerUid: z.int().min(0).nullable().catch(null),
})

/** "/v4.0.0/libpod/containers/json?all=true&namespace=true" → "/containers/json?all=true" */
const keyOf = (path: string): string => {
  const [route = '', query = ''] = path.replace(/^\/v\d[0-9A-Za-z.-]*\/libpod/, '').split('?')
  const rest = query.split('&').filter(parameter => parameter !== '' && parameter !== 'namespace=true')
  return rest.length === 0 ? route : `${route}?${rest.toSorted().join('&')}`
}

const answerOf = ({ status, headers, body }: z.infer<typeof recordedAnswer>): Answer => {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    status,
    header: name => byName.get(name) ?? null,
    // Back to text, so that a recorded answer takes the same way through the parsers as a live one.
    text: typeof body === 'string' ? body : JSON.stringify(body ?? null),
  }
}

/**
 * Parses the text of a recording: {"GET path": {status, headers, body}, …, "kernel": {…}, "units": {…}, "recorded": {at, ownerUid}}. Throws
 * `malformed`.
 */
export const parseRecording = (text: string): Recording => {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (cause) {
    throw new PodmanError('malformed', 'not JSON', { cause })
  }
  const file = z.record(z.string(), z.unknown()).safeParse(raw)
  if (!file.success) throw new PodmanError('malformed', 'not a recording: expected an object')
  const answers = new Map<string, Answer>()
  for (const [key, value] of Object.entries(file.data)) {
    if (!key.startsWith('GET /')) continue
    const parsed = recordedAnswer.safeParse(value)
    if (!parsed.success) throw new PodmanError('malformed', 'not a recording: an answer without status and headers')
    const path = key.slice('GET '.length)
    // The list with namespaces knows more than the one without.
    if (!answers.has(keyOf(path)) || path.includes('namespace=true')) answers.set(keyOf(path), answerOf(parsed.data))
  }
  if (!answers.has('/containers/json?all=true')) {
    throw new PodmanError('malformed', 'not a recording: it holds no list of containers')
  }
  const { at, ownerUid } = circumstances.catch({ at: null, ownerUid: null }).parse(file.data['recorded'])
  return { answers, kernel: file.data['kernel'], units: file.data['units'], ownerUid, recordedAt: at }
}

/** Reads a recording. Throws PodmanError: `missing`, `denied`, `too-large`, or `malformed` when it is not one. */
export const readRecording = async (path: string): Promise<Recording> => {
  let text: string
  try {
    const file = await stat(path)
    if (!file.isFile()) throw new PodmanError('malformed', 'not a file')
    if (file.size > maxBytes) throw new PodmanError('too-large', `larger than ${maxBytes} bytes`)
    text = await readFile(path, 'utf8')
  } catch (thrown) {
    throw toPodmanError(thrown)
  }
  return parseRecording(text)
}

/** A stream without a byte, that ends when `signal` aborts. */
const silence = (signal: AbortSignal): ReadableStream<Uint8Array> => {
  let end = () => {}
  return new ReadableStream({
    start(controller) {
      end = () => controller.close()
      if (signal.aborted) end()
      else signal.addEventListener('abort', end, { once: true })
    },
    cancel() {
      signal.removeEventListener('abort', end)
    },
  })
}

/** Answers from a recording; what is not in it fails with 501. */
export const recordedTransport = (recording: Pick<Recording, 'answers'>): Transport => ({
  async get(call, signal) {
    if (signal?.aborted) throw new PodmanError('aborted', 'aborted', { template: call.template })
    const answer = recording.answers.get(keyOf(call.path))
    if (answer !== undefined) return answer
    // Not 404: that is what an engine says of a container that is gone.
    throw new PodmanError('http', '501 not recorded', { template: call.template, status: 501 })
  },
  async open(_call, signal) {
    const libpod = new Map([['libpod-api-version', 'recorded']])
    return { status: 200, header: name => libpod.get(name) ?? null, chunks: silence(signal) }
  },
  async close() {},
})

/** A client that answers from a recording, through the same parsers and errors as a live one; it has no events. */
export const createRecordingClient = (connection: Connection, recording: Recording): PodmanClient =>
  createClient(connection, recordedTransport(recording))
