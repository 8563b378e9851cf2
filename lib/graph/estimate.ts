/**
 * How high lanes will be, about, before any is drawn. The composition hangs on these numbers, so they go by size classes
 * of totals, and single lanes by coarse classes: one more container seldom changes them.
 */
import { isWide, itemSpan } from './items'
import { headerHeight } from './lane-header'
import { type LaneGrid, laneWidth } from './lanes'
import { laneClass, type Metrics, sizeClass } from './metrics'
import type { HostPlan, Lane } from './plan'
import type { Dealing } from './ties'

export type Row = Omit<LaneGrid, 'rows' | 'pills'>

/** Rows of members and of visitors before the rest of a lane folds; null = all. */
export type LaneLimits = Pick<LaneGrid, 'rows' | 'pills'>

/** All lanes of a host, for a width of cell and a number of them in a row. */
export interface LanesMeasure {
  row: Row
  lanes: { header: number; cells: number; visitors: number }[]
  /** Sums over the lanes. */
  headers: number
  cells: number
  visitors: number
  /** Lanes that have visitors. */
  visited: number
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
    visited: sum(lane => Math.min(1, lane.visitors)),
  }
}

/** Visitors' pills are about this many to a cell's width. */
const PILLS_PER_CELL = 1.5

const visitorRows = (count: number, columns: number) =>
  count === 0 ? 0 : Math.max(1, count / (columns * PILLS_PER_CELL))

type Grain = (cells: number, columns: number) => number

/** Rows of a lane's members: by its coarse class, and exactly. */
const coarse: Grain = (cells, columns) => laneClass(cells) / columns
const exact: Grain = (cells, columns) => Math.ceil(cells / columns)

/** Height of one lane with so many rows of members at most. */
function laneHeight(
  lane: LanesMeasure['lanes'][number],
  { columns }: Row,
  most: LaneLimits,
  metrics: Metrics,
  grain: Grain,
): number {
  const rows = grain(lane.cells, columns)
  const pills = Math.ceil(visitorRows(sizeClass(lane.visitors), columns))
  return (
    lane.header +
    Math.min(rows, most.rows ?? rows) * (metrics.chip + metrics.gap) +
    Math.min(pills, most.pills ?? pills) * (metrics.visitor + metrics.gap) +
    metrics.laneGap
  )
}

/** Height of all lanes below each other, and of the tallest, with so many rows of members at most. */
export function lanesHeight({ row, lanes, ...sums }: LanesMeasure, most: LaneLimits, metrics: Metrics) {
  // The last row of a lane is seldom full.
  const rows = sizeClass(sums.cells) / row.columns + lanes.length * (0.5 - 0.5 / row.columns)
  const shown = Math.min(rows, most.rows === null ? rows : lanes.length * most.rows)
  const pills = visitorRows(sizeClass(sums.visitors), row.columns)
  const visitors = Math.min(pills, most.pills === null ? pills : sizeClass(sums.visited) * most.pills)
  const total =
    sums.headers +
    shown * (metrics.chip + metrics.gap) +
    visitors * (metrics.visitor + metrics.gap) +
    lanes.length * metrics.laneGap
  const tallest = lanes.reduce((height, lane) => Math.max(height, laneHeight(lane, row, most, metrics, coarse)), 0)
  return { total, tallest }
}

/** Height of the tallest of so many columns. */
export const columnsHeight = ({ total, tallest }: { total: number; tallest: number }, columnCount: number): number =>
  Math.max(tallest, total / columnCount + tallest * UNEVEN * (1 - 1 / columnCount))

/** Columns are uneven by about this share of the tallest lane. */
const UNEVEN = 0.35

/** So much higher than even, at most, a column may be; and a move has to gain at least this. */
const LOPSIDED = 1.15
const GAIN = 0.97

/**
 * The lanes of each column, from the top down. They are dealt out in turn in this order, so that no count decides; only where
 * that leaves the columns too uneven, lanes go from the foot of the highest to the foot of the lowest. So a change that asks
 * for another such move takes only lanes along that have little or nothing below them. The first `pinned` stay on top.
 */
export function dealLanes(
  { row, lanes }: LanesMeasure,
  { order, pinned }: Dealing,
  columnCount: number,
  most: LaneLimits,
  metrics: Metrics,
): number[][] {
  const heights = lanes.map(lane => laneHeight(lane, row, most, metrics, exact))
  const columns = Array.from({ length: columnCount }, () => ({ lanes: new Array<number>(), height: 0 }))
  const put = (lane: number, column: { lanes: number[]; height: number } | undefined) => {
    column?.lanes.push(lane)
    if (column) column.height += heights[lane] ?? 0
  }
  const fixed = new Set(order.slice(0, pinned))
  order.forEach((lane, place) => put(lane, columns[place % columnCount]))
  const even = Math.max(heights.reduce((sum, height) => sum + height, 0) / columnCount, ...heights)
  for (let moves = 0; moves < lanes.length; moves += 1) {
    const tall = columns.reduce((a, b) => (b.height > a.height ? b : a))
    const short = columns.reduce((a, b) => (b.height < a.height ? b : a))
    if (tall.height <= even * LOPSIDED) break
    const place = tall.lanes.findLastIndex(
      lane => !fixed.has(lane) && short.height + (heights[lane] ?? 0) < tall.height * GAIN,
    )
    const [lane] = place < 0 ? [] : tall.lanes.splice(place, 1)
    if (lane === undefined) break
    tall.height -= heights[lane] ?? 0
    put(lane, short)
  }
  return columns.map(column => column.lanes)
}
