/** What doors lead to in the picture, and the order in which they stand: that of their lines' ends, so that few cross. */
import { formatRef } from '@/lib/topology/ref'
import type { Door } from './doors'
import { entryOf, type Surroundings } from './entries'
import type { HostPlan, Item } from './plan'
import type { SceneNode } from './types'

/** The node that a door leads to: a chip, a box, or the fold it has gone into. */
export function targetsOf(
  plan: HostPlan,
  nodes: readonly SceneNode[],
  byId: ReadonlyMap<string, SceneNode>,
): (door: Door) => SceneNode | undefined {
  const folded = new Map<string, SceneNode>()
  for (const node of nodes)
    if (node.kind === 'fold' && node.hides === undefined) for (const ref of node.also) folded.set(ref, node)
  const items = new Map<string, Item>()
  for (const { items: list } of [...plan.lanes, ...plan.groups])
    for (const item of list) if (item.namespace !== null) items.set(item.namespace.id, item)
  return door => {
    if (door.kind === 'listener') return byId.get(door.containerId ?? '')
    const item = items.get(door.namespaceId ?? '')
    const first = item?.members[0]
    const node = byId.get((item?.shape === 'chip' ? first?.id : item?.namespace?.id) ?? '')
    return node ?? (first === undefined ? undefined : folded.get(formatRef({ kind: 'container', name: first.name })))
  }
}

interface Rank {
  group: number
  y: number
}

const LAST: Rank = { group: Number.POSITIVE_INFINITY, y: 0 }

/**
 * Doors whose lines go over the lanes stand first: to what stands right of them, then to the columns from the right. Then
 * the first column from the top down, then what leads nowhere in sight. Equal ones keep their order.
 */
export function orderDoors(
  doors: readonly Door[],
  target: (door: Door) => SceneNode | undefined,
  around: Surroundings,
): Door[] {
  const { columns } = around.corridors
  const rankOf = (door: Door): Rank => {
    const node = target(door)
    const entry = node === undefined ? null : entryOf(around, node)
    if (entry === null) return LAST
    return { group: entry.column === null ? 0 : columns.length - entry.column, y: entry.ending[0].y }
  }
  return doors
    .map((door, index) => ({ door, index, rank: rankOf(door) }))
    .sort((a, b) =>
      a.rank.group === b.rank.group ? a.rank.y - b.rank.y || a.index - b.index : a.rank.group - b.rank.group,
    )
    .map(({ door }) => door)
}
