/** What the page holds of the server's verdicts, and how fresh it is. */
import type { Overlay } from '@/lib/graph/overlay'
import type { Scene } from '@/lib/graph/types'
import type { ReachMatrix } from '@/lib/reach/matrix'
import type { ReachOutside } from '@/lib/reach/outside'
import type { ReachPairAnswer } from '@/lib/reach/stop'
import type { ReachRow } from '@/lib/reach/types'

/** One question to the server. */
export interface Asked<T> {
  hostId: string
  /** The question itself, as the path that is asked. */
  path: string
  /** null until the first answer. */
  value: T | null
  /** Of the topology that the answer speaks of; null without one. */
  revision: number | null
  /** Why there is no answer, or no newer one. */
  problem: string | null
}

export interface ReachShown {
  row: Asked<ReachRow> | null
  pair: Asked<ReachPairAnswer> | null
  outside: Asked<ReachOutside> | null
  matrix: Asked<ReachMatrix> | null
  /** What the answers look like on the map; null while nothing is asked. */
  overlay: ((scene: Scene) => Overlay) | null
}

export const NOTHING_ASKED: ReachShown = { row: null, pair: null, outside: null, matrix: null, overlay: null }

/** Whether an answer speaks of what is shown; one that failed to be renewed never does. */
export const isFresh = (asked: Asked<unknown>, shownRevision: number): boolean =>
  asked.value !== null && asked.problem === null && asked.revision === shownRevision
