/** One open events request at a time, opened again for ever. */
import { toPodmanError, type PodmanError } from '@/lib/podman/errors'
import type { EngineEvent, PodmanClient } from '@/lib/podman/types'
import { createBackoff } from './backoff'
import { pause, type Clock, type Timers } from './clock'

/** `opening` may take long: Podman 5.1 and 5.2 send headers with the first event only. */
export type StreamState = 'opening' | 'open' | 'unavailable'

export interface StreamOptions {
  client: PodmanClient
  signal: AbortSignal
  clock: Clock
  timers: Timers
  random: () => number
  onEvent: (event: EngineEvent | 'malformed') => void
  /** "open" after anything else: events may have been missed. With "unavailable": why, as far as the engine said. */
  onChange: (state: StreamState, error: PodmanError | null) => void
  /** The engine itself cannot be reached. */
  onLost: (error: PodmanError) => void
}

export interface Stream {
  state(): StreamState
  /** Drops the request and makes a new one: the old one is silent though things happen. */
  reopen(): void
  /** Resolves when nothing is open any more, after `signal` aborted. */
  done: Promise<void>
}

/** A stream that lived this long was a good one. */
const GOOD_AFTER = 5_000
/** So many bad ones in a row, and events count as unavailable. */
const BAD_ENOUGH = 3
const RETRY_MIN = 500
const RETRY_MAX = 30_000

const isUnreachable = (error: PodmanError): boolean =>
  error.code === 'missing' || error.code === 'refused' || error.code === 'denied' || error.code === 'not-a-socket'

export function followEvents(options: StreamOptions): Stream {
  const { client, signal, clock, timers, onEvent, onChange, onLost } = options
  let state: StreamState = 'opening'
  let current: AbortController | null = null

  const become = (next: StreamState, error: PodmanError | null) => {
    state = next
    onChange(next, error)
  }

  /** Follows one stream to its end. Resolves to the error that ended it, null for a plain end, "dropped" when we did. */
  async function followOne(): Promise<PodmanError | 'dropped' | null> {
    const request = new AbortController()
    current = request
    const stop = () => request.abort()
    let cancelProof = () => {}
    const works = () => {
      if (!request.signal.aborted && state !== 'open') become('open', null)
    }
    const opened = () => {
      // One that failed before must show that it lasts: some engines answer 200 first and the error next.
      if (state === 'unavailable') cancelProof = timers.after(GOOD_AFTER, works)
      else works()
    }
    signal.addEventListener('abort', stop, { once: true })
    try {
      for await (const event of client.events(request.signal, opened)) {
        if (request.signal.aborted) break
        if (event !== 'malformed') works()
        onEvent(event)
      }
      return request.signal.aborted ? 'dropped' : null
    } catch (thrown) {
      return request.signal.aborted ? 'dropped' : toPodmanError(thrown)
    } finally {
      cancelProof()
      signal.removeEventListener('abort', stop)
      current = null
    }
  }

  async function run(): Promise<void> {
    const backoff = createBackoff(RETRY_MIN, RETRY_MAX, options.random)
    let bad = 0
    while (!signal.aborted) {
      const openedAt = clock.elapsed()
      const end = await followOne()
      if (signal.aborted) return
      if (end !== null && end !== 'dropped' && isUnreachable(end)) {
        onLost(end)
        return
      }
      if (end === 'dropped' || clock.elapsed() - openedAt >= GOOD_AFTER) {
        bad = 0
        backoff.reset()
        // A good stream that ended: the engine went away, or cut it. Find out at once.
        become('opening', null)
        continue
      }
      bad++
      // An error status is an answer: this engine gives no events. A broken connection may be an accident.
      if (bad >= BAD_ENOUGH || end?.code === 'http') become('unavailable', end)
      else if (state !== 'unavailable') become('opening', end)
      await pause(timers, backoff.next(), signal)
    }
  }

  return {
    state: () => state,
    reopen: () => current?.abort(),
    done: run(),
  }
}
