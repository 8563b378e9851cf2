/** Time, as something that tests can put their own in place of. */
import { uptime } from 'node:os'

export interface Clock {
  /** Milliseconds since the epoch; people set it. */
  wall: () => number
  /** Milliseconds that only grow, and go on growing while the machine sleeps. */
  elapsed: () => number
}

export interface Timers {
  /** Calls back once, and keeps no process alive. Returns the way to cancel. */
  after: (milliseconds: number, callback: () => void) => () => void
}

export const liveClock: Clock = {
  wall: () => Date.now(),
  // CLOCK_BOOTTIME; performance.now() stands still during suspend.
  elapsed: () => uptime() * 1000,
}

export const liveTimers: Timers = {
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** Resolves after a while, or at once when `signal` aborts. Never rejects. */
export const pause = (timers: Timers, milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) return resolve()
    const end = () => {
      cancel()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = timers.after(milliseconds, end)
    signal.addEventListener('abort', end, { once: true })
  })

/** One sleeper that can be woken. A ring while nobody sleeps is not lost. */
export interface Alarm {
  ring(): void
  /** Resolves at the next ring, or after `milliseconds`, whichever is first. */
  wait(milliseconds: number): Promise<void>
}

export function createAlarm(timers: Timers): Alarm {
  let rung = false
  let wake: (() => void) | null = null
  return {
    ring() {
      rung = true
      wake?.()
    },
    wait: milliseconds =>
      new Promise(resolve => {
        const end = () => {
          cancel()
          wake = null
          rung = false
          resolve()
        }
        const cancel = timers.after(Math.max(0, milliseconds), end)
        wake = end
        if (rung) end()
      }),
  }
}
