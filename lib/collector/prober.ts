/** Runs the probe, or another reader of this machine, regularly and after changes, never twice at once, and with a pause after a long one. */
import type { Clock, Timers } from './clock'
import type { Limits } from './limits'

export interface Prober {
  /** The containers changed: probe soon, and once more when what was started has had time to listen. */
  changed(): void
  /** No more probes until the next change. */
  rest(): void
  /** Resolves when no probe is running. */
  stop(): Promise<void>
}

export interface ProberOptions<Input, Facts> {
  probe: (input: Input) => Promise<Facts>
  input: () => Input
  onFacts: (facts: Facts) => void
  /** What is known when the probe fails, with what it threw in words. */
  failed: (message: string) => Facts
  clock: Clock
  timers: Timers
  limits: Limits
}

export function createProber<Input, Facts>(options: ProberOptions<Input, Facts>): Prober {
  const { probe, input, onFacts, failed, clock, timers, limits } = options
  let running: Promise<void> | null = null
  let cancel: (() => void) | null = null
  let isResting = true
  let isStopped = false
  let changedSince = false
  let lastStart = -Infinity
  let lastTook = 0

  function schedule(milliseconds: number): void {
    cancel?.()
    cancel = timers.after(milliseconds, () => {
      cancel = null
      running = run()
    })
  }

  async function run(): Promise<void> {
    const wasChanged = changedSince
    changedSince = false
    lastStart = clock.elapsed()
    let facts: Facts
    try {
      facts = await probe(input())
    } catch (thrown) {
      facts = failed(thrown instanceof Error ? thrown.message : String(thrown))
    }
    lastTook = clock.elapsed() - lastStart
    running = null
    if (isStopped) return
    onFacts(facts)
    if (isResting) return
    if (changedSince) scheduleSoon()
    else schedule(wasChanged ? limits.probeAfterChange : limits.probe)
  }

  function scheduleSoon(): void {
    const gap = Math.max(limits.probeGap, Math.min(4 * lastTook, limits.probeAfterChange))
    schedule(Math.max(0, lastStart + gap - clock.elapsed()))
  }

  return {
    changed() {
      if (isStopped) return
      isResting = false
      if (changedSince && cancel !== null) return
      changedSince = true
      if (running === null) scheduleSoon()
    },
    rest() {
      isResting = true
      changedSince = false
      cancel?.()
      cancel = null
    },
    async stop() {
      isStopped = true
      cancel?.()
      await running
    },
  }
}
