/** Folding: who stays in sight, and the chip that stands for the rest. */
import { formatRef, type Ref } from '@/lib/topology/ref'
import { addNode, type Draft, lineHeight, type Rect, textIn } from './draft'
import { worstMark } from './items'
import { weightOf } from './marks'
import type { Item } from './plan'
import { isRunning } from './words'

/** Those that stay when others fold: the worst, then the unwell, then by name. */
export function keepWorst(draft: Draft, items: readonly Item[], room: number, span: (item: Item) => number): Set<Item> {
  const unwell = (item: Item) => Number(item.members.some(member => member.health === 'unhealthy'))
  const ranked = items
    .map((item, index) => ({ item, index, weight: weightOf(worstMark(draft, [item])) }))
    .sort((a, b) => b.weight - a.weight || unwell(b.item) - unwell(a.item) || a.index - b.index)
  const kept = new Set<Item>()
  let left = room
  for (const { item } of ranked) {
    const cells = span(item)
    if (cells > left) continue
    left -= cells
    kept.add(item)
  }
  return kept
}

/** References that what stands for the hidden stands for. */
export const hiddenRefs = ({ declared }: Draft, hidden: readonly Item[]): string[] =>
  hidden.flatMap(item => [
    ...item.members.map(member => formatRef({ kind: 'container', name: member.name })),
    ...item.members.flatMap(member => {
      const file = declared.get(member.id)
      return file == null ? [] : [formatRef(file)]
    }),
    ...(item.shape === 'chip' ? [] : [formatRef({ kind: 'namespace', name: item.name })]),
    ...(item.podName === null ? [] : [formatRef({ kind: 'pod', name: item.podName })]),
  ])

const declaredIn = ({ declared }: Draft, hidden: readonly Item[]): number =>
  hidden.reduce((sum, { members }) => sum + members.filter(({ id }) => declared.has(id)).length, 0)

/** How many of the hidden do not run, or are only declared; null when all run. */
export function hiddenState(draft: Draft, hidden: readonly Item[]): string | null {
  const { words } = draft.metrics
  const declared = declaredIn(draft, hidden)
  const quiet = hidden.flatMap(item => item.members).filter(member => !isRunning(member)).length - declared
  return (
    [...(quiet === 0 ? [] : [words.notRunning(quiet)]), ...(declared === 0 ? [] : [words.onlyDeclared(declared)])].join(
      ' · ',
    ) || null
  )
}

interface FoldGiven {
  id: string
  parent: string | null
  variant: string
  ref: Ref
  /** Whether others of the same place are in sight. */
  isRest: boolean
}

/** Draws what stands for the hidden: how many, and the worst mark among them. */
export function addFold(
  draft: Draft,
  rect: Rect,
  hidden: readonly Item[],
  { id, parent, variant, ref, isRest }: FoldGiven,
): void {
  const { metrics } = draft
  const count = hidden.reduce((sum, { members }) => sum + members.length, 0)
  const mark = worstMark(draft, hidden)
  const text = isRest ? metrics.words.more(count) : metrics.words.containers(count - declaredIn(draft, hidden))
  const icons =
    mark === null
      ? []
      : [{ name: mark, x: rect.x + rect.width - 10 - 13, y: rect.y + (rect.height - 16) / 2, size: 16 }]
  const sub = hiddenState(draft, hidden)
  const line = lineHeight(metrics.title)
  const subLine = lineHeight(metrics.sub)
  const two = sub !== null && rect.height >= line + subLine + 4
  const top = rect.y + (rect.height - line - (two ? subLine : 0)) / 2
  const width = rect.width - 20 - 18
  addNode(draft, rect, {
    id,
    kind: 'fold',
    label: text,
    sublabel: sub,
    parent,
    mark,
    variant,
    ref,
    texts: [
      textIn(text, { x: rect.x + 12, y: top, width, height: line }, { role: 'title', size: metrics.title }),
      ...(two
        ? [textIn(sub, { x: rect.x + 12, y: top + line, width, height: subLine }, { role: 'sub', size: metrics.sub })]
        : []),
    ],
    icons,
    also: hiddenRefs(draft, hidden),
  })
}
