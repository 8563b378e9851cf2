/** SVG as text. Everything that is not our own goes through `escaped`. */

/** What XML 1.0 forbids even as a number: https://www.w3.org/TR/xml/#charsets */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/** Text for content and attributes. */
export const escaped = (text: string): string =>
  text.replaceAll(FORBIDDEN, '\uFFFD').replaceAll(/[&<>"']/g, character => ENTITIES.get(character) ?? '')

export type Attributes = Readonly<Record<string, string | number | null>>

/** A number as short as it may be. */
const short = (value: number): string => String(Math.round(value * 100) / 100)

/** An element; attributes that are null are left out, `content` is markup. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const words = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [` ${key}="${typeof value === 'number' ? short(value) : escaped(value)}"`],
  )
  return content === '' ? `<${name}${words.join('')}/>` : `<${name}${words.join('')}>${content}</${name}>`
}

export interface TextLook {
  x: number
  /** Middle of the line. */
  y: number
  size: number
  fill: string
  weight?: number
  anchor?: 'start' | 'middle' | 'end'
}

/** One line of text. Half of what letters rise above the line brings it to the middle in every viewer. */
export const textElement = (text: string, { x, y, size, fill, weight = 400, anchor = 'start' }: TextLook): string =>
  element(
    'text',
    {
      x,
      y: y + size * 0.36,
      'font-size': size,
      'font-weight': weight === 400 ? null : weight,
      'text-anchor': anchor === 'start' ? null : anchor,
      fill,
    },
    escaped(text),
  )

/** The inside of one of our own SVG documents (signs.ts, legend.ts), drawn in a square of this size. */
export const inlined = (svg: string, x: number, y: number, size: number): string =>
  element(
    'g',
    { transform: `translate(${short(x)} ${short(y)}) scale(${short(size / 16)})` },
    svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>')),
  )
