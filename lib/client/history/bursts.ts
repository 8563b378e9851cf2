/** The log as a reader wants it: newest first, what happened together under one time. Pure. */
import type { Change } from '../changes'

export interface Burst {
  /** ISO 8601: of its newest change. */
  at: string
  /** Newest first. */
  changes: readonly Change[]
  /** Seen before the reader last looked. */
  seen: boolean
}

/** Seconds of quiet that end a burst. */
const QUIET = 5

/** What is new and what was seen never share a burst. */
export function burstsOf(changes: readonly Change[], isSeen: (change: Change) => boolean): Burst[] {
  const bursts: { at: string; changes: Change[]; seen: boolean }[] = []
  for (const change of changes.toReversed()) {
    const seen = isSeen(change)
    const burst = bursts.at(-1)
    const before = burst?.changes.at(-1)
    const gap = before === undefined ? 0 : (Date.parse(before.at) - Date.parse(change.at)) / 1000
    if (burst === undefined || burst.seen !== seen || gap > QUIET)
      bursts.push({ at: change.at, changes: [change], seen })
    else burst.changes.push(change)
  }
  return bursts
}
