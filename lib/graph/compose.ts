/**
 * The composition: how many lane columns, how many chips in a row, how much folds, so that the picture fills the given
 * aspect ratio with the largest text. Everything here goes by size classes, so that the answer seldom changes.
 */
import { type AsideGrid, asideWidth, estimateAside } from './aside'
import { chipNeed } from './chips'
import { doorWidth, estimateHost, hostWidth } from './host-edge'
import { estimateLane, type LaneGrid, laneWidth } from './lanes'
import { EDGE, type Metrics, stepUp } from './metrics'
import type { HostPlan } from './plan'

export interface Composition {
  lanes: LaneGrid
  /** Lane column of each lane of the plan. */
  columnOf: number[]
  columnCount: number
  aside: AsideGrid
  doors: number
  doorLimit: number | null
  outside: number
  width: number
  /** By size classes; the real one differs a little. */
  height: number
}

/** Widths that are always there. */
export const GAPS = { outside: 56, frame: 18 }

/** Rows of members per lane, and doors, before the rest folds; the first that leaves the text legible is taken. */
const FOLDS: readonly { rows: number | null; doors: number | null }[] = [
  { rows: null, doors: null },
  { rows: 8, doors: 64 },
  { rows: 5, doors: 48 },
  { rows: 3, doors: 40 },
  { rows: 2, doors: 28 },
  { rows: 1, doors: 20 },
]

const MAX_COLUMNS = 12

/** Width of a cell in which most names are whole; the longest get two cells. */
function cellWidth(plan: HostPlan, metrics: Metrics): number {
  const needs = plan.host.containers
    .filter(container => !container.isInfra)
    .map(container => chipNeed(container, metrics))
    .sort((a, b) => a - b)
  const most = needs[Math.floor(needs.length * 0.85)] ?? metrics.cellMin
  return Math.min(metrics.cellMax, Math.max(metrics.cellMin, stepUp(most, 12)))
}

/** Each lane goes to the column that is shortest so far, by estimate. */
function assign(heights: readonly number[], columnCount: number, gap: number): { columnOf: number[]; height: number } {
  const columns = Array.from({ length: columnCount }, () => 0)
  const columnOf = heights.map(height => {
    let shortest = 0
    for (let index = 1; index < columnCount; index += 1)
      if ((columns[index] ?? 0) < (columns[shortest] ?? 0)) shortest = index
    columns[shortest] = (columns[shortest] ?? 0) + height + gap
    return shortest
  })
  return { columnOf, height: Math.max(0, ...columns) - gap }
}

/** @param legible smallest height of a container's name as a share of the picture's height */
export function compose(plan: HostPlan, metrics: Metrics, aspect: number, legible: number): Composition {
  const cell = cellWidth(plan, metrics)
  const doors = doorWidth(plan, metrics)
  const outside = plan.segments.length === 0 ? 0 : metrics.segmentWidth
  const left = (outside === 0 ? 0 : outside + GAPS.outside) + hostWidth(doors)
  const boxed = plan.rootless === null ? 0 : 2 * GAPS.frame
  const memberCount = plan.lanes.reduce((most, lane) => Math.max(most, lane.items.length), 1)
  let best: (Composition & { size: number }) | null = null
  for (const fold of FOLDS) {
    best = null
    const hostHeight = estimateHost(plan, metrics, fold.doors)
    for (let perRow = 1; perRow <= Math.min(8, Math.max(2, memberCount)); perRow += 1) {
      const stretched = Math.max(cell, Math.ceil((250 - 2 * metrics.pad - (perRow - 1) * metrics.gap) / perRow))
      const grid = { cell: stretched, columns: perRow, rows: fold.rows, width: laneWidth(stretched, perRow, metrics) }
      const heights = plan.lanes.map(lane => estimateLane(lane, grid, metrics))
      for (
        let columnCount = 1;
        columnCount <= Math.min(MAX_COLUMNS, Math.max(1, plan.lanes.length));
        columnCount += 1
      ) {
        const { columnOf, height } = assign(heights, columnCount, metrics.laneGap)
        const lanesWidth =
          plan.lanes.length === 0 ? 0 : metrics.gutter + columnCount * (grid.width + metrics.gutter) - metrics.gutter
        for (let asideColumns = 1; asideColumns <= (plan.groups.length === 0 ? 1 : 6); asideColumns += 1) {
          const aside = { cell: stretched, columns: asideColumns }
          const asideRoom = plan.groups.length === 0 ? 0 : metrics.gutter + asideWidth(aside, metrics)
          const asideHeight = plan.groups.length === 0 ? 0 : estimateAside(plan, aside, metrics)
          const width = left + lanesWidth + boxed + asideRoom
          const tall = EDGE.headings + Math.max(hostHeight, height + boxed * 1.5, asideHeight)
          const size = Math.max(width / aspect, tall)
          if (best !== null && size >= best.size * 0.99) continue
          best = {
            lanes: grid,
            columnOf,
            columnCount,
            aside,
            doors,
            doorLimit: fold.doors,
            outside,
            width,
            height: tall,
            size,
          }
        }
      }
    }
    if (best !== null && metrics.title / best.size >= legible) break
  }
  if (best === null) throw new Error('a composition always has one column')
  return best
}
