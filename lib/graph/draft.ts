/** A picture being drawn: the nodes so far, and how to add one. */
import type { Ref } from '@/lib/topology/ref'
import type { Marks } from './marks'
import type { Metrics } from './metrics'
import { fitText, textWidth, visibleText } from './text'
import type { BadgeTone, Driver, SceneEdge, SceneNode, SceneText } from './types'

export interface Draft {
  hostId: string
  metrics: Metrics
  marks: Marks
  /** What is only declared, by id, and what selecting it opens; null where no single file makes it. */
  declared: ReadonlyMap<string, Ref | null>
  nodes: SceneNode[]
  /** What stands in the boxes of containers with engines of their own, already routed. */
  inside: { nodes: SceneNode[]; edges: SceneEdge[] }
}

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

type Given = Pick<SceneNode, 'id' | 'kind' | 'label'> & Partial<SceneNode>

/** Adds a node; what is not given is empty. */
export function addNode(draft: Draft, rect: Rect, given: Given): SceneNode {
  const node: SceneNode = {
    parent: null,
    sublabel: null,
    badges: [],
    variant: '',
    live: true,
    mark: null,
    hostId: draft.hostId,
    ref: null,
    texts: [],
    icons: [],
    also: [],
    declared: false,
    ...given,
    ...rect,
  }
  const file = draft.declared.get(node.stands ?? node.id)
  if (file !== undefined) {
    node.declared = true
    node.live = false
    node.ref = file
    node.also = node.also.filter(ref => !ref.startsWith('namespace:'))
  }
  draft.nodes.push(node)
  return node
}

/** Height of a line of text of this size. */
export const lineHeight = (size: number): number => Math.ceil(size * 1.3)

interface TextGiven {
  role: SceneText['role']
  size: number
  bold?: boolean
  align?: SceneText['align']
  tone?: BadgeTone | Driver
}

/** A line of text in a box: shortened to the box's width, vertically in its middle. */
export function textIn(
  raw: string,
  rect: Rect,
  { role, size, bold = false, align = 'left', tone = 'plain' }: TextGiven,
): SceneText {
  return { role, text: fitText(visibleText(raw), size, rect.width, bold), ...rect, size, bold, align, tone }
}

export const BADGE = { size: 10.5, height: 17, pad: 7, gap: 6 }

export const badgeWidth = (text: string): number => Math.ceil(textWidth(visibleText(text), BADGE.size) + 2 * BADGE.pad)

/**
 * Words in pills, from left to right, in as many rows as they need.
 * @returns the pills, and the height they take.
 */
export function flowBadges(
  words: readonly { text: string; tone: BadgeTone | Driver }[],
  area: { x: number; y: number; width: number; from?: number },
): { texts: SceneText[]; height: number } {
  const texts: SceneText[] = []
  let x = area.x + (area.from ?? 0)
  let y = area.y
  for (const { text, tone } of words) {
    const width = Math.min(badgeWidth(text), area.width)
    if (x > area.x && x + width > area.x + area.width) {
      x = area.x
      y += BADGE.height + 4
    }
    const label = fitText(visibleText(text), BADGE.size, width - 2 * BADGE.pad + 0.01)
    texts.push({
      role: 'badge',
      text: label,
      x,
      y,
      width,
      height: BADGE.height,
      size: BADGE.size,
      bold: false,
      align: 'center',
      tone,
    })
    x += width + BADGE.gap
  }
  return { texts, height: words.length === 0 ? 0 : y + BADGE.height - area.y }
}
