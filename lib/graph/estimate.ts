/**
 * How high lanes will be, about, before any is drawn. The composition hangs on these numbers, so they go by size classes
 * of totals, and single lanes by coarse classes: one more container seldom changes them.
 */
import { isWide, itemSpan } from './items'
import { headerHeight } from './lane-header'
import { type LaneGrid, laneWidth } from './lanes'
import { laneClass, type Metrics, sizeClass } from './metrics'
import type { HostPlan, Lane } from './plan'

export type Row = Omit<LaneGrid, 'rows'>

/** All lanes of a host, for a width of cell and a number of them in a row. */
export interface LanesMeasure {
  row: Row
  lanes: { header: number; cells: number; visitors: number }[]
  /** Sums over the lanes. */
  headers: number
  cells: number
  visitors: number
}

function cellsOf(lane: Lane, { cell, columns }: Row, metrics: Metrics): number {
  let cells = 0
  for (const item of lane.items) {
    if (item.shape === 'chip') cells += isWide(item, cell, columns, metrics) ? 2 : 1
    else {
      const span = itemSpan(item, cell, columns, metrics)
      cells += span.columns * span.rows
    }
  }
  return cells
}

export function measureLanes(plan: HostPlan, cell: number, columns: number, metrics: Metrics): LanesMeasure {
  const row = { cell, columns, width: laneWidth(cell, columns, metrics) }
  const inner = row.width - 2 * metrics.pad
  const lanes = plan.lanes.map(lane => ({
    header: 2 * metrics.pad + headerHeight(lane, inner, metrics),
    cells: cellsOf(lane, row, metrics),
    visitors: lane.visitors.length,
  }))
  const sum = (value: (lane: (typeof lanes)[number]) => number) => lanes.reduce((total, lane) => total + value(lane), 0)
  return {
    row,
    lanes,
    headers: sum(lane => lane.header),
    cells: sum(lane => lane.cells),
    visitors: sum(lane => lane.visitors),
  }
}

/** Visitors' pills are about this many to a cell's width. */
const PILLS_PER_CELL = 1.5

const visitorRows = (count: number, columns: number) =>
  count === 0 ? 0 : Math.max(1, count / (columns * PILLS_PER_CELL))

/** Height of one lane with so many rows of members at most. */
function laneHeight(
  lane: LanesMeasure['lanes'][number],
  { columns }: Row,
  most: number | null,
  metrics: Metrics,
): number {
  const rows = laneClass(lane.cells) / columns
  return (
    lane.header +
    Math.min(rows, most ?? rows) * (metrics.chip + metrics.gap) +
    Math.ceil(visitorRows(sizeClass(lane.visitors), columns)) * (metrics.visitor + metrics.gap)
  )
}

/** Height of the tallest of so many columns of lanes. */
export function columnsHeight(
  { row, lanes, ...sums }: LanesMeasure,
  columnCount: number,
  most: number | null,
  metrics: Metrics,
): number {
  if (lanes.length === 0) return 0
  // The last row of a lane is seldom full.
  const rows = sizeClass(sums.cells) / row.columns + lanes.length * (0.5 - 0.5 / row.columns)
  const shown = Math.min(rows, most === null ? rows : lanes.length * most)
  const visitors = visitorRows(sizeClass(sums.visitors), row.columns)
  const total =
    sums.headers +
    shown * (metrics.chip + metrics.gap) +
    visitors * (metrics.visitor + metrics.gap) +
    lanes.length * metrics.laneGap
  const tallest = lanes.reduce((height, lane) => Math.max(height, laneHeight(lane, row, most, metrics)), 0)
  return Math.max(tallest, total / columnCount + tallest * UNEVEN * (1 - 1 / columnCount))
}

/** Columns are uneven by about this share of the tallest lane. */
const UNEVEN = 0.35

/** Each lane goes to the column that is shortest so far. @returns the column of each lane. */
export function assignColumns(
  { row, lanes }: LanesMeasure,
  columnCount: number,
  most: number | null,
  metrics: Metrics,
): number[] {
  const columns = Array.from({ length: columnCount }, () => 0)
  return lanes.map(lane => {
    let shortest = 0
    for (let index = 1; index < columnCount; index += 1)
      if ((columns[index] ?? 0) < (columns[shortest] ?? 0) - 1) shortest = index
    columns[shortest] = (columns[shortest] ?? 0) + laneHeight(lane, row, most, metrics) + metrics.laneGap
    return shortest
  })
}
