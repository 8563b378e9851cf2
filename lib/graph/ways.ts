/** The ways of doors to what they lead to, and of pivots to their lanes, through the gutters. */
import { centre, crosses, makeEdge } from './paths'
import type { Router } from './routes'
import { offsets, orderRuns, type Run } from './tracks'
import type { Point, SceneEdge, SceneNode } from './types'

export interface Way {
  kind: 'leads' | 'member'
  source: SceneNode
  target: SceneNode
  atRest: boolean
  variant: string
}

/** A way as its corridors, before lines that share one are told apart. */
interface Course {
  way: Way
  /** Lines with the same key run together: several doors to one namespace. */
  key: string
  start: Point
  /** Gutters in the order of travel, with the heights at which it comes and goes. */
  gutters: { index: number; from: number; to: number }[]
  /** Passages across lane columns between the gutters. */
  passages: { key: string; y: number; room: number }[]
  /** From the last gutter to the end. */
  ending: Point[]
}

/** Gutter 0 is right of the host, gutter n right of lane column n - 1. */
function gutterX({ block, metrics }: Router, index: number): number {
  const { host, columns, frame } = block.corridors
  if (index === 0) return host.x + host.width + metrics.gutter / 2
  const column = columns[index - 1]
  if (column === undefined) return host.x + host.width + metrics.gutter / 2
  const right = index === columns.length && frame !== null ? frame.x + frame.width : column.right
  return right + metrics.gutter / 2
}

/** The free passage across a lane column that is nearest to `y`: above, between or below its lanes. */
function passage({ block, metrics }: Router, column: number, y: number) {
  const { columns, lanesTop } = block.corridors
  let best = lanesTop - 10
  let room = 8
  for (const lane of columns[column]?.lanes ?? []) {
    const below = lane.y + lane.height + metrics.laneGap / 2
    if (Math.abs(below - y) >= Math.abs(best - y)) continue
    best = below
    room = metrics.laneGap - 6
  }
  return { key: `${column} ${best}`, y: best, room }
}

/** Gutters and passages from gutter `from` to gutter `to`, which is left at height `y`. */
function through(
  router: Router,
  from: number,
  to: number,
  start: number,
  y: number,
): Pick<Course, 'gutters' | 'passages'> {
  const step = from < to ? 1 : -1
  const gutters: Course['gutters'] = []
  const passages: Course['passages'] = []
  let height = start
  for (let index = from; index !== to; index += step) {
    const next = passage(router, step === 1 ? index : index - 1, y)
    gutters.push({ index, from: height, to: next.y })
    passages.push(next)
    height = next.y
  }
  gutters.push({ index: to, from: height, to: y })
  return { gutters, passages }
}

/** From the gutter left of a lane to one of its chips, between the chips; null when there is no free way. */
function intoLane({ metrics, children }: Router, lane: SceneNode, target: SceneNode): Point[] | null {
  const others = (children.get(lane.id) ?? []).filter(node => node !== target)
  const half = metrics.gap / 2
  const ways: Point[][] = [
    [{ x: target.x, y: centre(target) }],
    [
      { x: target.x + 18, y: target.y - half },
      { x: target.x + 18, y: target.y },
    ],
    [
      { x: target.x - half, y: lane.y + lane.height - metrics.pad / 2 },
      { x: target.x - half, y: centre(target) },
      { x: target.x, y: centre(target) },
    ],
  ]
  const free = ways.find(way => {
    const path = [{ x: lane.x, y: way[0]?.y ?? 0 }, ...way]
    return !others.some(other => crosses(path, other))
  })
  return free ?? null
}

/** Where a door's line leaves the host: past the doors that stand beside it, between two of them. */
function leaveHost({ plan, block, metrics, byId }: Router, door: SceneNode): Point[] {
  const y = centre(door)
  const start = { x: door.x + door.width, y }
  const { host } = block.corridors
  const inHost = door.parent === plan.host.id && byId.has(door.id)
  if (inHost || host.x + host.width - start.x < 40) return [start]
  const between = door.y + door.height + metrics.doorGap / 2
  return [start, { x: start.x + 11, y }, { x: start.x + 11, y: between }]
}

function doorCourse(router: Router, way: Way): Course {
  const { block, metrics, byId } = router
  const { columns, frame, asideX } = block.corridors
  const { source, target } = way
  const start = leaveHost(router, source).at(-1) ?? { x: source.x, y: source.y }
  const course = { way, key: target.id, start }
  const lane = target.parent === null ? undefined : byId.get(target.parent)
  const column = columns.findIndex(each => lane !== undefined && each.lanes.includes(lane))
  if (lane !== undefined && column >= 0) {
    const way = intoLane(router, lane, target)
    // No free way between the chips: the line ends at the lane, and is drawn only when its path is lit.
    const ending = way ?? [{ x: lane.x, y: lane.y + metrics.pad + 9 }]
    if (way === null) course.way = { ...course.way, atRest: false }
    return { ...course, ...through(router, 0, column, start.y, ending[0]?.y ?? start.y), ending }
  }
  const ending = [{ x: target.x, y: centre(target) }]
  const y = ending[0]?.y ?? start.y
  if (asideX !== null && target.x >= asideX && frame !== null) {
    // What has an uplink of its own is not in the user's shared namespace: its line goes round.
    const above = frame.y - 9
    const below = frame.y + frame.height + 9
    const round =
      Math.abs(above - y) + Math.abs(above - start.y) <= Math.abs(below - y) + Math.abs(below - start.y) ? above : below
    return {
      ...course,
      gutters: [
        { index: 0, from: start.y, to: round },
        { index: columns.length, from: round, to: y },
      ],
      passages: [{ key: `round ${round}`, y: round, room: 10 }],
      ending,
    }
  }
  return { ...course, ...through(router, 0, asideX === null ? 0 : columns.length, start.y, y), ending }
}

function pivotCourse(router: Router, way: Way, nth: number): Course | null {
  const { block, metrics } = router
  const { columns } = block.corridors
  const { source, target: lane } = way
  const column = columns.findIndex(each => each.lanes.includes(lane))
  if (column < 0) return null
  const y = lane.y + metrics.pad + 9
  const start = { x: source.x, y: Math.min(source.y + source.height - 6, source.y + 16 + nth * 8) }
  return {
    way,
    key: `${source.id} ${lane.id}`,
    start,
    ...through(router, columns.length, column + 1, start.y, y),
    ending: [{ x: lane.x + lane.width, y }],
  }
}

/** Doors of the host that lead to who lives in it: along the host's right margin. */
function insideHost({ block }: Router, way: Way): SceneEdge {
  const { source, target } = way
  const x = block.corridors.host.x + block.corridors.host.width - 7
  const y = centre(source)
  return makeEdge({ kind: way.kind, source, target, atRest: way.atRest, live: source.live, variant: way.variant }, [
    { x: source.x + source.width, y },
    { x, y },
    { x, y: centre(target) },
    { x: target.x + target.width, y: centre(target) },
  ])
}

/** Gives every line that is drawn at rest its track in each corridor; the others keep to the middle. */
function tracksOf(router: Router, courses: readonly Course[]): Map<string, number> {
  const tracks = new Map<string, number>()
  const gutters = new Map<number, Map<string, Run>>()
  const passages = new Map<string, { room: number; lines: Set<string> }>()
  for (const { way, key, gutters: runs, passages: across } of courses) {
    if (!way.atRest) continue
    for (const { index, from, to } of runs) {
      const lines = gutters.get(index) ?? new Map<string, Run>()
      gutters.set(index, lines)
      const rightwards = way.kind === 'leads'
      const [left, right] = rightwards ? [from, to] : [to, from]
      if (!lines.has(key)) lines.set(key, { line: key, left, right })
    }
    for (const { key: where, room } of across) {
      const shared = passages.get(where) ?? { room, lines: new Set<string>() }
      passages.set(where, shared)
      shared.lines.add(key)
    }
  }
  for (const [index, lines] of gutters) {
    // A line that goes straight through needs no track.
    const ordered = orderRuns([...lines.values()].filter(run => Math.abs(run.left - run.right) > 1))
    const shifts = offsets(ordered.length, router.metrics.gutter - 14, 7)
    ordered.forEach((run, place) => tracks.set(`gutter ${index} ${run.line}`, shifts[place] ?? 0))
  }
  for (const [where, { room, lines }] of passages) {
    const shifts = offsets(lines.size, room, 5)
    ;[...lines].forEach((line, place) => tracks.set(`passage ${where} ${line}`, shifts[place] ?? 0))
  }
  return tracks
}

/** The lines of these ways. */
export function routeWays(router: Router, ways: readonly Way[]): SceneEdge[] {
  const { byId } = router
  const edges: SceneEdge[] = []
  const courses: Course[] = []
  const perSource = new Map<string, number>()
  for (const way of ways) {
    if (way.kind === 'leads') {
      if (way.target.parent !== null && byId.get(way.target.parent)?.kind === 'host')
        edges.push(insideHost(router, way))
      else courses.push(doorCourse(router, way))
      continue
    }
    const nth = perSource.get(way.source.id) ?? 0
    perSource.set(way.source.id, nth + 1)
    const course = pivotCourse(router, way, nth)
    if (course) courses.push(course)
  }
  const tracks = tracksOf(router, courses)
  for (const { way, key, start, gutters, passages, ending } of courses) {
    const points: Point[] = way.kind === 'leads' ? leaveHost(router, way.source) : [start]
    let y = start.y
    const shift = (corridor: string) => (way.atRest ? (tracks.get(`${corridor} ${key}`) ?? 0) : 0)
    gutters.forEach(({ index, to }, place) => {
      const x = gutterX(router, index) + shift(`gutter ${index}`)
      const next = passages[place]
      const height = next === undefined ? to : next.y + shift(`passage ${next.key}`)
      points.push({ x, y }, { x, y: height })
      y = height
    })
    edges.push(
      makeEdge(
        {
          kind: way.kind,
          source: way.source,
          target: way.target,
          atRest: way.atRest,
          live: way.source.live,
          variant: way.variant,
        },
        [...points, ...ending],
      ),
    )
  }
  return edges
}
