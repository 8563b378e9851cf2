/** The picture as a document of its own: text as text, no script, nothing from elsewhere. */
import { SURFACES, type Theme } from '../appearance'
import { toElements } from '../elements'
import { describeNode, indexScene } from '../find'
import type { LegendSection } from '../legend'
import { type Overlay, overlayElements } from '../overlay'
import { signSvg } from '../signs'
import { looksBy } from '../looks'
import { stylesheet } from '../style'
import { FONT_FAMILY, visibleText } from '../text'
import type { Point, Scene, SceneEdge } from '../types'
import { drawKey } from './key'
import { element, escaped, textElement } from './markup'
import { drawEdge, drawNode, Gradients, number, type Styled, symbolOf } from './shapes'

interface Manner {
  theme: Theme
  /** Signs and a way over the picture. */
  overlay?: Overlay | null
  /** Ids of what is not dimmed; null = nothing is. */
  lit?: ReadonlySet<string> | null
  /** Nobody can point at anything in it, so nothing says what it is. */
  mute?: boolean
}

export interface Caption extends Manner {
  /** Whose picture this is. */
  title: string
  /** Time, what is filtered, what is wrong with it; one entry a line. */
  notes: readonly string[]
}

const MARGIN = 28

const OVER: ReadonlySet<unknown> = new Set(['sign', 'step', 'corner', 'way'])

/** Everything that is drawn, lowest first, each with its look. */
function styled(scene: Scene, { theme, overlay = null, lit = null }: Manner): (Styled & { isLine: boolean })[] {
  const shown = overlay?.lit ?? lit
  const lookOf = looksBy(stylesheet(theme))
  const elements = [...toElements(scene), ...overlayElements(scene, overlay, 1)]
  return elements
    .map(each => {
      const { data, group, position } = each
      const classes = new Set<string>()
      if (!OVER.has(data['kind'])) {
        const owner = String(data['owner'] ?? data.id)
        if (shown !== null && !shown.has(owner)) classes.add('dim')
        else if (shown !== null && overlay !== null) classes.add('lit')
        const verdict = data['kind'] === 'text' ? undefined : overlay?.verdicts.get(owner)
        if (verdict !== undefined) classes.add(`verdict-${verdict}`)
      }
      return { data, at: position ?? { x: 0, y: 0 }, look: lookOf(each, classes), isLine: group === 'edges' }
    })
    .toSorted((a, b) => Number(a.data['z']) - Number(b.data['z']))
}

const pointsOf = ({ from, bends, to }: SceneEdge): Point[] => [from, ...bends, to]

function drawAll(scene: Scene, look: Manner, gradients: Gradients, used: Set<string>): string {
  const { byId } = indexScene(scene)
  const lines = new Map(scene.edges.map(edge => [edge.id, edge]))
  const { mute = false } = look
  const all = styled(scene, look)
  const places = new Map(all.map(({ data, at }) => [data.id, at]))
  return all
    .map(each => {
      const { data, isLine } = each
      const opacity = number(each, 'opacity')
      const dimmed = opacity === 1 ? null : opacity
      if (isLine) {
        const line = lines.get(data.id)
        const ends = [data['source'], data['target']].flatMap(id => places.get(String(id)) ?? [])
        const drawn = drawEdge(each, line === undefined ? ends : pointsOf(line))
        return drawn === '' || dimmed === null ? drawn : element('g', { opacity: dimmed }, drawn)
      }
      const node = byId.get(data.id)
      for (const name of [...(node?.icons.map(icon => icon.name) ?? []), String(data['sign'] ?? '')]) used.add(name)
      const drawn = drawNode(each, gradients)
      if (drawn === '') return ''
      // Names are shortened to fit; the whole of them, and what a fold holds, is said here.
      const hidden = node?.kind === 'fold' ? node.also : []
      const said = node === undefined || mute ? '' : [describeNode(scene, node), ...hidden].map(visibleText).join(', ')
      if (said === '' && dimmed === null) return drawn
      return element('g', { opacity: dimmed }, `${said === '' ? '' : `<title>${escaped(said)}</title>`}${drawn}`)
    })
    .join('\n')
}

const symbols = (used: ReadonlySet<string>, theme: Theme): string =>
  [...used]
    .filter(name => name !== '')
    .map(name => {
      const svg = signSvg(name, theme)
      const inside = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'))
      return element('symbol', { id: symbolOf(name), viewBox: '0 0 16 16' }, inside)
    })
    .join('')

/** The picture's elements and what they refer to. */
function drawn(scene: Scene, look: Manner): { picture: string; definitions: string } {
  const gradients = new Gradients()
  const used = new Set<string>()
  const picture = drawAll(scene, look, gradients, used)
  return { picture, definitions: `<defs>${gradients.definitions()}${symbols(used, look.theme)}</defs>` }
}

const opening = (width: number, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${escaped(FONT_FAMILY)}" xml:space="preserve">`

/** The scene and nothing else, as large as it is: what stands for the live map until that is there. */
export function toPlainSvg(scene: Scene, theme: Theme): string {
  const { picture, definitions } = drawn(scene, { theme, mute: true })
  const said = `<title>${escaped(visibleText(scene.summary))}</title>`
  return [opening(scene.width, scene.height), said, definitions, picture, '</svg>\n'].join('\n')
}

/** A stand-alone SVG document of the scene with its caption and legend. Equal input gives equal text. */
export function toSvg(scene: Scene, legend: readonly LegendSection[], caption: Caption): string {
  const { theme, title, notes } = caption
  const { canvas, ink, muted } = SURFACES[theme]
  const scale = Math.max(1, scene.width / 1700)
  const width = Math.max(scene.width, 640)
  const head = (MARGIN + 30 + notes.length * 20) * scale
  const { picture, definitions } = drawn(scene, caption)
  const x = MARGIN * scale
  const below = head + scene.height + 12 * scale
  const key = drawKey(legend, { x, y: below, width: width - 2 * x, scale }, theme)
  const height = below + key.height + MARGIN * scale
  const words = [
    textElement(visibleText(title), { x, y: MARGIN * scale, size: 20 * scale, weight: 700, fill: ink }),
    ...notes.map((note, at) =>
      textElement(visibleText(note), { x, y: (MARGIN + 28 + at * 20) * scale, size: 13 * scale, fill: muted }),
    ),
  ]
  const [w, h] = [Math.ceil(width), Math.ceil(height)]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    opening(w, h),
    `<title>${escaped(visibleText(title))}</title><desc>${escaped(visibleText(scene.summary))}</desc>`,
    definitions,
    element('rect', { width: w, height: h, fill: canvas }),
    ...words,
    `<g transform="translate(0 ${Math.round(head)})">`,
    picture,
    '</g>',
    key.markup,
    '</svg>\n',
  ].join('\n')
}
