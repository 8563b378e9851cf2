/** Namespaces with several containers, and pods: a box with their chips. Address and ports are the namespace's, so the box says them. */
import { addChip, chipNeed, MARK, type Pill, pillsHeight } from './chips'
import { addNode, type Draft, flowBadges, lineHeight, type Rect, textIn } from './draft'
import type { Metrics } from './metrics'
import type { Item } from './plan'
import { textWidth, visibleText } from './text'
import type { SceneIcon, SceneText } from './types'
import { boxWord, isAlive, isRunning, shortImage, whereabouts } from './words'

export interface ItemGiven {
  parent: string | null
  /** Cells that it has beside each other. */
  columns: number
  /** The lane it stands in; null where it stands in none. */
  networkName: string | null
  /** Networks of a pivot. */
  pills: readonly Pill[]
  variant: string
}

const BOX = { pad: 8, gap: 5, bottom: 9, left: 10, sign: 14 }
/** More members than this stand in two columns where there is room. */
const MANY = 6

/** Columns of members in a box of so many cells. */
function innerColumns(item: Item, cell: number, columns: number, metrics: Metrics): number {
  return columns > 1 && item.members.length > MANY && chipNeed(item, metrics) <= cell - 2 * BOX.pad ? 2 : 1
}

/** Height of so many rows of members, and what is below them. */
const membersHeight = (rows: number, chip: number): number =>
  rows === 0 ? 0 : rows * chip + (rows - 1) * BOX.gap + BOX.bottom

/** Cells that a box takes in a grid of such cells. */
export function boxSpan(
  item: Item,
  cell: number,
  columns: number,
  metrics: Metrics,
): { columns: number; rows: number } {
  const tight = chipNeed(item, metrics) > cell - 2 * BOX.pad
  const span = columns > 1 && (item.members.length > MANY || tight) ? 2 : 1
  const rows = Math.ceil(item.members.length / innerColumns(item, cell, span, metrics))
  const needed = metrics.boxHeader + membersHeight(rows, metrics.innerChip)
  return { columns: span, rows: Math.ceil((needed + metrics.gap) / (metrics.chip + metrics.gap)) }
}

export function addBox(draft: Draft, rect: Rect, item: Item, given: ItemGiven): void {
  const { metrics } = draft
  const namespace = item.namespace
  if (namespace === null) return
  const pills = flowBadges(given.pills, { x: rect.x + 10, y: 0, width: rect.width - 20 })
  const pillRoom = pillsHeight(given.pills, rect.width)
  const cell = (rect.width - (given.columns - 1) * metrics.gap) / given.columns
  const columns = innerColumns(item, cell, given.columns, metrics)
  const innerRows = Math.ceil(item.members.length / columns)
  const free = rect.height - metrics.boxHeader - pillRoom - BOX.bottom - (innerRows - 1) * BOX.gap
  const inner = innerRows === 0 ? 0 : Math.min(metrics.chip, Math.floor(free / innerRows))
  const header = rect.height - membersHeight(innerRows, inner) - pillRoom
  const isEmpty = item.members.length === 0
  const at = whereabouts(item, given.networkName, metrics.words)
  const where = isEmpty ? metrics.words.infraOnly : at
  const titleLine = lineHeight(metrics.title)
  const subLine = lineHeight(metrics.sub)
  const twoLines = where !== null && header >= titleLine + subLine + 6
  const mark = draft.marks.of('namespace', namespace.id)
  const left = rect.x + 10 + 14 + 6
  const titleEnd = rect.x + rect.width - 10 - MARK - 2
  const titleTop = rect.y + (twoLines ? (header - titleLine - subLine) / 2 + 2 : (header - titleLine) / 2 + 1)
  const room = titleEnd - left
  const name = Math.min(room, Math.ceil(textWidth(visibleText(item.name), metrics.title, true)) + 0.5)
  const besideName = where !== null && !twoLines && room - name - 10 >= textWidth(where, metrics.sub)
  const texts: SceneText[] = [
    textIn(
      item.name,
      { x: left, y: titleTop, width: besideName ? name : room, height: titleLine },
      { role: 'title', size: metrics.title, bold: true },
    ),
  ]
  if (twoLines || besideName) {
    const spot = twoLines
      ? { x: left, y: titleTop + titleLine, width: room, height: subLine }
      : { x: left + name + 10, y: titleTop, width: room - name - 10, height: titleLine }
    texts.push(textIn(where, spot, { role: 'sub', size: metrics.sub }))
  }
  for (const pill of pills.texts) texts.push({ ...pill, y: rect.y + header + pill.y })
  const icons: SceneIcon[] = [
    { name: item.podName === null ? 'shared' : 'pod', x: rect.x + 10, y: titleTop + (titleLine - 14) / 2, size: 14 },
  ]
  if (mark !== null) icons.push({ name: mark, x: titleEnd + 5, y: titleTop + (titleLine - MARK) / 2, size: MARK })
  addNode(draft, rect, {
    id: namespace.id,
    kind: 'namespace',
    label: item.name,
    sublabel: [boxWord(item, metrics.words), isEmpty ? where : null, at].filter(Boolean).join(' · '),
    badges: given.pills.map(({ text }) => ({ text, tone: 'plain' })),
    parent: given.parent,
    variant: given.variant === '' ? (item.podName === null ? 'shared' : 'pod') : given.variant,
    live: isAlive(namespace, item.members),
    mark,
    ref: item.podName === null ? { kind: 'namespace', name: item.name } : { kind: 'pod', name: item.podName },
    texts,
    icons,
    also: item.podName === null ? [] : [`namespace:${item.name}`],
  })
  const width = (rect.width - 2 * BOX.pad - (columns - 1) * BOX.gap) / columns
  item.members.forEach((member, index) => {
    addChip(
      draft,
      {
        x: rect.x + BOX.pad + (index % columns) * (width + BOX.gap),
        y: rect.y + header + pillRoom + Math.floor(index / columns) * (inner + BOX.gap),
        width,
        height: inner,
      },
      member,
      {
        parent: namespace.id,
        lines: [
          draft.declared.has(member.id)
            ? metrics.words.declared
            : isRunning(member)
              ? shortImage(member.image)
              : member.state,
        ],
        variant: 'member',
        namespaceId: null,
      },
    )
  })
}
