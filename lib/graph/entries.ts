/** Where a line ends: at a chip of a lane, between the other chips; at what stands right of the lanes. */
import type { Corridors } from './block'
import type { Metrics } from './metrics'
import { centre, crosses } from './paths'
import type { Point, SceneNode } from './types'

export interface Surroundings {
  corridors: Pick<Corridors, 'columns' | 'asideX'>
  metrics: Metrics
  byId: ReadonlyMap<string, SceneNode>
  children: ReadonlyMap<string, readonly SceneNode[]>
}

export interface Entry {
  /** Index of the lane column; null = right of the lanes. */
  column: number | null
  /** From the gutter to the end. */
  ending: readonly [Point, ...Point[]]
  /** false: no way between the chips; the line ends at the lane. */
  isFree: boolean
}

export const childrenOf = (nodes: readonly SceneNode[]): Map<string, SceneNode[]> => {
  const children = new Map<string, SceneNode[]>()
  for (const node of nodes) {
    if (node.parent === null) continue
    const list = children.get(node.parent)
    if (list) list.push(node)
    else children.set(node.parent, [node])
  }
  return children
}

/** From the gutter left of a lane to one of its chips. Ways in the order of rows, so that lines keep the order of chips. */
function intoLane({ metrics, children }: Surroundings, lane: SceneNode, target: SceneNode): Entry['ending'] | null {
  const others = (children.get(lane.id) ?? []).filter(node => node !== target)
  const half = metrics.gap / 2
  const x = target.x + 18
  const ways: Entry['ending'][] = [
    [{ x: target.x, y: centre(target) }],
    [
      { x, y: target.y + target.height + half },
      { x, y: target.y + target.height },
    ],
    [
      { x, y: target.y - half },
      { x, y: target.y },
    ],
    [
      { x: target.x - half, y: lane.y + lane.height - metrics.pad / 2 },
      { x: target.x - half, y: centre(target) },
      { x: target.x, y: centre(target) },
    ],
  ]
  const free = ways.find(way => {
    const path = [{ x: lane.x, y: way[0].y }, ...way]
    return !others.some(other => crosses(path, other))
  })
  return free ?? null
}

/** Lines of doors reach a pivot above those to its lanes. */
const asideY = (target: SceneNode) => {
  if (target.variant === 'nest') return target.y + 14
  return target.variant === 'pivot' ? target.y + target.height / 3 : centre(target)
}

/** null for what stands in no lane and not right of them: in the host. */
export function entryOf(around: Surroundings, target: SceneNode): Entry | null {
  const { corridors, metrics, byId } = around
  const lane = target.parent === null ? undefined : byId.get(target.parent)
  const column = corridors.columns.findIndex(each => lane !== undefined && each.lanes.includes(lane))
  if (lane !== undefined && column >= 0) {
    const way = intoLane(around, lane, target)
    return { column, ending: way ?? [{ x: lane.x, y: lane.y + metrics.pad + 9 }], isFree: way !== null }
  }
  if (corridors.asideX === null || target.x < corridors.asideX) return null
  const x = target.x + 18
  const ending: Entry['ending'] =
    target.x < corridors.asideX + 1
      ? [{ x: target.x, y: asideY(target) }]
      : [
          { x, y: target.y - metrics.gap / 2 },
          { x, y: target.y },
        ]
  return { column: null, ending, isFree: true }
}
