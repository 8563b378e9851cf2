/** What stands in lanes and groups: a chip or a box per namespace. */
import { addBox, boxSpan, type ItemGiven } from './boxes'
import { addChip, chipNeed } from './chips'
import type { Draft, Rect } from './draft'
import { type Mark, weightOf } from './marks'
import type { Metrics } from './metrics'
import type { Item } from './plan'
import { shortImage, whereabouts } from './words'

/** Whether a chip's name asks for two cells of such a grid. */
export const isWide = (item: Item, cell: number, columns: number, metrics: Metrics): boolean =>
  columns > 1 && chipNeed(item, metrics) > cell

/** Cells that an item takes in a grid of such cells. */
export function itemSpan(
  item: Item,
  cell: number,
  columns: number,
  metrics: Metrics,
): { columns: number; rows: number } {
  if (item.shape === 'box') return boxSpan(item, cell, columns, metrics)
  return { columns: isWide(item, cell, columns, metrics) ? 2 : 1, rows: 1 }
}

/** Draws an item of a grid: its lines say where it is. */
export function addItem(draft: Draft, rect: Rect, item: Item, given: ItemGiven): void {
  const container = item.members[0]
  if (item.shape === 'box') addBox(draft, rect, item, given)
  else if (container !== undefined) {
    const image = container.image === '' ? null : shortImage(container.image)
    const where = whereabouts(item, given.networkName, draft.metrics.words)
    addChip(draft, rect, container, {
      parent: given.parent,
      lines: [where, where === image ? null : image],
      variant: given.variant,
      pills: given.pills,
      namespaceId: item.namespace?.kind === 'host' ? null : (item.namespace?.id ?? null),
    })
  }
}

/** Worst mark among these items, their containers and namespaces. */
export function worstMark({ marks }: Draft, items: readonly Item[]): Mark {
  let worst: Mark = null
  const take = (mark: Mark) => {
    if (weightOf(mark) > weightOf(worst)) worst = mark
  }
  for (const { namespace, members } of items) {
    if (namespace !== null) take(marks.of('namespace', namespace.id))
    for (const member of members) take(marks.of('container', member.id))
  }
  return worst
}
