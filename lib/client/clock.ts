/**
 * The page's clock. performance.now() stands still while a machine sleeps, on most systems, and the wall clock jumps when
 * somebody sets it; so the page would wake up and take what it shows for as young as it was. Where the two have come apart,
 * the machine slept, or the clock was set: in doubt the data is old, and is read again.
 */
export interface PageClock {
  /** Milliseconds that only grow, and count what was slept. */
  now: () => number
  /** Milliseconds that were slept so far. */
  slept: () => number
}

/** Less may be a correction of the clock, or a busy machine. */
const SLEPT_MS = 20_000

/** `steady` grows while the machine is awake, `wall` is what people set; both in milliseconds. */
export function createPageClock(steady: () => number, wall: () => number): PageClock {
  let slept = 0
  let apart = wall() - steady()
  const look = () => {
    const gap = wall() - steady() - apart
    if (Math.abs(gap) <= SLEPT_MS) return
    apart += gap
    // A clock that was set back tells nothing of sleep.
    if (gap > 0) slept += gap
  }
  return {
    now() {
      look()
      return steady() + slept
    },
    slept() {
      look()
      return slept
    },
  }
}

/** The clock of this page; all ages are by it. */
export const pageClock = createPageClock(
  () => performance.now(),
  () => Date.now(),
)
