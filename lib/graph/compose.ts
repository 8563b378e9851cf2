/**
 * The composition: how many lane columns, how many chips in a row, how much folds, so that the picture fills the given
 * aspect ratio with the largest text. Everything here goes by size classes, so that the answer seldom changes.
 */
import { type AsideGrid, asideWidth, estimateAside } from './aside'
import { chipNeed } from './chips'
import { segmentNeed } from './edge-nodes'
import { estimateHost, type HostShape, hostShape, hostWidth } from './host-edge'
import { estimateLane, type LaneGrid, type LaneMeasure, laneWidth, measureLane } from './lanes'
import { EDGE, type Metrics, stepUp } from './metrics'
import type { HostPlan } from './plan'

export interface Composition {
  lanes: LaneGrid
  /** Lane column of each lane of the plan. */
  columnOf: readonly number[]
  columnCount: number
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

/** Rows of members per lane, and doors, before the rest folds; the first that leaves the text legible is taken. */
const FOLDS: readonly { rows: number | null; doors: number | null }[] = [
  { rows: null, doors: null },
  { rows: 8, doors: 72 },
  { rows: 5, doors: 60 },
  { rows: 3, doors: 48 },
  { rows: 2, doors: 36 },
  { rows: 1, doors: 24 },
]

const MAX_COLUMNS = 12
const MAX_PER_ROW = 8
const MAX_ASIDE = 6
/** A lane's header wants some room, however narrow its chips. */
const LEAST_LANE = 240
/** With more doors than this, those that are kept inside may stand beside the others. */
const MANY_DOORS = 16
/** Cells may grow by this much to fill the width. */
const STRETCH = 1.4

/** Width of a cell in which most names are whole; the longest get two cells. */
function cellWidth(plan: HostPlan, metrics: Metrics): number {
  const items = [...plan.lanes.flatMap(lane => lane.items), ...plan.groups.flatMap(group => group.items)]
  const needs = items
    .filter(item => item.shape === 'chip')
    .map(item => chipNeed(item, metrics))
    .sort((a, b) => a - b)
  const most = needs[Math.floor(needs.length * 0.95)] ?? metrics.cellMin
  return Math.min(metrics.cellMax, Math.max(metrics.cellMin, stepUp(most, 12)))
}

/** Each lane goes to the column that is shortest so far, by estimate. */
function assign(heights: readonly number[], columnCount: number, gap: number): { columnOf: number[]; height: number } {
  const columns = new Array<number>(columnCount).fill(0)
  let tallest = 0
  const columnOf = heights.map(height => {
    let shortest = 0
    for (let index = 1; index < columnCount; index += 1)
      if ((columns[index] ?? 0) < (columns[shortest] ?? 0)) shortest = index
    const end = (columns[shortest] ?? 0) + height + gap
    columns[shortest] = end
    tallest = Math.max(tallest, end - gap)
    return shortest
  })
  return { columnOf, height: tallest }
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
  /** Height of a picture of the wanted aspect that holds it. */
  size: number
}

/** A number of chips in a row, and what the lanes measure then. */
interface Rowing {
  grid: Omit<LaneGrid, 'rows'>
  lanes: LaneMeasure[]
}

function rowings(plan: HostPlan, cell: number, metrics: Metrics): Rowing[] {
  const most = plan.lanes.reduce((count, lane) => Math.max(count, lane.items.length), 1)
  return Array.from({ length: Math.min(MAX_PER_ROW, Math.max(2, most)) }, (_, index) => {
    const columns = index + 1
    const wide = Math.max(cell, Math.ceil((LEAST_LANE - 2 * metrics.pad - index * metrics.gap) / columns))
    const grid = { cell: wide, columns, width: laneWidth(wide, columns, metrics) }
    return { grid, lanes: plan.lanes.map(lane => measureLane(lane, grid, metrics)) }
  })
}

interface Options {
  rowings: readonly Rowing[]
  hosts: readonly { shape: HostShape; width: number; height: number }[]
  asides: readonly { grid: AsideGrid; width: number; height: number }[]
}

/** The best of all combinations, with this many rows at most per lane. */
function best(
  plan: HostPlan,
  metrics: Metrics,
  aspect: number,
  outside: number,
  rows: number | null,
  options: Options,
): Candidate | null {
  const boxed = plan.rootless === null ? 0 : 2 * GAPS.frame
  const framed = boxed === 0 ? 0 : GAPS.frameTitle + GAPS.frame
  const columnLimit = Math.min(MAX_COLUMNS, Math.max(1, plan.lanes.length))
  let found: Candidate | null = null
  for (const { grid, lanes } of options.rowings) {
    const heights = lanes.map(lane => estimateLane(lane, rows, metrics))
    for (let columnCount = 1; columnCount <= columnLimit; columnCount += 1) {
      const lanesWidth = plan.lanes.length === 0 ? 0 : columnCount * (grid.width + metrics.gutter) + boxed
      // Wider than the best so far, and wider still with every further column.
      if (found !== null && lanesWidth / aspect >= found.size) break
      const { columnOf, height: lanesHeight } = assign(heights, columnCount, metrics.laneGap)
      for (const host of options.hosts) {
        for (const aside of options.asides) {
          const width = outside + host.width + lanesWidth + aside.width
          const height = EDGE.headings + Math.max(host.height, lanesHeight + framed, aside.height)
          const size = Math.max(width / aspect, height)
          if (found !== null && size >= found.size * 0.99) continue
          const laneGrid = { ...grid, rows }
          found = {
            lanes: laneGrid,
            columnOf,
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

/** Widens the cells where the picture would else be narrower than what it fills. */
function stretched(found: Candidate, metrics: Metrics, aspect: number, hasAside: boolean): Composition {
  const { size, ...composition } = found
  const cells = composition.columnCount * composition.lanes.columns + (hasAside ? composition.aside.columns : 0)
  const extra = Math.min(
    Math.floor((size * aspect - composition.width) / cells),
    Math.floor(composition.lanes.cell * (STRETCH - 1)),
  )
  if (extra < 2) return composition
  const cell = composition.lanes.cell + extra
  return {
    ...composition,
    lanes: { ...composition.lanes, cell, width: laneWidth(cell, composition.lanes.columns, metrics) },
    aside: { ...composition.aside, cell: composition.aside.cell + extra },
    width: composition.width + extra * cells,
  }
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
  const hasAside = plan.groups.length > 0
  const asides = Array.from({ length: hasAside ? MAX_ASIDE : 1 }, (_, index) => {
    const grid = { cell, columns: index + 1 }
    return hasAside
      ? { grid, width: metrics.gutter + asideWidth(grid, metrics), height: estimateAside(plan, grid, metrics) }
      : { grid, width: 0, height: 0 }
  })
  const rowed = rowings(plan, cell, metrics)
  let chosen: Candidate | null = null
  for (const fold of FOLDS) {
    const hosts = (plan.doors.length > MANY_DOORS ? [false, true] : [false]).map(beside => {
      const shape = hostShape(plan, metrics, beside, fold.doors)
      return { shape, height: estimateHost(plan, metrics, shape), width: hostWidth(shape) }
    })
    const found = best(plan, metrics, aspect, outside, fold.rows, { rowings: rowed, hosts, asides })
    // Folding that gains nothing, because something else is what is large, only hides.
    if (found === null || (chosen !== null && found.size > chosen.size * 0.95)) continue
    chosen = found
    if (metrics.title / found.size >= legible) break
  }
  if (chosen === null) throw new Error('a composition has at least one column')
  return stretched(chosen, metrics, aspect, hasAside)
}
