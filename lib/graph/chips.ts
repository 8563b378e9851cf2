/** Containers: one alone is a chip, several in one namespace are a box with chips. */
import type { Container } from '@/lib/topology/types'
import { addNode, type Draft, flowBadges, lineHeight, type Rect, textIn } from './draft'
import { worstOf } from './marks'
import type { Metrics } from './metrics'
import type { Item } from './plan'
import { textWidth, visibleText } from './text'
import type { Driver, SceneIcon, SceneText } from './types'
import { boxWord, isAlive, isRunning, shortImage, whereabouts } from './words'

const CHIP = { padX: 10, state: 10, stateGap: 7, mark: 16, flag: 13, flagGap: 4 }

/** Sign of a container's state and health. */
export function stateIcon(container: Container): string {
  switch (container.state) {
    case 'running':
      if (container.health === 'unhealthy') return 'unhealthy'
      if (container.health === 'starting') return 'starting'
      return container.health === 'healthy' ? 'healthy' : 'running'
    case 'paused':
      return 'paused'
    case 'created':
    case 'initialized':
      return 'created'
    case 'exited':
    case 'stopped':
    case 'stopping':
    case 'removing':
      return 'stopped'
    case 'unknown':
      return 'unclear'
  }
}

const flagsOf = (container: Container): string[] =>
  container.privileged ? ['privileged'] : container.capabilities.length > 0 ? ['capabilities'] : []

/** Width at which a chip's name is drawn in full, mark and flags included. */
export function chipNeed(item: Item, metrics: Metrics): number {
  const container = item.members[0]
  const flags = container === undefined ? 0 : flagsOf(container).length * (CHIP.flag + CHIP.flagGap)
  return Math.ceil(2 * CHIP.padX + CHIP.state + CHIP.stateGap + item.nameWidth * metrics.title + 6 + flags + CHIP.mark)
}

interface ChipGiven {
  parent: string | null
  /** Lines below the name, as many as there is room for. */
  lines: readonly (string | null)[]
  variant: string
  /** Its namespace, when it is alone in it: then the namespace's findings are its own. */
  namespaceId: string | null
  pills?: BoxGiven['pills']
}

export function addChip(
  draft: Draft,
  rect: Rect,
  container: Container,
  { parent, lines, variant, namespaceId, pills = [] }: ChipGiven,
): void {
  const { metrics } = draft
  const mark = worstOf([
    draft.marks.of('container', container.id),
    namespaceId === null ? null : draft.marks.of('namespace', namespaceId),
  ])
  const flags = flagsOf(container)
  const below = lines.filter(line => line !== null && line !== '')
  const pillRoom = pillsHeight(pills, rect.width)
  const body = rect.height - pillRoom
  const titleLine = lineHeight(metrics.title)
  const subLine = lineHeight(metrics.sub)
  const fitting = Math.max(0, Math.min(below.length, Math.floor((body - titleLine - 4) / subLine)))
  const top = rect.y + (body - titleLine - fitting * subLine) / 2
  const left = rect.x + CHIP.padX + CHIP.state + CHIP.stateGap
  const right = rect.x + rect.width - CHIP.padX
  const icons: SceneIcon[] = [
    { name: stateIcon(container), x: rect.x + CHIP.padX, y: top + (titleLine - CHIP.state) / 2, size: CHIP.state },
  ]
  // The mark's place is kept free, so that a finding moves nothing.
  if (mark !== null)
    icons.push({ name: mark, x: right - CHIP.mark + 3, y: rect.y + (body - CHIP.mark) / 2, size: CHIP.mark })
  let end = right - CHIP.mark - 2
  for (const flag of flags) {
    icons.push({ name: flag, x: end - CHIP.flag, y: top + (titleLine - CHIP.flag) / 2, size: CHIP.flag })
    end -= CHIP.flag + CHIP.flagGap
  }
  const texts: SceneText[] = [
    textIn(
      container.name,
      { x: left, y: top, width: end - left, height: titleLine },
      { role: 'title', size: metrics.title },
    ),
  ]
  below.slice(0, fitting).forEach((line, index) => {
    texts.push(
      textIn(
        line ?? '',
        { x: left, y: top + titleLine + index * subLine, width: right - CHIP.mark - 2 - left, height: subLine },
        { role: 'sub', size: metrics.sub },
      ),
    )
  })
  texts.push(...flowBadges(pills, { x: rect.x + CHIP.padX, y: rect.y + body - 2, width: rect.width - 20 }).texts)
  addNode(draft, rect, {
    id: container.id,
    kind: 'container',
    label: container.name,
    sublabel: below.join(' · ') || null,
    badges: pills.map(({ text }) => ({ text, tone: 'plain' })),
    parent,
    variant,
    live: isRunning(container),
    mark,
    ref: { kind: 'container', name: container.name },
    texts,
    icons,
  })
}

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
  if (item.shape === 'chip') return { columns: isWide(item, cell, columns, metrics) ? 2 : 1, rows: 1 }
  const wide = columns > 1 && item.members.length > 6 ? 2 : 1
  const inner = Math.max(1, Math.ceil(item.members.length / wide))
  const needed = metrics.boxHeader + inner * metrics.innerChip + (inner - 1) * 5 + 9
  return { columns: wide, rows: Math.ceil((needed + metrics.gap) / (metrics.chip + metrics.gap)) }
}

export interface BoxGiven {
  parent: string | null
  columns: number
  networkName: string | null
  /** Networks of a pivot, named in pills. */
  pills: readonly { text: string; tone: Driver }[]
  variant: string
}

/** Height of the pills' rows in a box or chip of this width, their gap included. */
export function pillsHeight(pills: readonly { text: string }[], width: number): number {
  if (pills.length === 0) return 0
  return (
    flowBadges(
      pills.map(({ text }) => ({ text, tone: 'plain' })),
      { x: 0, y: 0, width: width - 20 },
    ).height + 8
  )
}

export function addBox(draft: Draft, rect: Rect, item: Item, given: BoxGiven): void {
  const { metrics } = draft
  const namespace = item.namespace
  if (namespace === null) return
  const pills = flowBadges(given.pills, { x: rect.x + 10, y: 0, width: rect.width - 20 })
  const pillRoom = pillsHeight(given.pills, rect.width)
  const innerRows = Math.max(1, Math.ceil(item.members.length / given.columns))
  const free = rect.height - metrics.boxHeader - pillRoom - 9 - (innerRows - 1) * 5
  const inner = Math.min(metrics.chip, Math.floor(free / innerRows))
  const header = rect.height - 9 - (innerRows - 1) * 5 - innerRows * inner - pillRoom
  const where = whereabouts(item, given.networkName)
  const titleLine = lineHeight(metrics.title)
  const subLine = lineHeight(metrics.sub)
  const twoLines = where !== null && header >= titleLine + subLine + 6
  const mark = draft.marks.of('namespace', namespace.id)
  const left = rect.x + 10 + 14 + 6
  const titleEnd = rect.x + rect.width - 10 - CHIP.mark - 2
  const titleTop = rect.y + (twoLines ? (header - titleLine - subLine) / 2 + 2 : (header - titleLine) / 2 + 1)
  const texts: SceneText[] = []
  const room = titleEnd - left
  const titleWidth = Math.min(room, textWidth(visibleText(item.name), metrics.title, true))
  texts.push(
    textIn(
      item.name,
      { x: left, y: titleTop, width: room, height: titleLine },
      { role: 'title', size: metrics.title, bold: true },
    ),
  )
  if (twoLines)
    texts.push(
      textIn(
        where,
        { x: left, y: titleTop + titleLine, width: room, height: subLine },
        { role: 'sub', size: metrics.sub },
      ),
    )
  else if (where !== null && room - titleWidth - 10 >= textWidth(where, metrics.sub)) {
    const x = left + titleWidth + 10
    texts.push(
      textIn(where, { x, y: titleTop, width: titleEnd - x, height: titleLine }, { role: 'sub', size: metrics.sub }),
    )
  }
  for (const pill of pills.texts) texts.push({ ...pill, y: rect.y + header + pill.y })
  const icons: SceneIcon[] = [
    { name: item.podName === null ? 'shared' : 'pod', x: rect.x + 10, y: titleTop + (titleLine - 14) / 2, size: 14 },
  ]
  if (mark !== null)
    icons.push({ name: mark, x: titleEnd + 5, y: titleTop + (titleLine - CHIP.mark) / 2, size: CHIP.mark })
  addNode(draft, rect, {
    id: namespace.id,
    kind: 'namespace',
    label: item.name,
    sublabel: [boxWord(item), where].filter(Boolean).join(' · '),
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
  const width = (rect.width - 16 - (given.columns - 1) * 5) / given.columns
  item.members.forEach((member, index) => {
    addChip(
      draft,
      {
        x: rect.x + 8 + (index % given.columns) * (width + 5),
        y: rect.y + header + pillRoom + Math.floor(index / given.columns) * (inner + 5),
        width,
        height: inner,
      },
      member,
      {
        parent: namespace.id,
        lines: [isRunning(member) ? shortImage(member.image) : member.state],
        variant: 'member',
        namespaceId: null,
      },
    )
  })
}

/** Draws an item of a grid: its lines say where it is. */
export function addItem(draft: Draft, rect: Rect, item: Item, given: BoxGiven): void {
  const container = item.members[0]
  if (item.shape === 'box') addBox(draft, rect, item, given)
  else if (container !== undefined) {
    const image = shortImage(container.image)
    const where = whereabouts(item, given.networkName)
    addChip(draft, rect, container, {
      parent: given.parent,
      lines: [where, where === image ? null : image],
      variant: given.variant,
      pills: given.pills,
      namespaceId: item.namespace?.kind === 'host' ? null : (item.namespace?.id ?? null),
    })
  }
}

/** Worst mark among the containers of these items. */
export const worstMark = (draft: Draft, items: readonly Item[]) =>
  worstOf(
    items.flatMap(item => [
      ...(item.namespace === null ? [] : [draft.marks.of('namespace', item.namespace.id)]),
      ...item.members.map(member => draft.marks.of('container', member.id)),
    ]),
  )
