/** Lanes: the box of a network, its header, its members in a grid, its visitors below (visitors.ts). */
import { addFold, keepWorst } from './fold'
import { addItem, itemSpan } from './items'
import { addNode, type Draft } from './draft'
import { headerHeight, headerTexts } from './lane-header'
import type { Metrics } from './metrics'
import { packGrid } from './pack'
import type { Item, Lane } from './plan'
import type { SceneNode } from './types'
import { addVisitors } from './visitors'
import { networkBadges, networkMeta } from './words'

/** What all lanes of a picture have in common. */
export interface LaneGrid {
  width: number
  cell: number
  columns: number
  /** Rows of members before the rest folds; null = all. */
  rows: number | null
  /** Rows of visitors before the rest folds; null = all. */
  pills: number | null
}

export type Fold = 'folded' | 'unfolded' | 'auto'

export const laneWidth = (cell: number, columns: number, { pad, gap }: Metrics): number =>
  2 * pad + columns * cell + (columns - 1) * gap

/** Draws a lane. @returns its node. */
export function addLane(
  draft: Draft,
  lane: Lane,
  at: { x: number; y: number; parent: string | null },
  grid: LaneGrid,
  fold: Fold,
): SceneNode {
  const { metrics } = draft
  const { network } = lane
  const inner = grid.width - 2 * metrics.pad
  const cap = fold === 'folded' ? 1 : fold === 'unfolded' ? null : grid.rows
  const span = (item: Item) => itemSpan(item, grid.cell, grid.columns, metrics)
  let packed = packGrid(lane.items.map(span), grid.columns)
  let shown = lane.items
  let hidden: Item[] = []
  if ((fold === 'folded' && lane.items.length > 0) || (cap !== null && packed.rows > cap)) {
    const room = fold === 'folded' ? 0 : (cap ?? 1) * grid.columns - 1
    const kept = keepWorst(draft, lane.items, room, item =>
      span(item).rows > (cap ?? 1) ? Number.MAX_VALUE : span(item).columns * span(item).rows,
    )
    shown = lane.items.filter(item => kept.has(item))
    hidden = lane.items.filter(item => !kept.has(item))
    packed = packGrid([...shown.map(span), { columns: 1, rows: 1 }], grid.columns)
  }

  const node = addNode(
    draft,
    { x: at.x, y: at.y, width: grid.width, height: 0 },
    {
      id: network.id,
      kind: 'network',
      label: network.name,
      sublabel: networkMeta(network).join(' · ') || null,
      badges: networkBadges(network, metrics.words),
      parent: at.parent,
      variant: lane.driver,
      mark: draft.marks.of('network', network.id),
      ref: { kind: 'network', name: network.name },
      texts: headerTexts(lane, inner, metrics).map(text => ({
        ...text,
        x: text.x + at.x + metrics.pad,
        y: text.y + at.y + metrics.pad - 2,
      })),
    },
  )
  if (node.mark !== null)
    node.icons.push({ name: node.mark, x: at.x + grid.width - metrics.pad - 16, y: at.y + metrics.pad, size: 18 })

  let y = at.y + metrics.pad + headerHeight(lane, inner, metrics)
  const left = at.x + metrics.pad
  if (packed.rows > 0) {
    y += metrics.gap
    packed.slots.forEach((slot, index) => {
      const rect = {
        x: left + slot.column * (grid.cell + metrics.gap),
        y: y + slot.row * (metrics.chip + metrics.gap),
        width: slot.columns * grid.cell + (slot.columns - 1) * metrics.gap,
        height: slot.rows * metrics.chip + (slot.rows - 1) * metrics.gap,
      }
      const item = shown[index]
      if (item !== undefined)
        addItem(draft, rect, item, {
          parent: network.id,
          columns: slot.columns,
          networkName: network.name,
          pills: [],
          variant: '',
        })
      else
        addFold(draft, rect, hidden, {
          id: `${network.id}:fold`,
          parent: network.id,
          variant: lane.driver,
          ref: { kind: 'network', name: network.name },
          isRest: shown.length > 0,
        })
    })
    y += packed.rows * (metrics.chip + metrics.gap) - metrics.gap
  }
  const pills = fold === 'folded' ? 0 : fold === 'unfolded' ? null : grid.pills
  y += addVisitors(draft, lane, { x: left, y, width: inner }, pills)
  node.height = y + metrics.pad - at.y
  return node
}
