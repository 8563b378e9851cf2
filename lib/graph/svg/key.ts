/** The legend below the picture, in columns. */
import { SURFACES, type Theme } from '../appearance'
import type { LegendSection } from '../legend'
import { textWidth } from '../text'
import { inlined, textElement } from './markup'

const LINE = 20
const GAP = 36
const SIZE = 11.5

const widthOf = ({ rows }: LegendSection): number =>
  rows.reduce((most, { word, means }) => Math.max(most, textWidth(`${word}  ${means}`, SIZE) + 24), 120)

/** Sections side by side, in as many rows as the width asks for. `scale` enlarges what belongs to a large picture. */
export function drawKey(
  sections: readonly LegendSection[],
  at: { x: number; y: number; width: number; scale: number },
  theme: Theme,
): { markup: string; height: number } {
  const { ink, muted, faint } = SURFACES[theme]
  const parts: string[] = []
  const most = at.width / at.scale
  let [x, y, tallest] = [0, 0, 0]
  for (const section of sections) {
    const width = widthOf(section)
    if (x > 0 && x + width > most) [x, y, tallest] = [0, y + tallest + LINE, 0]
    parts.push(textElement(section.title, { x, y: y + LINE / 2, size: SIZE, weight: 700, fill: muted }))
    section.rows.forEach(({ word, means, svg }, index) => {
      const middle = y + LINE * (index + 1.6)
      parts.push(inlined(svg, x, middle - 7, 14))
      parts.push(textElement(word, { x: x + 22, y: middle, size: SIZE, fill: ink }))
      if (means !== '') {
        const after = x + 22 + textWidth(`${word}  `, SIZE)
        parts.push(textElement(means, { x: after, y: middle, size: SIZE, fill: faint }))
      }
    })
    tallest = Math.max(tallest, LINE * (section.rows.length + 1.6))
    x += width + GAP
  }
  return {
    markup: `<g transform="translate(${at.x} ${at.y}) scale(${at.scale})">${parts.join('')}</g>`,
    height: (y + tallest) * at.scale,
  }
}
