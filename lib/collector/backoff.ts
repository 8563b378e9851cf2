/** Exponential back-off with jitter, so that many connections do not retry in step. */
export interface Backoff {
  /** Milliseconds to wait before the next attempt. */
  next(): number
  reset(): void
}

/** The n-th wait lies in the upper half of min·2ⁿ, and never above `max`. `random` gives [0, 1). */
export function createBackoff(min: number, max: number, random: () => number): Backoff {
  let step = min
  return {
    next() {
      const wait = step * (0.5 + random() / 2)
      step = Math.min(max, step * 2)
      return wait
    },
    reset() {
      step = min
    },
  }
}
