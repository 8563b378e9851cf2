/** Right of the lanes: namespaces on several networks, then own uplinks, none, namespaces by path. */
import { type Pill, pillsHeight } from './chips'
import { addFold, keepWorst } from './fold'
import { addItem, itemSpan } from './items'
import type { Draft } from './draft'
import { addHeading } from './heading'
import { addNest, nestSize } from './nest'
import { EDGE, type Metrics, sizeClass } from './metrics'
import { driverOf, type Group, type HostPlan, networksOf } from './plan'
import type { Item } from './plan'
import type { Driver } from './types'

export interface AsideGrid {
  cell: number
  columns: number
  /** Members of a group before the rest folds; null = all. */
  limit: number | null
}

export const asideWidth = ({ cell, columns }: Pick<AsideGrid, 'cell' | 'columns'>, { gap }: Metrics): number =>
  columns * cell + (columns - 1) * gap

const nestSizes = ({ items }: Group, metrics: Metrics) =>
  items.flatMap(({ nest }) => (nest === null ? [] : nestSize(nest, metrics)))

/** Width of all that stands right of the lanes. */
export const groupsWidth = ({ groups }: HostPlan, grid: AsideGrid, metrics: Metrics): number =>
  groups
    .flatMap(group => nestSizes(group, metrics))
    .reduce((most, { width }) => Math.max(most, width), asideWidth(grid, metrics))

const HEADING = EDGE.headings

/** Networks of a pivot, as pills in the colours of their lanes. */
function pillsOf(item: Item, networks: ReadonlyMap<string, Driver>): Pill[] {
  if (item.namespace === null) return []
  return networksOf(item.namespace, networks).map(name => ({ text: name, tone: networks.get(name) ?? 'other' }))
}

function itemHeight(item: Item, cell: number, metrics: Metrics, pills: readonly { text: string }[]): number {
  const { rows } = itemSpan(item, cell, 1, metrics)
  return rows * metrics.chip + (rows - 1) * metrics.gap + pillsHeight(pills, cell)
}

export function estimateAside(plan: HostPlan, { columns, limit }: AsideGrid, metrics: Metrics): number {
  let height = 0
  for (const group of plan.groups) {
    if (group.key === 'engines') {
      for (const size of nestSizes(group, metrics)) height += size.height + metrics.gap
      height += HEADING + 16
      continue
    }
    const count = sizeClass(group.items.reduce((sum, item) => sum + Math.max(1, item.members.length), 0))
    const rows = Math.ceil(Math.min(count, limit ?? count) / columns)
    height += HEADING + rows * (metrics.chip + metrics.gap + (group.key === 'pivots' ? 26 : 0)) + 16
  }
  return height
}

/** Draws the groups below each other. @returns where they end. */
export function addAside(draft: Draft, plan: HostPlan, at: { x: number; y: number }, grid: AsideGrid): number {
  const { metrics } = draft
  let y = at.y
  for (const group of plan.groups) {
    y = addGroup(draft, plan, group, { x: at.x, y }, grid) + 18
  }
  return plan.groups.length === 0 ? at.y : y - 18 - metrics.gap
}

function addGroup(draft: Draft, plan: HostPlan, group: Group, at: { x: number; y: number }, grid: AsideGrid): number {
  const { metrics } = draft
  addHeading(
    draft,
    { x: at.x, y: at.y, width: group.key === 'engines' ? groupsWidth(plan, grid, metrics) : asideWidth(grid, metrics) },
    {
      id: `${plan.host.id}:heading:${group.key}`,
      text: metrics.words.groups[group.key],
      parent: null,
    },
  )
  if (group.key === 'engines') {
    let top = at.y + HEADING
    for (const item of group.items) {
      const [container] = item.members
      if (container !== undefined && item.nest !== null)
        top += addNest(draft, item, container, item.nest, { x: at.x, y: top }) + metrics.gap
    }
    return top
  }
  const networks = new Map(plan.host.networks.map(network => [network.name, driverOf(network)]))
  const { limit } = grid
  const kept = limit === null || group.items.length <= limit ? null : keepWorst(draft, group.items, limit - 1, () => 1)
  const shown = kept === null ? group.items : group.items.filter(item => kept.has(item))
  const hidden = kept === null ? [] : group.items.filter(item => !kept.has(item))
  const folds = hidden.length === 0 ? 0 : 1
  let y = at.y + HEADING
  for (let start = 0; start < shown.length + folds; start += grid.columns) {
    let rowHeight = 0
    shown.slice(start, start + grid.columns).forEach((item, index) => {
      const pills = group.key === 'pivots' ? pillsOf(item, networks) : []
      const height = itemHeight(item, grid.cell, metrics, pills)
      rowHeight = Math.max(rowHeight, height)
      const rect = { x: at.x + index * (grid.cell + metrics.gap), y, width: grid.cell, height }
      addItem(draft, rect, item, {
        parent: null,
        columns: 1,
        networkName: null,
        pills,
        variant: group.key === 'pivots' ? 'pivot' : group.key,
      })
    })
    const place = shown.length - start
    if (folds === 1 && place < grid.columns) {
      const rect = { x: at.x + place * (grid.cell + metrics.gap), y, width: grid.cell, height: metrics.chip }
      rowHeight = Math.max(rowHeight, metrics.chip)
      addFold(draft, rect, hidden, {
        id: `${plan.host.id}:fold:${group.key}`,
        parent: null,
        variant: 'group',
        ref: { kind: 'host' },
        isRest: shown.length > 0,
      })
    }
    y += rowHeight + metrics.gap
  }
  return y
}
