/** What has to be read again, collected from hints until it is time to. */
import type { Hint } from './relevance'

interface Marked {
  containers: ReadonlySet<string>
  networks: boolean
  pods: boolean
  everything: boolean
}

export interface Marks {
  add(hint: Hint, now: number): void
  /** When to read: null while nothing is marked. */
  dueAt(): number | null
  /** Empties the marks, at the start of a reading: what is marked from now on is for the next one. */
  take(now: number): Marked
  /** Says how long the reading took, which decides how soon the next may begin. */
  finished(now: number): void
}

export interface Pace {
  /** Between the starts of two readings in a storm, at least. */
  minGap: number
  /** However slow the engine, hints wait no longer. */
  maxGap: number
  /** For hints that come in masses and mostly mean nothing. */
  weakGap: number
}

/** Readings that may follow each other at once after a quiet time: one `podman run` is created, started, and has its address. */
const BURST = 3

/**
 * The first hints after a quiet time are due at once. In a storm they are collected for `minGap`, or for twice as long as the
 * last reading took, so that it costs the engine at most half of its time.
 */
export function createMarks(pace: Pace): Marks {
  let containers = new Set<string>()
  let networks = false
  let pods = false
  let everything = false
  let strongSince: number | null = null
  let weakSince: number | null = null
  let lastStart = -Infinity
  let lastTook = 0
  /** Readings that may begin now, as of `lastStart`; one more after each gap. */
  let credit = BURST

  const gap = () => Math.min(pace.maxGap, Math.max(pace.minGap, 2 * lastTook))

  return {
    add(hint, now) {
      if (hint.kind === 'list') {
        weakSince ??= now
        return
      }
      strongSince ??= now
      if (hint.kind === 'container') containers.add(hint.id)
      else if (hint.kind === 'gone') containers.delete(hint.id)
      else if (hint.kind === 'networks') networks = true
      else if (hint.kind === 'pods') pods = true
      else everything = true
    },
    dueAt() {
      const allowed = credit >= 1 ? -Infinity : lastStart + (1 - credit) * gap()
      const strong = strongSince === null ? Infinity : Math.max(strongSince, allowed)
      const weak = weakSince === null ? Infinity : Math.max(weakSince, lastStart + pace.weakGap)
      const due = Math.min(strong, weak)
      return due === Infinity ? null : due
    },
    take(now) {
      const marked = { containers, networks, pods, everything }
      containers = new Set()
      networks = pods = everything = false
      strongSince = weakSince = null
      credit = Math.max(0, Math.min(BURST, credit + (now - lastStart) / gap()) - 1)
      lastStart = now
      return marked
    },
    finished(now) {
      lastTook = now - lastStart
    },
  }
}
