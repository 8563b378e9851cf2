/** Where a connection that does not come about is stopped, so that the picture can mark the place. */
import { explain } from './explain'
import { hopsOf } from './hops'
import type { Reach } from './reach'
import type { ReachRef } from './refs'
import type { Hop, Judgement, ReachPair } from './types'

export interface Stop extends Hop {
  because: string[]
}

/** One pair, with the place where it is stopped; null where it is not, or where that is not known. */
export interface ReachPairAnswer extends ReachPair {
  stop: Stop | null
}

/** `reach.pair`, and the stop. null when one of the ends does not exist. */
export function pairWithStop(
  reach: Reach,
  fromRef: ReachRef,
  toRef: ReachRef,
  only: { port?: number; protocol?: string } = {},
): ReachPairAnswer | null {
  const pair = reach.pair(fromRef, toRef, only)
  const from = reach.end(fromRef)
  const to = reach.end(toRef)
  if (pair === null || from === null || to === null) return null
  const judgement = reach.direct(from, to)
  if (judgement.verdict !== 'blocked' || pair.published.some(({ verdict }) => verdict === 'reachable'))
    return { ...pair, stop: null }
  const target = hopsOf(reach.context, to, to, { verdict: 'blocked', reasons: [], path: [] }, null)[0]
  const at = stopsAtTarget(judgement) ? target : pair.hops.at(-1)
  if (at === undefined) return { ...pair, stop: null }
  const names = { from: from.container?.name ?? from.ref, to: to.container?.name ?? to.ref }
  return { ...pair, stop: { ...at, because: judgement.reasons.map(reason => explain(reason, names)) } }
}

/** A reason that speaks of the far end stops there, unless the way is known to end before. */
const stopsAtTarget = ({ path, reasons }: Judgement): boolean =>
  path.length === 0 && reasons.some(reason => !('end' in reason) || reason.end === 'to')
