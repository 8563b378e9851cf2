/** Those on several networks: whether their lines are drawn at rest, and the order in which they stand. */
import type { Metrics } from './metrics'
import type { HostPlan, Item } from './plan'

/** Beyond so many pivots, or lines of theirs, words replace the lines; earlier where the picture is dense. */
const AT_REST: Record<Metrics['lines'], { pivots: number; lines: number }> = {
  3: { pivots: 3, lines: 10 },
  2: { pivots: 3, lines: 10 },
  1: { pivots: 2, lines: 6 },
}

export function hasMemberLines({ groups, lanes }: HostPlan, metrics: Metrics): boolean {
  const most = AT_REST[metrics.lines]
  const pivots = groups.find(group => group.key === 'pivots')?.items.length ?? 0
  return pivots <= most.pivots && lanes.reduce((sum, lane) => sum + lane.visitors.length, 0) <= most.lines
}

/**
 * While their lines are drawn, pivots stand in the order of their lanes, from the top down, so that fewer lines cross; else by
 * name, as they are given. Rows count, not heights: a lane that grows changes no order.
 */
export function orderPivots(
  plan: HostPlan,
  pivots: readonly Item[],
  columns: readonly (readonly number[])[],
  metrics: Metrics,
): Item[] {
  if (!hasMemberLines(plan, metrics)) return [...pivots]
  const rows = new Map<Item, number[]>(pivots.map(item => [item, []]))
  for (const column of columns)
    column.forEach((lane, row) => {
      for (const visitor of plan.lanes[lane]?.visitors ?? []) rows.get(visitor)?.push(row)
    })
  const mean = (item: Item) => {
    const own = rows.get(item) ?? []
    return own.reduce((sum, row) => sum + row, 0) / Math.max(1, own.length)
  }
  return [...pivots].sort((a, b) => mean(a) - mean(b))
}
