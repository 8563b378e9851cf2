/**
 * What a box says in small letters once somebody comes near: what it had no room for at its usual size, and the names of what
 * is folded. It stands in the free strip at the foot of the box, so nothing moves for it.
 */
import { parseRef } from '@/lib/topology/ref'
import { type GraphElement, textElement } from './elements'
import { fitText, textWidth, visibleText } from './text'
import type { Scene, SceneNode, SceneText } from './types'

/** Heights of the letters: in scene units at most and at least, and in pixels the least that is read. */
export const DETAIL = { largest: 6, smallest: 3, readable: 9 }
/** Room that a line of text takes, in letters' heights. */
const LINE = 1.25
const ASIDE = 10

/** "web", "*:8080/tcp": what a reference names, without its kind. */
const nameOf = (ref: string): string => {
  const kind = parseRef(ref)?.kind
  return kind === undefined ? ref : ref.slice(kind.length + 1)
}

function wordsOf(node: SceneNode): string {
  switch (node.kind) {
    case 'fold':
      return node.also.map(nameOf).join(', ')
    case 'container': {
      const drawn = new Set(node.texts.filter(({ role }) => role === 'sub').map(({ text }) => text))
      return (node.sublabel ?? '')
        .split(' · ')
        .filter(part => !drawn.has(visibleText(part)))
        .join(' · ')
    }
    case 'segment':
    case 'host':
    case 'interface':
    case 'door':
    case 'listener':
    case 'network':
    case 'rootless':
    case 'namespace':
    case 'visitor':
    case 'heading':
      return ''
  }
}

/** As many names as fit, then how the list goes on. */
function fitted(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text
  const parts = text.split(', ')
  let room = width - textWidth('…', size)
  const fitting = parts.findIndex(part => (room -= textWidth(`${part}, `, size)) < 0)
  return fitting > 0 ? `${parts.slice(0, fitting).join(', ')}, …` : fitText(text, size, width)
}

/** Where the letters end, which is above where their line ends; pills have a border. */
const footOf = ({ role, y, height, size }: SceneText): number =>
  role === 'badge' ? y + height : y + height / 2 + 0.55 * size

function detailOf(node: SceneNode): GraphElement[] {
  const words = visibleText(wordsOf(node))
  if (words === '') return []
  const foot = node.texts.reduce((lowest, text) => Math.max(lowest, footOf(text)), node.y)
  const size = Math.min(DETAIL.largest, (node.y + node.height - 1 - foot) / LINE)
  if (size < DETAIL.smallest) return []
  const [title] = node.texts
  const x = title?.x ?? node.x + ASIDE
  const width = node.x + node.width - ASIDE - x
  const height = size * LINE
  const text = fitted(words, size, width)
  const place = { x, y: node.y + node.height - 1 - height, width, height }
  return [textElement(node, { role: 'sub', text, size, bold: false, align: 'left', tone: 'plain', ...place }, 'detail')]
}

/**
 * The details of a scene, as elements of their own: they come and go with the zoom.
 * @param pixels of a scene unit, on a screen where everything is as large as usual
 */
export function detailElements({ nodes }: Scene, pixels: number): GraphElement[] {
  if (pixels * DETAIL.largest < DETAIL.readable) return []
  // An engine's container is a box round what that engine runs: it has no free strip.
  const boxes = new Set(nodes.map(({ parent }) => parent))
  return nodes.filter(({ id }) => !boxes.has(id)).flatMap(detailOf)
}
