/**
 * Lines between the outside, the host's interfaces, and the lanes that step past the host. A tie leaves its interface on
 * the right, so that it crosses no uplink, rises along the host's right margin, and runs over the host. The highest
 * interface has the leftmost rise and the uppermost run; its lanes stand furthest to the right, so that no two ties cross.
 */
import type { Block } from './block'
import { interfaceId, segmentId } from './edge-nodes'
import type { Metrics } from './metrics'
import { centre, makeEdge } from './paths'
import { driverOf, type HostPlan, stepsPastHost } from './plan'
import type { Router } from './routes'
import type { SceneEdge } from './types'

/** Distances of two ties: over the host, and along its margin. */
export const TIE = { over: 9, beside: 7, margin: 8 }

/** Parents of macvlan and ipvlan networks, in order: each has its own track over the host. */
export function tiedParents(plan: HostPlan): string[] {
  if (plan.host.rootless === true) return []
  const parents = plan.lanes.filter(stepsPastHost).flatMap(lane => lane.network.interface ?? [])
  return plan.interfaces.map(each => each.name).filter(name => parents.includes(name))
}

/** Room that the ties need along the host's right margin. */
export const tieRoom = (plan: HostPlan): number => tiedParents(plan).length * TIE.beside

export interface Dealing {
  /** Indexes of lanes. */
  order: readonly number[]
  /** So many of the first stay where they are dealt to. */
  pinned: number
}

/**
 * The order in which lanes are dealt to so many columns. What steps past the host is dealt first, so it stands on top; of
 * those, the tie that runs lowest over the host goes furthest left: down the gutter of the first column before its top.
 */
export function dealing(plan: HostPlan, columnCount: number): Dealing {
  const order = plan.lanes.map((_, index) => index)
  const parents = tiedParents(plan)
  if (parents.length === 0) return { order, pinned: 0 }
  const rank = (index: number) => parents.indexOf(plan.lanes[index]?.network.interface ?? '')
  const passing = order.filter(index => plan.lanes[index] !== undefined && stepsPastHost(plan.lanes[index]))
  const ranked = [...passing].sort((a, b) => rank(b) - rank(a) || a - b)
  const places = passing
    .map((_, place) => ({ place, column: place % columnCount, row: Math.floor(place / columnCount) }))
    .sort((a, b) => a.column - b.column || b.row - a.row)
  places.forEach(({ place }, nth) => {
    order[place] = ranked[nth] ?? place
  })
  return { order, pinned: passing.length }
}

/** Segment to interface; where the interfaces are not known, to the host. */
export function uplinks({ plan, block, byId }: Router): SceneEdge[] {
  return plan.segments.flatMap(segment => {
    const outside = byId.get(segmentId(plan.host.id, segment.key))
    if (outside === undefined) return []
    const behind = segment.interfaces.flatMap(name => byId.get(interfaceId(plan.host.id, name)) ?? [])
    const isRead = segment.interfaces.length > 0
    return (isRead ? behind : [block.corridors.host]).map(near => {
      const level = isRead ? centre(near) : centre(outside)
      const y = Math.min(outside.y + outside.height - 8, Math.max(outside.y + 8, level))
      const live = near.live && (isRead || segment.up)
      return makeEdge({ kind: 'uplink', source: outside, target: near, atRest: true, live, variant: '' }, [
        { x: outside.x + outside.width, y },
        { x: near.x, y },
      ])
    })
  })
}

/** A tie that comes down the gutter left of a column, to a lane that is not its first. */
export interface Descent {
  /** Ties of one parent run together. */
  key: string
  gutter: number
  from: number
  to: number
}

const entryY = (lane: { y: number }, metrics: Metrics) => lane.y + metrics.pad + 9
const overY = (block: Block, track: number) => block.corridors.overpass + 4 + track * TIE.over

/** Every lane that a tie leads to, with its parent's track and its column. */
function tiedLanes({ plan, block, byId }: Router) {
  const parents = tiedParents(plan)
  return plan.lanes.flatMap(lane => {
    const node = byId.get(lane.network.id)
    const parent = lane.network.interface ?? ''
    const near = byId.get(interfaceId(plan.host.id, parent))
    const track = parents.indexOf(parent)
    if (!stepsPastHost(lane) || node === undefined || near === undefined || track < 0) return []
    const column = block.corridors.columns.findIndex(each => each.lanes.includes(node))
    const onTop = block.corridors.columns[column]?.lanes[0] === node
    return [{ lane, node, near, track, column, onTop, key: `tie ${parent}`, count: parents.length }]
  })
}

export const descents = (router: Router): Descent[] =>
  tiedLanes(router)
    .filter(tie => !tie.onTop)
    .map(({ key, track, column, node }) => ({
      key,
      gutter: column,
      from: overY(router.block, track),
      to: entryY(node, router.metrics),
    }))

/** @param descentX where a tie comes down a gutter */
export function ties(router: Router, descentX: (gutter: number, key: string) => number): SceneEdge[] {
  const { block, metrics } = router
  const { host } = block.corridors
  return tiedLanes(router).map(({ lane, node, near, track, column, onTop, key, count }) => {
    const rise = host.x + host.width - TIE.margin - (count - 1 - track) * TIE.beside
    const over = overY(block, track)
    const down = onTop ? node.x + 28 + track * 8 : descentX(column, key)
    const entry = entryY(node, metrics)
    return makeEdge(
      { kind: 'parent', source: near, target: node, atRest: true, live: near.live, variant: driverOf(lane.network) },
      [
        { x: near.x + near.width, y: centre(near) },
        { x: rise, y: centre(near) },
        { x: rise, y: over },
        { x: down, y: over },
        ...(onTop
          ? [{ x: down, y: node.y }]
          : [
              { x: down, y: entry },
              { x: node.x, y: entry },
            ]),
      ],
    )
  })
}
