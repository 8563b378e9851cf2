/** Elements of the picture as SVG, with the look that the stylesheet gives them. */
import type { ElementData } from '../elements'
import type { Look } from '../looks'
import type { Point } from '../types'
import { element, textElement } from './markup'

/** An element with its look, and where it is when it is a node. */
export interface Styled {
  data: ElementData
  at: Point
  look: Look
}

/** What Cytoscape takes where no rule says anything: https://js.cytoscape.org/#style */
const DEFAULTS: Readonly<Record<string, string | number>> = {
  'background-fill': 'solid',
  'background-opacity': 1,
  'border-style': 'solid',
  'border-dash-pattern': '4 2',
  opacity: 1,
  visibility: 'visible',
  'line-opacity': 1,
  'line-style': 'solid',
  'line-dash-pattern': '6 3',
  'target-arrow-shape': 'none',
  'arrow-scale': 1,
}

const valueOf = ({ look }: Styled, property: string): unknown => look(property) ?? DEFAULTS[property] ?? ''

export function text(of: Styled, property: string): string {
  const value = valueOf(of, property)
  return Array.isArray(value) ? value.join(' ') : String(value)
}

/** Without its unit, which is always pixels. */
export const number = (of: Styled, property: string): number => Number.parseFloat(text(of, property)) || 0

/** Dots of a line of any width. */
const DOTS = '1 1'

function dashes(of: Styled, style: string, pattern: string): string | null {
  const kind = text(of, style)
  return kind === 'dashed' ? text(of, pattern) : kind === 'dotted' ? DOTS : null
}

/** Fills that fade, each once. */
export class Gradients {
  private readonly ids = new Map<string, string>()

  /** The value of `fill`. */
  of(node: Styled): string {
    if (text(node, 'background-fill') !== 'linear-gradient') return text(node, 'background-color')
    const colours = text(node, 'background-gradient-stop-colors').split(' ')
    const places = text(node, 'background-gradient-stop-positions').split(' ')
    const down = text(node, 'background-gradient-direction') === 'to-bottom'
    const stops = colours.map((colour, at) => element('stop', { offset: places[at] ?? '100%', 'stop-color': colour }))
    const key = `${down ? 'x2="0" y2="1"' : 'x2="1" y2="0"'}>${stops.join('')}`
    const id = this.ids.get(key) ?? `fade${this.ids.size}`
    this.ids.set(key, id)
    return `url(#${id})`
  }

  definitions(): string {
    return [...this.ids].map(([key, id]) => `<linearGradient id="${id}" x1="0" y1="0" ${key}</linearGradient>`).join('')
  }
}

function outline(node: Styled, gradients: Gradients): string {
  const { x, y } = node.at
  const [width, height] = [number(node, 'width'), number(node, 'height')]
  const fillOpacity = number(node, 'background-opacity')
  const line = number(node, 'border-width')
  if (fillOpacity === 0 && line === 0) return ''
  const look = {
    fill: fillOpacity === 0 ? 'none' : gradients.of(node),
    'fill-opacity': fillOpacity === 1 || fillOpacity === 0 ? null : fillOpacity,
    stroke: line === 0 ? null : text(node, 'border-color'),
    'stroke-width': line === 0 ? null : line,
    'stroke-dasharray': dashes(node, 'border-style', 'border-dash-pattern'),
  }
  switch (text(node, 'shape')) {
    case 'ellipse':
      return element('ellipse', { cx: x, cy: y, rx: width / 2, ry: height / 2, ...look })
    case 'rectangle':
      return element('rect', { x: x - width / 2, y: y - height / 2, width, height, ...look })
    default: {
      const rx = Math.min(number(node, 'corner-radius'), width / 2, height / 2)
      return element('rect', { x: x - width / 2, y: y - height / 2, width, height, rx, ...look })
    }
  }
}

function label(node: Styled): string {
  const words = text(node, 'label')
  if (words === '') return ''
  const { x, y } = node.at
  const half = number(node, 'width') / 2
  const align = text(node, 'text-halign')
  const left = align === 'left-inside'
  const right = align === 'right-inside'
  return textElement(words, {
    x: x + (left ? -half : right ? half : 0) + number(node, 'text-margin-x'),
    y: y + number(node, 'text-margin-y'),
    size: number(node, 'font-size'),
    weight: number(node, 'font-weight') || 400,
    fill: text(node, 'color'),
    anchor: left ? 'start' : right ? 'end' : 'middle',
  })
}

const listOf = (node: Styled, name: string): readonly unknown[] => {
  const value: unknown = node.data[name]
  return Array.isArray(value) ? value : []
}

/** Id of the symbol of a sign. */
export const symbolOf = (name: string): string => `sign-${name}`

const use = (name: string, x: number, y: number, size: number) =>
  element('use', { href: `#${symbolOf(name)}`, x, y, width: size, height: size })

function signs(node: Styled): string {
  const { x, y } = node.at
  const [width, height] = [number(node, 'width'), number(node, 'height')]
  const sign: unknown = node.data['sign']
  if (typeof sign === 'string') return use(sign, x - width / 2, y - height / 2, width)
  const [xs, ys, sizes] = [listOf(node, 'iconX'), listOf(node, 'iconY'), listOf(node, 'iconSize')]
  return listOf(node, 'icons')
    .map((name, at) =>
      use(String(name), x - width / 2 + Number(xs[at]), y - height / 2 + Number(ys[at]), Number(sizes[at])),
    )
    .join('')
}

/** Box, signs and words of a node; "" when there is nothing to see. */
export const drawNode = (node: Styled, gradients: Gradients): string =>
  `${outline(node, gradients)}${signs(node)}${label(node)}`

const shift = (from: Point, to: Point, by: number): Point => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length }
}

const RADIUS = 9

/** A line through these points with round corners. */
export function pathThrough(points: readonly Point[]): string {
  const at = ({ x, y }: Point) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`
  const parts = points.slice(0, 1).map(point => `M${at(point)}`)
  points.slice(1).forEach((point, index) => {
    const before = points[index]
    const after = points[index + 2]
    if (before === undefined || after === undefined) return parts.push(`L${at(point)}`)
    const length = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
    const round = Math.min(RADIUS, length(before, point) / 2, length(point, after) / 2)
    return parts.push(`L${at(shift(point, before, round))}Q${at(point)} ${at(shift(point, after, round))}`)
  })
  return parts.join('')
}

/** A line, and the head of its arrow; "" while it is hidden. */
export function drawEdge(edge: Styled, points: readonly Point[]): string {
  if (text(edge, 'visibility') === 'hidden') return ''
  const [stroke, width] = [text(edge, 'line-color'), number(edge, 'width')]
  const opacity = number(edge, 'line-opacity')
  const line = element('path', {
    d: pathThrough(points),
    fill: 'none',
    stroke,
    'stroke-width': width,
    'stroke-opacity': opacity === 1 ? null : opacity,
    'stroke-dasharray': dashes(edge, 'line-style', 'line-dash-pattern'),
  })
  const [end, before] = [points.at(-1), points.at(-2)]
  if (text(edge, 'target-arrow-shape') === 'none' || end === undefined || before === undefined) return line
  const size = Math.max(29 * width ** 0.5 * 0.35, 6) * number(edge, 'arrow-scale')
  const back = shift(end, before, size)
  const [dx, dy] = [(end.x - back.x) / size, (end.y - back.y) / size]
  const corner = (side: number) => `${back.x - dy * side * size * 0.5} ${back.y + dx * side * size * 0.5}`
  return `${line}${element('path', { d: `M${end.x} ${end.y}L${corner(1)}L${corner(-1)}Z`, fill: stroke, 'fill-opacity': opacity === 1 ? null : opacity })}`
}
