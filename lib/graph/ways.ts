/** The ways of doors to what they lead to, and of pivots to their lanes, through the gutters. */
import { entryOf } from './entries'
import { centre, makeEdge } from './paths'
import type { Router } from './routes'
import type { Descent } from './ties'
import { offsets, orderRuns } from './tracks'
import type { Point, SceneEdge, SceneNode } from './types'

export interface Way {
  kind: 'leads' | 'member'
  source: SceneNode
  target: SceneNode
  /** Ways with the same run together: several doors to one namespace, the pivots of the same lanes to all of these. */
  bundle: string
  atRest: boolean
  variant: string
}

/** A free way across a lane column, from one gutter to another. */
interface Passage {
  column: number
  key: string
  y: number
  room: number
}

/** A way as its corridors, before lines that share one are told apart. */
interface Course {
  way: Way
  /** From the source to the first gutter. */
  leaving: readonly [Point, ...Point[]]
  /** Indexes, in the order of travel, and the passages between them. */
  gutters: readonly number[]
  passages: readonly Passage[]
  /** From the last gutter to the end. */
  ending: readonly [Point, ...Point[]]
}

/** Gutter 0 is right of the host, gutter n right of lane column n - 1. */
function gutterX({ block, metrics }: Router, index: number): number {
  const { host, columns, frame } = block.corridors
  const column = columns[index - 1]
  if (column === undefined) return host.x + host.width + metrics.gutter / 2
  const right = index === columns.length && frame !== null ? frame.x + frame.width : column.right
  return right + metrics.gutter / 2
}

const stepsPast = (lane: SceneNode) => lane.variant === 'macvlan' || lane.variant === 'ipvlan'

/** Above the lanes of a column, or below one of them. */
function passage({ block, metrics }: Router, column: number, lane: SceneNode | undefined): Passage {
  return lane === undefined
    ? { column, key: `above ${column}`, y: block.corridors.lanesTop - 8, room: 9 }
    : { column, key: lane.id, y: lane.y + lane.height + metrics.laneGap / 2, room: metrics.laneGap - 6 }
}

/** The uppermost passage that no tie comes down through, below all lanes on top that are `left` to others' lines. */
function topPassage(router: Router, column: number, left: ReadonlySet<SceneNode>): Passage {
  const lanes = router.block.corridors.columns[column]?.lanes ?? []
  const first = lanes.findIndex(lane => !stepsPast(lane) && !left.has(lane))
  return passage(router, column, lanes[(first < 0 ? lanes.length : first) - 1])
}

/**
 * Lanes that lines of pivots come to and none of doors. A door's line over such a lane and down beside it would stand between
 * the lane and its pivots.
 */
function leftToPivots({ byId }: Router, ways: readonly Way[]): Set<SceneNode> {
  const atRest = ways.filter(way => way.atRest)
  const left = new Set(atRest.filter(way => way.kind === 'member').map(way => way.target))
  for (const { kind, target } of atRest) {
    const lane = kind === 'leads' ? byId.get(target.parent ?? '') : undefined
    if (lane !== undefined) left.delete(lane)
  }
  return left
}

const NONE: ReadonlySet<SceneNode> = new Set()

function nearestPassage(router: Router, column: number, y: number): Passage {
  let best = passage(router, column, undefined)
  for (const lane of router.block.corridors.columns[column]?.lanes ?? []) {
    const below = passage(router, column, lane)
    if (Math.abs(below.y - y) < Math.abs(best.y - y)) best = below
  }
  return best
}

const upTo = (count: number) => Array.from({ length: Math.max(0, count) }, (_, index) => index)

/** Where a door's line leaves the host: past the doors that stand beside it, between two of them. */
function leaveHost({ plan, block, metrics, byId }: Router, door: SceneNode): Course['leaving'] {
  const y = centre(door)
  const start = { x: door.x + door.width, y }
  const { host } = block.corridors
  const inHost = door.parent === plan.host.id && byId.has(door.id)
  if (inHost || host.x + host.width - start.x < 40) return [start]
  const between = door.y + door.height + metrics.doorGap / 2
  return [start, { x: start.x + 11, y }, { x: start.x + 11, y: between }]
}

/** What has an uplink of its own is not in the user's shared namespace: its line goes round. */
const roundFrame = ({ y }: SceneNode): Passage => ({ column: 0, key: 'round', y: y - 8, room: 9 })

/** Over the lanes, and down beside the column: so the lines keep the order of the doors (leads.ts). */
function doorCourse(router: Router, way: Way, left: ReadonlySet<SceneNode>): Course | null {
  const { columns, frame } = router.block.corridors
  const entry = entryOf(router, way.target)
  if (entry === null) return null
  const last = entry.column ?? columns.length
  const leaving = leaveHost(router, way.source)
  const [end] = entry.ending
  const start = leaving.at(-1) ?? end
  // Straight ahead to what is as high as the door but for little, rather than with a kink.
  const isAhead = last === 0 && entry.ending.length === 1 && Math.abs(end.y - start.y) < router.metrics.gap / 2
  const around = entry.column === null && frame !== null
  return {
    // Where no way is free, the line ends at the lane, and is drawn only when its path is lit.
    way: { ...way, atRest: way.atRest && entry.isFree },
    leaving,
    gutters: around ? [0, last] : upTo(last + 1),
    passages: around
      ? [roundFrame(frame)]
      : upTo(last).map(column => topPassage(router, column, entry.column === null ? NONE : left)),
    ending: isAhead ? [{ x: end.x, y: start.y }] : entry.ending,
  }
}

/** One line leaves a pivot, joins those of the pivots of the same lanes, and branches to these. */
function pivotCourse(router: Router, way: Way): Course | null {
  const { block, metrics } = router
  const { columns, asideX } = block.corridors
  const { source, target: lane } = way
  const column = columns.findIndex(each => each.lanes.includes(lane))
  if (column < 0) return null
  const y = lane.y + metrics.pad + 9
  const first = { x: source.x, y: source.y + (source.variant === 'nest' ? metrics.pad + 9 : (source.height * 2) / 3) }
  const above = { x: source.x + 30, y: source.y }
  return {
    way,
    leaving: asideX !== null && source.x > asideX + 1 ? [above, { ...above, y: source.y - metrics.gap / 2 }] : [first],
    gutters: upTo(columns.length - column).map(step => columns.length - step),
    passages: upTo(columns.length - column - 1).map(step => nearestPassage(router, columns.length - 1 - step, y)),
    ending: [{ x: lane.x + lane.width, y }],
  }
}

/** Doors of the host that lead to who lives in it: along the host's right margin. */
function insideHost({ block }: Router, way: Way): SceneEdge {
  const { source, target } = way
  const x = block.corridors.host.x + block.corridors.host.width - 7
  const y = centre(source)
  return edgeOf(way, [
    { x: source.x + source.width, y },
    { x, y },
    { x, y: centre(target) },
    { x: target.x + target.width, y: centre(target) },
  ])
}

const edgeOf = ({ kind, source, target, atRest, variant }: Way, points: readonly Point[]): SceneEdge =>
  makeEdge({ kind, source, target, atRest, live: source.live, variant }, points)

/** Where in a corridor each line runs; those that are not drawn at rest keep to the middle. */
interface Tracks {
  height: (course: Course, passage: Passage) => number
  gutter: (index: number, key: string) => number
}

/** Heights at which a course comes into a gutter and leaves it, in the order of travel. */
function heightsIn(course: Course, place: number, height: Tracks['height']): [number, number] {
  const [before, after] = [course.passages[place - 1], course.passages[place]]
  const start = course.leaving.at(-1) ?? course.leaving[0]
  return [
    before === undefined ? start.y : height(course, before),
    after === undefined ? course.ending[0].y : height(course, after),
  ]
}

/** Heights of a course left and right in a gutter. Doors' lines travel rightwards, pivots' leftwards. */
function sidesIn(course: Course, place: number, height: Tracks['height']): [number, number] {
  const [from, to] = heightsIn(course, place, height)
  return course.way.kind === 'leads' ? [from, to] : [to, from]
}

/** In a passage the lines keep the order in which they stand left of it; so passages go from left to right. */
function passageTracks(courses: readonly Course[]): Tracks['height'] {
  const shifts = new Map<string, number>()
  const height: Tracks['height'] = ({ way }, { key: where, y }) =>
    y + (way.atRest ? (shifts.get(`${where} ${way.bundle}`) ?? 0) : 0)
  const crossed = courses.flatMap(course => course.passages.map((at, index) => ({ course, at, index })))
  const byColumn = [...new Set(crossed.map(({ at }) => at.column))].sort((a, b) => a - b)
  for (const column of byColumn) {
    const shared = new Map<string, { room: number; lines: Map<string, number> }>()
    for (const { course, at, index } of crossed) {
      if (at.column !== column) continue
      const place = course.way.kind === 'leads' ? index : index + 1
      const [left] = sidesIn(course, place, height)
      const { lines } = shared.get(at.key) ?? { lines: new Map<string, number>() }
      shared.set(at.key, { room: at.room, lines })
      lines.set(course.way.bundle, Math.min(left, lines.get(course.way.bundle) ?? left))
    }
    for (const [where, { room, lines }] of shared) {
      const ordered = [...lines].sort((a, b) => a[1] - b[1])
      const apart = offsets(ordered.length, room, 5)
      ordered.forEach(([line], place) => shifts.set(`${where} ${line}`, apart[place] ?? 0))
    }
  }
  return height
}

function tracksOf(router: Router, courses: readonly Course[], descents: readonly Descent[]): Tracks {
  const height = passageTracks(courses)
  const gutters = new Map<number, Map<string, { line: string; left: number[]; right: number[] }>>()
  const add = (index: number, line: string, left: number, right: number) => {
    const lines = gutters.get(index) ?? new Map<string, { line: string; left: number[]; right: number[] }>()
    gutters.set(index, lines)
    const run = lines.get(line) ?? { line, left: [], right: [] }
    lines.set(line, run)
    run.left.push(left)
    run.right.push(right)
  }
  for (const { gutter, key, from, to } of descents) add(gutter, key, from, to)
  for (const course of courses)
    course.gutters.forEach((index, place) => add(index, course.way.bundle, ...sidesIn(course, place, height)))
  const tracks = new Map<string, number>()
  for (const [index, lines] of gutters) {
    // A line that goes straight through needs no track.
    const bent = [...lines.values()].filter(
      ({ left, right }) => Math.max(...left, ...right) - Math.min(...left, ...right) > 1,
    )
    const ordered = orderRuns(bent)
    const shifts = offsets(ordered.length, router.metrics.gutter - 14, 7)
    ordered.forEach((run, place) => tracks.set(`${index} ${run.line}`, shifts[place] ?? 0))
  }
  return { height, gutter: (index, key) => gutterX(router, index) + (tracks.get(`${index} ${key}`) ?? 0) }
}

/** The lines of these ways, and where ties come down between them. */
export function routeWays(
  router: Router,
  ways: readonly Way[],
  descents: readonly Descent[],
): { edges: SceneEdge[]; descentX: (gutter: number, key: string) => number } {
  const { plan } = router
  const edges: SceneEdge[] = []
  const courses: Course[] = []
  const left = leftToPivots(router, ways)
  for (const way of ways) {
    if (way.kind === 'leads' && way.target.parent === plan.host.id) edges.push(insideHost(router, way))
    else {
      const course = way.kind === 'leads' ? doorCourse(router, way, left) : pivotCourse(router, way)
      if (course) courses.push(course)
    }
  }
  const atRest = courses.filter(({ way }) => way.atRest)
  const tracks = tracksOf(router, atRest, descents)
  for (const course of courses) {
    const points: Point[] = [...course.leaving]
    course.gutters.forEach((index, place) => {
      const [from, to] = heightsIn(course, place, tracks.height)
      const x = course.way.atRest ? tracks.gutter(index, course.way.bundle) : gutterX(router, index)
      points.push({ x, y: from }, { x, y: to })
    })
    edges.push(edgeOf(course.way, [...points, ...course.ending]))
  }
  return { edges, descentX: tracks.gutter }
}
