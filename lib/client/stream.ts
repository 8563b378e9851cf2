/**
 * The live channel: one EventSource, one current topology, and a state that the page can put into words.
 *
 * It never shows a picture that missed a change: a patch that does not fit, a ping ahead of what was received, or an answer
 * that cannot be read ends the connection, and a new one begins with the whole topology. Reconnecting is ours and not
 * the browser's, because the browser gives up on an error status and does not say when it tries again.
 */
import { patchReport } from '@/lib/exposure/report-patch'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Ping } from '@/lib/server/types'
import { applyPatch, PatchError } from '@/lib/topology/patch'
import type { Topology, TopologyPatch } from '@/lib/topology/types'
import { pageClock } from './clock'
import { readJson } from './guards'
import { isFindingsReport, isHost, isPatch, isPing, isReportPatch, isTopology } from './schema'
import { openSource } from './shared-source'

/** Times are milliseconds of the environment's clock. `since` is when the last word from the server came. */
export type StreamState =
  | { kind: 'connecting'; since: number }
  | { kind: 'live'; since: number }
  | { kind: 'reconnecting'; since: number; nextTry: number; problem: string }
  | { kind: 'stale'; since: number; nextTry: number; problem: string }
  | { kind: 'ended'; since: number }

export interface StreamListener {
  state(state: StreamState): void
  /** The whole picture, after a (re)connection. */
  topology(topology: Topology): void
  /** The next revision; unchanged parts are the same objects. */
  patched(topology: Topology): void
  findings(report: FindingsReport): void
  ping(ping: Ping): void
}

/** What of EventSource is used. */
export interface EventSourceLike {
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void
  close(): void
}

export interface StreamEnvironment {
  open(url: string): EventSourceLike
  /** Milliseconds that go on while the machine sleeps. */
  now(): number
  /** Calls back whenever the machine has slept; returns the way to stop. */
  onWake(call: () => void): () => void
  /** Calls back after `ms`; returns the way to cancel. */
  after(ms: number, call: () => void): () => void
  /** 0 ≤ x < 1, spreads reconnections of many pages. */
  random(): number
}

/** The server pings every 15 s; three missed pings mean that nobody is there. */
export const SILENCE_MS = 45_000
/** How often a page looks whether the machine slept; its timers do not tell. */
const BEAT_MS = 2000
const DELAYS_MS = [500, 1000, 2000, 4000, 8000, 15_000] as const
const LONGEST_DELAY_MS = 15_000

const browserEnvironment = (): StreamEnvironment => ({
  open: openSource,
  now: () => pageClock.now(),
  onWake(call) {
    let slept = pageClock.slept()
    const beat = setInterval(() => {
      if (pageClock.slept() === slept) return
      slept = pageClock.slept()
      call()
    }, BEAT_MS)
    return () => clearInterval(beat)
  },
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
})

export interface Stream {
  /** Tries at once instead of waiting for the next try; does nothing while live. */
  retry(): void
  /** Ends it for good. */
  close(): void
}

const nothing = () => {}

/** The next revision, or null when the patch is not one of this revision or does not leave a topology. */
function advance(topology: Topology, patch: TopologyPatch): Topology | null {
  if (patch.from !== topology.revision) return null
  try {
    const { hosts } = applyPatch(topology, patch.operations)
    // Values in a patch are as foreign as any answer; what it did not touch was checked when it came.
    const sound = hosts.every((host, index) => host === topology.hosts[index] || isHost(host))
    return sound ? { ...topology, hosts, revision: patch.revision, generatedAt: patch.generatedAt } : null
  } catch (error) {
    if (error instanceof PatchError) return null
    throw error
  }
}

/** Opens the stream; it keeps itself alive until `close`. */
export function openStream(url: string, listener: StreamListener, environment = browserEnvironment()): Stream {
  let source: EventSourceLike | null = null
  let topology: Topology | null = null
  let findings: FindingsReport | null = null
  let state: StreamState = { kind: 'connecting', since: environment.now() }
  let lastWord = environment.now()
  let failures = 0
  let cancelWatchdog = nothing
  let cancelRetry = nothing
  let cancelStale = nothing

  const become = (next: StreamState) => {
    state = next
    listener.state(next)
  }

  const heard = () => {
    lastWord = environment.now()
    cancelWatchdog()
    cancelWatchdog = environment.after(SILENCE_MS, () => lose('Nothing was heard from Podwire for 45 seconds.'))
  }

  const disconnect = () => {
    cancelWatchdog()
    cancelRetry()
    cancelStale()
    source?.close()
    source = null
    topology = null
    findings = null
  }

  /** Gives this connection up and plans the next one. */
  const lose = (problem: string) => {
    disconnect()
    const delay = (DELAYS_MS[failures] ?? LONGEST_DELAY_MS) * (0.75 + environment.random() / 2)
    failures += 1
    const now = environment.now()
    const nextTry = now + delay
    const silence = now - lastWord
    become({ kind: silence >= SILENCE_MS ? 'stale' : 'reconnecting', since: lastWord, nextTry, problem })
    cancelRetry = environment.after(delay, connect)
    if (silence < SILENCE_MS) {
      cancelStale = environment.after(SILENCE_MS - silence, () => {
        if (state.kind === 'reconnecting') become({ ...state, kind: 'stale' })
      })
    }
  }

  const connect = () => {
    cancelRetry()
    source?.close()
    const opened = environment.open(url)
    source = opened
    // An opening that never answers must not outlive the patience for silence.
    cancelWatchdog()
    cancelWatchdog = environment.after(SILENCE_MS, () => lose('Podwire does not answer.'))

    /** Runs `handle` for events of this connection only; a closed one may still have some queued. */
    const on = (type: string, handle: (data: string) => void) =>
      opened.addEventListener(type, event => {
        if (source === opened) handle(typeof event.data === 'string' ? event.data : '')
      })

    on('error', () => lose('The connection to Podwire is lost.'))
    on('bye', () => lose('Podwire was stopped.'))
    on('topology', data => {
      const parsed = readJson(isTopology, data)
      if (parsed === null) return lose('Podwire sent a picture that this page cannot read.')
      heard()
      failures = 0
      cancelStale()
      topology = parsed
      if (state.kind !== 'live') become({ kind: 'live', since: lastWord })
      listener.topology(parsed)
    })
    on('patch', data => {
      const patch = readJson(isPatch, data)
      if (patch === null) return lose('Podwire sent a change that this page cannot read.')
      heard()
      // Sent twice: harmless.
      if (topology !== null && patch.revision <= topology.revision) return
      const next = topology === null ? null : advance(topology, patch)
      if (next === null) return lose('A change was missed; reading everything again.')
      topology = next
      listener.patched(next)
    })
    on('findings', data => {
      const report = readJson(isFindingsReport, data)
      if (report === null) return lose('Podwire sent findings that this page cannot read.')
      heard()
      findings = report
      listener.findings(report)
    })
    on('findings-patch', data => {
      const patch = readJson(isReportPatch, data)
      const next = patch === null || findings === null ? null : patchReport(findings, patch)
      if (next === null) return lose('Podwire sent findings that this page cannot read.')
      heard()
      findings = next
      listener.findings(next)
    })
    on('ping', data => {
      const ping = readJson(isPing, data)
      if (ping === null) return lose('Podwire sent a sign of life that this page cannot read.')
      heard()
      if (topology !== null && ping.revision > topology.revision) {
        return lose('A change was missed; reading everything again.')
      }
      listener.ping(ping)
    })
  }

  listener.state(state)
  connect()
  // The connection may look alive for minutes, and what it showed is as old as the sleep was long.
  const stopWaking = environment.onWake(() => {
    if (state.kind === 'live') lose('This machine slept; reading everything again.')
    if (state.kind !== 'ended') connect()
  })

  return {
    retry: () => {
      if (state.kind === 'reconnecting' || state.kind === 'stale') connect()
    },
    close: () => {
      stopWaking()
      disconnect()
      if (state.kind !== 'ended') become({ kind: 'ended', since: lastWord })
    },
  }
}
