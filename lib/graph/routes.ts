/**
 * Lines. They run in the corridors only: left of the host, over it, between host and lanes, between columns, between the
 * lanes of a column, between the chips of a lane. One that would cross a box all the same is not drawn at rest.
 */
import { formatRef } from '@/lib/topology/ref'
import { type Block, tiedParents, TRACK } from './block'
import { doorId, interfaceId, segmentId } from './edge-nodes'
import type { Metrics } from './metrics'
import { blocked, centre, makeEdge } from './paths'
import { driverOf, type HostPlan, type Item, networksOf } from './plan'
import type { SceneEdge, SceneNode } from './types'
import { routeWays, type Way } from './ways'

/** Beyond so many, words replace the lines of doors and of pivots; earlier where the picture is dense. */
const AT_REST: Record<Metrics['lines'], { doors: number; members: number }> = {
  3: { doors: 12, members: 10 },
  2: { doors: 12, members: 10 },
  1: { doors: 8, members: 6 },
}

export interface Router {
  plan: HostPlan
  block: Block
  metrics: Metrics
  byId: ReadonlyMap<string, SceneNode>
  children: ReadonlyMap<string, readonly SceneNode[]>
}

/** The node that a namespace is drawn as: its chip, its box, or the fold it has gone into. */
function nodeOfItem(
  { byId }: Router,
  folded: ReadonlyMap<string, SceneNode>,
  item: Item | undefined,
): SceneNode | undefined {
  const first = item?.members[0]
  const own = item?.shape === 'chip' ? first?.id : item?.namespace?.id
  const node = own === undefined ? undefined : byId.get(own)
  return node ?? (first === undefined ? undefined : folded.get(formatRef({ kind: 'container', name: first.name })))
}

/** Segment to interface, and interface over the host to the lanes that step past it. */
function outsideEdges({ plan, block, metrics, byId }: Router): SceneEdge[] {
  const edges: SceneEdge[] = []
  for (const segment of plan.segments) {
    const outside = byId.get(segmentId(plan.host.id, segment.key))
    for (const name of segment.interfaces) {
      const near = byId.get(interfaceId(plan.host.id, name))
      if (outside === undefined || near === undefined) continue
      const y = Math.min(outside.y + outside.height - 8, Math.max(outside.y + 8, centre(near)))
      edges.push(
        makeEdge({ kind: 'uplink', source: outside, target: near, atRest: true, live: near.live, variant: '' }, [
          { x: outside.x + outside.width, y },
          { x: near.x, y },
        ]),
      )
    }
  }
  const parents = tiedParents(plan)
  for (const lane of plan.lanes) {
    const node = byId.get(lane.network.id)
    const parent = lane.network.interface
    const track = parent === null ? -1 : parents.indexOf(parent)
    const near = parent === null ? undefined : byId.get(interfaceId(plan.host.id, parent))
    if (node === undefined || near === undefined || track < 0) continue
    const column = block.corridors.columns.find(each => each.lanes.includes(node))
    const onTop = column?.lanes[0] === node
    // The first parent's tie leaves nearest to the host and runs lowest, so that no two cross.
    const y = block.corridors.overpass + 4 + track * TRACK
    const x = near.x - 12 - (parents.length - 1 - track) * 7
    const out = centre(near) + Math.min(10, near.height / 2 - 5)
    const down = onTop ? node.x + 28 + track * 8 : (column?.x ?? 0) - 9 - track * 5
    const entry = node.y + metrics.pad + 9
    edges.push(
      makeEdge(
        { kind: 'parent', source: near, target: node, atRest: true, live: near.live, variant: driverOf(lane.network) },
        [
          { x: near.x, y: out },
          { x, y: out },
          { x, y },
          { x: down, y },
          ...(onTop
            ? [{ x: down, y: node.y }]
            : [
                { x: down, y: entry },
                { x: node.x, y: entry },
              ]),
        ],
      ),
    )
  }
  return edges
}

function doorWays(router: Router, nodes: readonly SceneNode[]): Way[] {
  const { plan, byId } = router
  const folded = new Map<string, SceneNode>()
  for (const node of nodes) if (node.kind === 'fold') for (const ref of node.also) folded.set(ref, node)
  const items = new Map<string, Item>()
  for (const { items: list } of [...plan.lanes, ...plan.groups])
    for (const item of list) if (item.namespace !== null) items.set(item.namespace.id, item)
  const ways = plan.doors.flatMap((door): Way[] => {
    const source = byId.get(doorId(plan.host.id, door))
    const target =
      door.kind === 'listener'
        ? byId.get(door.containerId ?? '')
        : nodeOfItem(router, folded, items.get(door.namespaceId ?? ''))
    if (source === undefined || target === undefined) return []
    return [{ kind: 'leads', source, target, atRest: source.live, variant: source.variant }]
  })
  const few = ways.filter(way => way.atRest).length <= AT_REST[router.metrics.lines].doors
  return few ? ways : ways.map(way => ({ ...way, atRest: false }))
}

function pivotWays({ plan, byId, metrics }: Router): Way[] {
  const known = new Map(plan.host.networks.map(network => [network.name, network]))
  const pivots = plan.groups.filter(group => group.key === 'pivots').flatMap(group => group.items)
  const ways = pivots.flatMap(item => {
    const source = byId.get((item.shape === 'chip' ? item.members[0]?.id : item.namespace?.id) ?? '')
    if (source === undefined || item.namespace === null) return []
    return networksOf(item.namespace, known).flatMap((name): Way[] => {
      const network = known.get(name)
      const target = network === undefined ? undefined : byId.get(network.id)
      if (network === undefined || target === undefined) return []
      return [{ kind: 'member', source, target, atRest: true, variant: driverOf(network) }]
    })
  })
  return ways.length <= AT_REST[metrics.lines].members ? ways : ways.map(way => ({ ...way, atRest: false }))
}

/** All lines of one block. `first` = the block that has the machine's interfaces. */
export function routeBlock(
  plan: HostPlan,
  block: Block,
  metrics: Metrics,
  nodes: readonly SceneNode[],
  first: boolean,
): SceneEdge[] {
  const children = new Map<string, SceneNode[]>()
  for (const node of nodes) {
    if (node.parent === null) continue
    const list = children.get(node.parent)
    if (list) list.push(node)
    else children.set(node.parent, [node])
  }
  const router: Router = { plan, block, metrics, byId: new Map(nodes.map(node => [node.id, node])), children }
  const edges = [
    ...(first ? outsideEdges(router) : []),
    ...routeWays(router, [...doorWays(router, nodes), ...pivotWays(router)]),
  ]
  return edges.map(line => (line.atRest && blocked(line, nodes, router.byId) ? { ...line, atRest: false } : line))
}
