/** The legend as data, from the same table as the picture. */
import { DOORS, DRIVERS, PIVOT, RESIDENT, ROOTLESS, type Theme } from './appearance'
import {
  FLAG_SIGNS,
  SEVERITY_SIGNS,
  STATE_SIGNS,
  signSvg,
  THING_SIGNS,
  VERDICT_SIGNS,
  type VerdictSign,
  verdictSign,
} from './signs'

export interface LegendRow {
  word: string
  /** Empty when the word says it all. */
  means: string
  /** An SVG document, for use as an image's data URI. */
  svg: string
}

export interface LegendSection {
  title: string
  rows: LegendRow[]
}

const VERDICTS: readonly VerdictSign[] = ['reachable', 'door', 'routed', 'unknown', 'blocked', 'stop']

const swatch = (line: string, fill: string, dashed: boolean) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 16 16"><rect x="1" y="3" width="14" height="10" rx="3" fill="${fill}" stroke="${line}" stroke-width="1.5"${dashed ? ' stroke-dasharray="3 2"' : ''}/></svg>`

export function legend(theme: Theme): LegendSection[] {
  const signs = (table: Readonly<Record<string, { word: string; means: string }>>): LegendRow[] =>
    Object.entries(table).map(([name, { word, means }]) => ({ word, means, svg: signSvg(name, theme) }))
  const boxes = [
    ...Object.values(DRIVERS).map(look => ({ ...look, dashed: look.dashed })),
    { ...PIVOT, dashed: false },
    { ...RESIDENT, dashed: false },
    { ...ROOTLESS, dashed: true },
  ]
  const doors = Object.entries(DOORS).map(([name, { word, means }]) => ({ word, means, svg: signSvg(name, theme) }))
  const { listener, pod, shared } = THING_SIGNS
  return [
    {
      title: 'Networks and places',
      rows: boxes.map(({ word, means, tint, dashed }) => ({
        word,
        means,
        svg: swatch(tint[theme].line, tint[theme].fill, dashed),
      })),
    },
    { title: 'Doors', rows: [...doors, ...signs({ listener })] },
    { title: 'Containers', rows: [...signs(STATE_SIGNS), ...signs(FLAG_SIGNS), ...signs({ pod, shared })] },
    { title: 'Findings', rows: signs(SEVERITY_SIGNS) },
    {
      title: 'Reach',
      rows: VERDICTS.map(name => ({
        word: VERDICT_SIGNS[name].word,
        means: VERDICT_SIGNS[name].means,
        svg: signSvg(verdictSign(name), theme),
      })),
    },
  ]
}
