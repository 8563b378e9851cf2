/** Containers as chips: state, name, flags, mark, and what is known below. */
import type { Container } from '@/lib/topology/types'
import { addNode, type Draft, flowBadges, lineHeight, type Rect, textIn } from './draft'
import { worstOf } from './marks'
import type { Metrics } from './metrics'
import type { Item } from './plan'
import type { Driver, SceneIcon, SceneText } from './types'
import { isRunning } from './words'

/** Size of a finding's mark. */
export const MARK = 16

const CHIP = { padX: 10, state: 10, stateGap: 7, flag: 13, flagGap: 4 }

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

const flagsOf = (container: Container): string[] => [
  ...(container.privileged ? ['privileged'] : container.capabilities.length > 0 ? ['capabilities'] : []),
  ...(container.engine === null ? [] : ['engine']),
]

/** Width at which a chip's name is drawn in full, mark and flags included. */
export function chipNeed(item: Item, metrics: Metrics): number {
  const container = item.members[0]
  const flags = container === undefined ? 0 : flagsOf(container).length * (CHIP.flag + CHIP.flagGap)
  return Math.ceil(2 * CHIP.padX + CHIP.state + CHIP.stateGap + item.nameWidth * metrics.title + 6 + flags + MARK)
}

/** A network of a pivot, named in a pill of its colour. */
export interface Pill {
  text: string
  tone: Driver
}

interface ChipGiven {
  parent: string | null
  /** Lines below the name, as many as there is room for. */
  lines: readonly (string | null)[]
  variant: string
  /** Its namespace, when it is alone in it: then the namespace's findings are its own. */
  namespaceId: string | null
  pills?: readonly Pill[]
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
  const sign = draft.declared.has(container.id) ? 'declared' : stateIcon(container)
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
    { name: sign, x: rect.x + CHIP.padX, y: top + (titleLine - CHIP.state) / 2, size: CHIP.state },
  ]
  // The mark's place is kept free, so that a finding moves nothing.
  if (mark !== null) icons.push({ name: mark, x: right - MARK + 3, y: rect.y + (body - MARK) / 2, size: MARK })
  let end = right - MARK - 2
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
        { x: left, y: top + titleLine + index * subLine, width: right - MARK - 2 - left, height: subLine },
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
