/** Who stands elsewhere and is attached to a lane too: outlined pills below its members, and the pill that counts the rest. */
import { addNode, type Draft, type Rect, textIn } from './draft'
import { hiddenRefs, hiddenState, keepWorst } from './fold'
import { worstMark } from './items'
import type { Metrics } from './metrics'
import type { Item, Lane } from './plan'
import { textWidth, visibleText } from './text'
import { isRunning } from './words'

const PILL = { sign: 11, left: 24, right: 10, gap: 6, mark: 14 }

/** One pill; null stands for those that have none. */
interface Pill {
  item: Item | null
  width: number
}

const pillWidth = (text: string, inner: number, metrics: Metrics): number =>
  Math.min(inner, Math.ceil(textWidth(visibleText(text), metrics.sub)) + PILL.left + PILL.right)

const pillOf = (item: Item, inner: number, metrics: Metrics): Pill => ({
  item,
  width: pillWidth(item.name, inner, metrics),
})

/** The mark's place is kept free, so that a finding moves nothing. */
const foldPill = (text: string, inner: number, metrics: Metrics): Pill => ({
  item: null,
  width: Math.min(inner, pillWidth(text, inner, metrics) + PILL.mark + 4),
})

function rowsOf(pills: readonly Pill[], inner: number): Pill[][] {
  const rows: Pill[][] = []
  let x = Number.POSITIVE_INFINITY
  for (const pill of pills) {
    if (x + pill.width > inner) {
      rows.push([])
      x = 0
    }
    rows.at(-1)?.push(pill)
    x += pill.width + PILL.gap
  }
  return rows
}

/** Rows of pills, at most so many; the worst stay in sight. One row, or none, has room for their count only. */
function laidOut(draft: Draft, { visitors }: Lane, inner: number, most: number | null): Pill[][] {
  const { metrics } = draft
  const all = rowsOf(
    visitors.map(item => pillOf(item, inner, metrics)),
    inner,
  )
  if (most === null || all.length <= most || visitors.length < 2) return all
  // As wide as it is at most, so that its words fit whatever is kept.
  const fold = foldPill(metrics.words.visitors(visitors.length), inner, metrics)
  let rows = [[fold]]
  if (most < 2) return rows
  for (let room = 1; room < visitors.length; room += 1) {
    const kept = keepWorst(draft, visitors, room, () => 1)
    const pills = visitors.filter(item => kept.has(item)).map(item => pillOf(item, inner, metrics))
    const next = rowsOf([...pills, fold], inner)
    if (next.length > most) break
    rows = next
  }
  return rows
}

/**
 * Draws the visitors of a lane from there down.
 * @param most rows of pills before the rest folds; null = all
 * @returns the height they take, the gap above them included
 */
export function addVisitors(
  draft: Draft,
  lane: Lane,
  at: { x: number; y: number; width: number },
  most: number | null,
): number {
  const { metrics } = draft
  const rows = laidOut(draft, lane, at.width, most)
  const shown = new Set(rows.flatMap(row => row.map(({ item }) => item)))
  let { y } = at
  for (const row of rows) {
    y += metrics.gap
    let { x } = at
    for (const { item, width } of row) {
      const rect = { x, y, width, height: metrics.visitor }
      if (item !== null) addVisitor(draft, lane, item, rect)
      else
        addRest(
          draft,
          lane,
          lane.visitors.filter(visitor => !shown.has(visitor)),
          rect,
        )
      x += width + PILL.gap
    }
    y += metrics.visitor
  }
  return y - at.y
}

const titleIn = ({ metrics }: Draft, text: string, { x, y, width, height }: Rect, right: number) =>
  textIn(text, { x: x + PILL.left, y, width: width - PILL.left - right, height }, { role: 'title', size: metrics.sub })

const signIn = ({ x, y, height }: Rect) => ({
  name: 'pivot',
  x: x + 8,
  y: y + (height - PILL.sign) / 2,
  size: PILL.sign,
})

/** The node in the pivot column. */
const standing = ({ shape, members, namespace }: Item): string =>
  (shape === 'chip' ? members[0]?.id : undefined) ?? namespace?.id ?? ''

function addVisitor(draft: Draft, { network, driver }: Lane, visitor: Item, rect: Rect): void {
  const { name, namespace, podName } = visitor
  if (namespace === null) return
  const named = visitor.shape === 'chip' ? 'container' : 'namespace'
  addNode(draft, rect, {
    id: `${network.id}:visitor:${namespace.id}`,
    kind: 'visitor',
    stands: standing(visitor),
    label: name,
    sublabel: draft.metrics.words.visitor,
    parent: network.id,
    live: visitor.members.some(isRunning),
    variant: driver,
    ref: podName === null || named === 'container' ? { kind: named, name } : { kind: 'pod', name: podName },
    texts: [titleIn(draft, name, rect, PILL.right)],
    icons: [signIn(rect)],
  })
}

function addRest(draft: Draft, { network, visitors }: Lane, hidden: readonly Item[], rect: Rect): void {
  const { words } = draft.metrics
  const mark = worstMark(draft, hidden)
  const label = hidden.length < visitors.length ? words.more(hidden.length) : words.visitors(hidden.length)
  const end = rect.x + rect.width - PILL.right
  addNode(draft, rect, {
    id: `${network.id}:fold:visitors`,
    kind: 'fold',
    hides: hidden.map(standing),
    label,
    sublabel: [words.visitor, hiddenState(draft, hidden)].filter(part => part !== null).join(' · '),
    parent: network.id,
    variant: 'visitors',
    mark,
    ref: { kind: 'network', name: network.name },
    texts: [titleIn(draft, label, rect, PILL.right + PILL.mark + 2)],
    icons: [
      signIn(rect),
      ...(mark === null
        ? []
        : [{ name: mark, x: end - PILL.mark + 2, y: rect.y + (rect.height - PILL.mark) / 2, size: PILL.mark }]),
    ],
    also: hiddenRefs(draft, hidden),
  })
}
