/**
 * Lines. They run in the corridors only: left of the host, over it, between host and lanes, between columns, between the
 * lanes of a column, between the chips of a lane. One that would cross a box all the same is not drawn at rest.
 */
import { formatRef } from '@/lib/topology/ref'
import type { Block } from './block'
import { segmentId, tiedParents } from './block'
import type { Rect } from './draft'
import { doorId, interfaceId } from './host-edge'
import type { Metrics } from './metrics'
import { driverOf, type HostPlan, type Item, networksOf } from './plan'
import type { Point, SceneEdge, SceneNode } from './types'

/** Beyond so many, words replace the lines of doors and of pivots. */
export const AT_REST = { doors: 12, members: 10 }

const centre = (rect: Rect) => rect.y + rect.height / 2

/** Leaves out corners that lie on a straight line between their neighbours, and doubles. */
function simplify(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const point of points) {
    const last = kept.at(-1)
    if (last && Math.abs(last.x - point.x) < 0.5 && Math.abs(last.y - point.y) < 0.5) continue
    const before = kept.at(-2)
    const straight =
      last && before && ((last.x === before.x && last.x === point.x) || (last.y === before.y && last.y === point.y))
    if (straight) kept.pop()
    kept.push(point)
  }
  return kept
}

type Line = Omit<SceneEdge, 'from' | 'to' | 'bends'>

function edge(line: Line, points: readonly Point[]): SceneEdge {
  const path = simplify(points)
  const first = path[0] ?? { x: 0, y: 0 }
  const last = path.at(-1) ?? first
  return { ...line, from: first, to: last, bends: path.slice(1, -1) }
}

/** Where two lines would share a corridor, each gets a track of its own. */
class Tracks {
  private readonly used = new Map<string, number>()
  /** Offset from the corridor's middle: 0, +s, -s, +2s, … within the room. */
  next(corridor: string, room: number, step = 6): number {
    const index = this.used.get(corridor) ?? 0
    this.used.set(corridor, index + 1)
    const offset = Math.ceil(index / 2) * step * (index % 2 === 0 ? -1 : 1)
    return Math.abs(offset) <= room / 2 - 3 ? offset : 0
  }
}

/** The y of the free passage across a lane column that is nearest to `y`. */
function passage(block: Block, column: number, y: number, metrics: Metrics): number {
  const lanes = block.corridors.columns[column]?.lanes ?? []
  let best = block.corridors.lanesTop - metrics.laneGap / 2
  for (const lane of lanes) {
    const below = lane.y + lane.height + metrics.laneGap / 2
    if (Math.abs(below - y) < Math.abs(best - y)) best = below
  }
  return best
}

const gutterX = (block: Block, index: number, metrics: Metrics): number => {
  const column = block.corridors.columns[index]
  if (column) return column.x - metrics.gutter / 2
  const last = block.corridors.columns.at(-1)
  return (last ? last.right : block.corridors.host.x + block.corridors.host.width) + metrics.gutter / 2
}

interface Router {
  block: Block
  metrics: Metrics
  tracks: Tracks
  byId: ReadonlyMap<string, SceneNode>
  rest: boolean
}

/** From the gutter left of column `from` to the gutter left of column `to`, at height `y` in the end. */
function across(router: Router, from: number, to: number, start: Point, y: number): Point[] {
  const { block, metrics, tracks, rest } = router
  const room = metrics.gutter - 12
  const shift = (key: string, width: number, step?: number) => (rest ? tracks.next(key, width, step) : 0)
  const points: Point[] = [start]
  let x = gutterX(block, from, metrics) + shift(`gutter ${from}`, room)
  points.push({ x, y: start.y })
  const step = from < to ? 1 : -1
  for (let gutter = from; gutter !== to; gutter += step) {
    const column = step === 1 ? gutter : gutter - 1
    const middle = passage(block, column, y, metrics)
    const through = middle + shift(`passage ${column} ${middle}`, metrics.laneGap, 4)
    points.push({ x, y: through })
    x = gutterX(block, gutter + step, metrics) + shift(`gutter ${gutter + step}`, room)
    points.push({ x, y: through })
  }
  points.push({ x, y })
  return points
}

const overlaps = (segment: { a: Point; b: Point }, rect: Rect): boolean =>
  Math.max(segment.a.x, segment.b.x) > rect.x &&
  Math.min(segment.a.x, segment.b.x) < rect.x + rect.width &&
  Math.max(segment.a.y, segment.b.y) > rect.y &&
  Math.min(segment.a.y, segment.b.y) < rect.y + rect.height

/** Whether a line's path crosses this box; touching its border does not count. */
export function crosses(path: readonly Point[], rect: Rect): boolean {
  const inner = { x: rect.x + 1, y: rect.y + 1, width: rect.width - 2, height: rect.height - 2 }
  for (let index = 1; index < path.length; index += 1) {
    const [a, b] = [path[index - 1], path[index]]
    if (a && b && overlaps({ a, b }, inner)) return true
  }
  return false
}

/** The last piece of a way: from the gutter left of a lane to one of its chips, between the chips. */
function intoLane(lane: SceneNode, target: SceneNode, members: readonly SceneNode[], metrics: Metrics): Point[][] {
  const half = metrics.gap / 2
  const above = target.y - half
  const beside = target.x - half
  const others = members.filter(node => node !== target)
  const ways: Point[][] = [
    [{ x: target.x, y: centre(target) }],
    [
      { x: target.x + 18, y: above },
      { x: target.x + 18, y: target.y },
    ],
    [
      { x: beside, y: lane.y + lane.height - metrics.pad / 2 },
      { x: beside, y: centre(target) },
      { x: target.x, y: centre(target) },
    ],
  ]
  return ways.filter(way => {
    const entry = { x: lane.x, y: way[0]?.y ?? 0 }
    return !others.some(other => crosses([entry, ...way], other))
  })
}

function doorLine(router: Router, line: Line, door: SceneNode, target: SceneNode): SceneEdge {
  const { block, metrics, byId } = router
  const start = { x: door.x + door.width, y: centre(door) }
  const { host, columns, asideX } = block.corridors
  if (target.parent !== null && byId.get(target.parent)?.kind === 'host') {
    const x = host.x + host.width - 6
    return edge(line, [
      start,
      { x, y: start.y },
      { x, y: centre(target) },
      { x: target.x + target.width, y: centre(target) },
    ])
  }
  const lane = target.parent === null ? undefined : byId.get(target.parent)
  const column = columns.findIndex(each => lane !== undefined && each.lanes.includes(lane))
  if (lane !== undefined && column >= 0) {
    const members = [...byId.values()].filter(node => node.parent === lane.id)
    const way = intoLane(lane, target, members, metrics)[0]
    // No free way between the chips: the line ends at the lane, and is drawn only when its path is lit.
    if (way === undefined) {
      const y = lane.y + metrics.pad + 10
      return { ...edge(line, [...across(router, 0, column, start, y), { x: lane.x, y }]), atRest: false }
    }
    return edge(line, [...across(router, 0, column, start, way[0]?.y ?? start.y), ...way])
  }
  if (asideX !== null && target.x >= asideX)
    return edge(line, [...across(router, 0, columns.length, start, centre(target)), { x: target.x, y: centre(target) }])
  return { ...edge(line, [start, { x: target.x, y: centre(target) }]), atRest: false }
}

/** All lines of one block. */
export function routeBlock(
  plan: HostPlan,
  block: Block,
  metrics: Metrics,
  nodes: readonly SceneNode[],
  machine: { hostId: string; first: boolean },
): SceneEdge[] {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const edges: SceneEdge[] = []
  const router: Router = { block, metrics, tracks: new Tracks(), byId, rest: true }
  const { corridors } = block

  if (machine.first) {
    for (const segment of plan.segments) {
      const outside = byId.get(segmentId(plan.host.id, segment.key))
      for (const name of segment.interfaces) {
        const near = byId.get(interfaceId(plan.host.id, name))
        if (outside === undefined || near === undefined) continue
        const y = Math.min(outside.y + outside.height - 8, Math.max(outside.y + 8, centre(near)))
        edges.push(
          edge(
            {
              id: `${outside.id} → ${near.id}`,
              kind: 'uplink',
              source: outside.id,
              target: near.id,
              atRest: true,
              live: near.live,
              variant: '',
            },
            [
              { x: outside.x + outside.width, y },
              { x: near.x, y },
            ],
          ),
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
      const column = corridors.columns.findIndex(each => each.lanes.includes(node))
      const onTop = corridors.columns[column]?.lanes[0] === node
      const y = corridors.overpass + 8 + track * 9
      const x = near.x - 14 - track * 8
      const out = centre(near) + Math.min(12, near.height / 2 - 6)
      const down = onTop ? node.x + 26 + track * 8 : (corridors.columns[column]?.x ?? 0) - 10 - track * 5
      const entry = node.y + metrics.pad + 10
      edges.push(
        edge(
          {
            id: `${near.id} → ${node.id}`,
            kind: 'parent',
            source: near.id,
            target: node.id,
            atRest: true,
            live: near.live,
            variant: driverOf(lane.network),
          },
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
  }

  const leads = plan.doors.flatMap(door => {
    const source = byId.get(doorId(plan.host.id, door))
    const id = door.kind === 'listener' ? door.containerId : door.namespaceId
    const item = door.kind === 'listener' ? undefined : byNamespace(plan, id)
    const own = item?.shape === 'chip' ? item.members[0]?.id : id
    const target = byId.get(own ?? '') ?? hiding(nodes, item)
    return source === undefined || target === undefined ? [] : [{ door, source, target }]
  })
  router.rest = leads.length <= AT_REST.doors
  for (const { door, source, target } of leads) {
    edges.push(
      doorLine(
        router,
        {
          id: `${source.id} → ${target.id}`,
          kind: 'leads',
          source: source.id,
          target: target.id,
          atRest: router.rest,
          live: source.live,
          variant: source.variant === '' ? door.scope : source.variant,
        },
        source,
        target,
      ),
    )
  }

  const known = new Map(plan.host.networks.map(network => [network.name, network]))
  const members = plan.groups
    .filter(group => group.key === 'pivots')
    .flatMap(group => group.items)
    .flatMap(item => {
      const source = byId.get(item.shape === 'chip' ? (item.members[0]?.id ?? '') : (item.namespace?.id ?? ''))
      if (source === undefined || item.namespace === null) return []
      return networksOf(item.namespace, known).flatMap(name => {
        const network = known.get(name)
        const lane = network === undefined ? undefined : byId.get(network.id)
        return network === undefined || lane === undefined ? [] : [{ source, lane, driver: driverOf(network) }]
      })
    })
  router.rest = members.length <= AT_REST.members
  const perSource = new Map<string, number>()
  for (const { source, lane, driver } of members) {
    const column = corridors.columns.findIndex(each => each.lanes.includes(lane))
    if (column < 0) continue
    const nth = perSource.get(source.id) ?? 0
    perSource.set(source.id, nth + 1)
    const y = lane.y + metrics.pad + 10 + (router.rest ? router.tracks.next(`lane ${lane.id}`, 20, 5) : 0)
    const start = { x: source.x, y: Math.min(source.y + source.height - 6, source.y + 14 + nth * 7) }
    edges.push(
      edge(
        {
          id: `${source.id} → ${lane.id}`,
          kind: 'member',
          source: source.id,
          target: lane.id,
          atRest: router.rest,
          live: source.live,
          variant: driver,
        },
        [...across(router, corridors.columns.length, column + 1, start, y), { x: lane.x + lane.width, y }],
      ),
    )
  }
  return edges.map(line => (line.atRest && blocked(line, nodes, byId) ? { ...line, atRest: false } : line))
}

/** The fold that a namespace has gone into. */
function hiding(nodes: readonly SceneNode[], item: Item | undefined): SceneNode | undefined {
  const name = item?.members[0]?.name
  if (name === undefined) return undefined
  const ref = formatRef({ kind: 'container', name })
  return nodes.find(node => node.kind === 'fold' && node.also.includes(ref))
}

function byNamespace(plan: HostPlan, id: string | null) {
  for (const lane of plan.lanes) {
    const item = lane.items.find(each => each.namespace?.id === id)
    if (item) return item
  }
  for (const group of plan.groups) {
    const item = group.items.find(each => each.namespace?.id === id)
    if (item) return item
  }
  return undefined
}

/** Whether the line crosses a box that is neither its end nor one that holds an end. */
function blocked(line: SceneEdge, nodes: readonly SceneNode[], byId: ReadonlyMap<string, SceneNode>): boolean {
  const own = new Set<string>()
  for (const end of [line.source, line.target])
    for (let id: string | null = end; id !== null; id = byId.get(id)?.parent ?? null) own.add(id)
  const path = [line.from, ...line.bends, line.to]
  return nodes.some(node => {
    if (own.has(node.id) || node.kind === 'rootless') return false
    // A door or interface stands on the host's edge: what starts there may run within the host's right margin.
    if (node.kind === 'host') return false
    return crosses(path, node)
  })
}
