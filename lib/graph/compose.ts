/**
 * The composition: how many lane columns, how many chips in a row, how much folds, so that the picture fills the given
 * aspect ratio with the largest text. Everything here goes by size classes, so that the answer seldom changes.
 */
import { type AsideGrid, estimateAside, groupsWidth } from './aside'
import { chipNeed } from './chips'
import { segmentNeed } from './edge-nodes'
import { columnsHeight, dealLanes, type LaneLimits, lanesHeight, type LanesMeasure, measureLanes } from './estimate'
import { doorPitch, estimateHost, hostNeeds, type HostShape, hostShape, hostWidth } from './host-edge'
import { type LaneGrid, laneWidth } from './lanes'
import { EDGE, type Metrics, sizeClass, stepUp } from './metrics'
import type { HostPlan } from './plan'
import { dealing } from './ties'

export interface Composition {
  lanes: LaneGrid
  /** Indexes of the plan's lanes, per column from the top down. */
  columns: readonly (readonly number[])[]
  aside: AsideGrid
  host: HostShape
  /** Width of the segments' column; 0 when there are none. */
  outside: number
  width: number
  /** By size classes; the real one differs a little. */
  height: number
}

/** Left of the host, and round the lanes of a rootless user. */
export const GAPS = { outside: 60, frame: 18, frameTitle: 46 }

/** What folds, and from where on; the first that leaves the text legible is taken. */
interface Limits extends LaneLimits {
  doors: number | null
  /** Members of each group right of the lanes. */
  aside: number | null
}

const FOLDS: readonly Limits[] = [
  { rows: null, pills: null, doors: null, aside: null },
  { rows: 8, pills: 6, doors: 72, aside: null },
  { rows: 5, pills: 4, doors: 60, aside: null },
  { rows: 3, pills: 2, doors: 48, aside: 60 },
  { rows: 2, pills: 1, doors: 36, aside: 40 },
  { rows: 1, pills: 1, doors: 28, aside: 24 },
]

const MAX_COLUMNS = 12
const MAX_PER_ROW = 8
const MAX_ASIDE = 6
/** A lane's header wants some room, however narrow its chips. */
const LEAST_LANE = 240
/** With more doors than this, those that are kept inside may stand beside the others. */
const MANY_DOORS = 16
/** By how much cells may grow to fill the width. */
const STRETCHES = [0.4, 0.2]
/** Sizes of pictures are told apart no finer than this. */
const SIZE_STEP = 40

/** Width of a cell in which most names are whole; longer ones get two cells. In wide steps: every chip hangs on it. */
function cellWidth(plan: HostPlan, metrics: Metrics): number {
  const items = [...plan.lanes.flatMap(lane => lane.items), ...plan.groups.flatMap(group => group.items)]
  const needs = items
    .filter(item => item.shape === 'chip')
    .map(item => chipNeed(item, metrics))
    .sort((a, b) => a - b)
  const most = needs[Math.floor(needs.length * 0.8)] ?? metrics.cellMin
  const steps = Math.max(0, Math.ceil((Math.min(most, metrics.cellMax) - metrics.cellMin) / metrics.cellStep))
  return metrics.cellMin + steps * metrics.cellStep
}

export const outsideWidth = (plan: HostPlan, metrics: Metrics): number =>
  plan.segments.length === 0
    ? 0
    : Math.min(
        230,
        Math.max(
          120,
          stepUp(
            plan.segments.reduce((most, each) => Math.max(most, segmentNeed(each, metrics)), 0),
            16,
          ),
        ),
      )

interface Candidate extends Composition {
  columnCount: number
  /** Height of a picture of the wanted aspect that holds it. */
  size: number
  measure: LanesMeasure
}

/** The lanes' measures for every number of chips in a row that comes into question. */
function rowings(plan: HostPlan, cell: number, metrics: Metrics): LanesMeasure[] {
  const most = sizeClass(plan.lanes.reduce((count, lane) => Math.max(count, lane.items.length), 1))
  return Array.from({ length: Math.min(MAX_PER_ROW, Math.max(2, most)) }, (_, index) => {
    const wide = Math.max(cell, Math.ceil((LEAST_LANE - 2 * metrics.pad - index * metrics.gap) / (index + 1)))
    return measureLanes(plan, wide, index + 1, metrics)
  })
}

interface Options {
  rowings: readonly LanesMeasure[]
  hosts: readonly { shape: HostShape; width: number; height: number }[]
  asides: readonly { grid: AsideGrid; width: number; height: number }[]
}

/** The best of all combinations, with this many rows at most per lane. */
function best(
  plan: HostPlan,
  metrics: Metrics,
  aspect: number,
  outside: number,
  most: LaneLimits,
  options: Options,
): Candidate | null {
  const boxed = plan.rootless === null ? 0 : 2 * GAPS.frame
  const framed = boxed === 0 ? 0 : GAPS.frameTitle + GAPS.frame
  const columnLimit = Math.min(MAX_COLUMNS, Math.max(1, plan.lanes.length))
  let found: Candidate | null = null
  for (const measure of options.rowings) {
    const lanes = lanesHeight(measure, most, metrics)
    for (let columnCount = 1; columnCount <= columnLimit; columnCount += 1) {
      const lanesWidth = plan.lanes.length === 0 ? 0 : columnCount * (measure.row.width + metrics.gutter) + boxed
      // Wider than the best so far, and wider still with every further column.
      if (found !== null && lanesWidth / aspect >= found.size) break
      const laneHeight = columnsHeight(lanes, columnCount) + framed
      for (const host of options.hosts) {
        for (const aside of options.asides) {
          const width = outside + host.width + lanesWidth + aside.width
          const height = EDGE.headings + Math.max(host.height, laneHeight, aside.height)
          const size = stepUp(Math.max(width / aspect, height), SIZE_STEP)
          if (
            found !== null &&
            (size > found.size || (size === found.size && width * height >= found.width * found.height * 0.97))
          )
            continue
          found = {
            lanes: { ...measure.row, rows: most.rows, pills: most.pills },
            measure,
            columns: [],
            columnCount,
            aside: aside.grid,
            host: host.shape,
            outside,
            width,
            height,
            size,
          }
        }
      }
    }
  }
  return found
}

/** As many doors as a picture of this height has room for below each other, when some fold. */
function moreDoors(host: HostShape, plan: HostPlan, metrics: Metrics, height: number): HostShape {
  if (host.limit === null || host.beside) return host
  const room = height - EDGE.headings - estimateHost(plan, metrics, { ...host, limit: 0 })
  return { ...host, limit: Math.max(host.limit, Math.floor(room / doorPitch(metrics)) - 1) }
}

/** Puts the lanes into columns, and widens the cells where the picture would else be narrower than what it fills. */
function settled(found: Candidate, plan: HostPlan, metrics: Metrics, aspect: number): Composition {
  const { size, measure, columnCount, ...rest } = found
  const composition = { ...rest, host: moreDoors(rest.host, plan, metrics, Math.max(rest.width / aspect, rest.height)) }
  const columns =
    plan.lanes.length === 0 ? [] : dealLanes(measure, dealing(plan, columnCount), columnCount, found.lanes, metrics)
  const hasAside = plan.groups.length > 0
  const cells = columnCount * composition.lanes.columns + (hasAside ? composition.aside.columns : 0)
  const room = (size * aspect - composition.width) / (cells * composition.lanes.cell)
  const share = STRETCHES.find(stretch => stretch <= room) ?? 0
  const extra = Math.floor(composition.lanes.cell * share)
  if (extra <= 0) return { ...composition, columns }
  const cell = composition.lanes.cell + extra
  return {
    ...composition,
    columns,
    lanes: { ...composition.lanes, cell, width: laneWidth(cell, composition.lanes.columns, metrics) },
    aside: { ...composition.aside, cell: composition.aside.cell + extra },
    width: composition.width + extra * cells,
  }
}

function asideOptions(plan: HostPlan, cell: number, limit: number | null, metrics: Metrics): Options['asides'] {
  if (plan.groups.length === 0) return [{ grid: { cell, columns: 1, limit }, width: 0, height: 0 }]
  return Array.from({ length: MAX_ASIDE }, (_, index) => {
    const grid = { cell, columns: index + 1, limit }
    return {
      grid,
      width: metrics.gutter + groupsWidth(plan, grid, metrics),
      height: estimateAside(plan, grid, metrics),
    }
  })
}

/**
 * @param outside room left of the host, which the connections to one machine share
 * @param legible smallest height of a container's name as a share of the picture's height
 */
export function compose(
  plan: HostPlan,
  metrics: Metrics,
  aspect: number,
  outside: number,
  legible: number,
): Composition {
  const cell = cellWidth(plan, metrics)
  const rowed = rowings(plan, cell, metrics)
  const needs = hostNeeds(plan, metrics)
  let chosen: Candidate | null = null
  for (const fold of FOLDS) {
    const hosts = (plan.doors.length > MANY_DOORS ? [false, true] : [false]).map(beside => {
      const shape = hostShape(needs, beside, fold.doors)
      return { shape, height: estimateHost(plan, metrics, shape), width: hostWidth(shape) }
    })
    const asides = asideOptions(plan, cell, fold.aside, metrics)
    const found = best(plan, metrics, aspect, outside, fold, { rowings: rowed, hosts, asides })
    // Folding that gains nothing, because something else is what is large, only hides.
    if (found === null || (chosen !== null && found.size > chosen.size * 0.95)) continue
    chosen = found
    if (metrics.title / found.size >= legible) break
  }
  if (chosen === null) throw new Error('a composition has at least one column')
  return settled(chosen, plan, metrics, aspect)
}
