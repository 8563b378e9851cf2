/** The legend as data: the signs and colours come from the tables that draw the picture, the words from whoever asks. */
import { DECLARED, type DoorLook, DOORS, DRIVERS, PIVOT, RESIDENT, ROOTLESS, type Theme, type Tint } from './appearance'
import { keysOf } from './keys-of'
import {
  FLAG_SIGNS,
  type FlagSign,
  SEVERITY_SIGNS,
  signSvg,
  STATE_SIGNS,
  type StateSign,
  type ThingSign,
  VERDICT_SIGNS,
  type VerdictSign,
  verdictSign,
} from './signs'
import type { Driver } from './types'

export interface Meaning {
  word: string
  /** Empty when the word says it all. */
  means: string
}

export interface LegendWords {
  readonly sections: Readonly<Record<'places' | 'doors' | 'containers' | 'findings' | 'reach', string>>
  readonly drivers: Readonly<Record<Driver, Meaning>>
  readonly places: Readonly<Record<'pivot' | 'resident' | 'rootless' | 'declared', Meaning>>
  readonly doors: Readonly<Record<DoorLook, Meaning>>
  readonly states: Readonly<Record<StateSign, Meaning>>
  readonly flags: Readonly<Record<FlagSign, Meaning>>
  readonly things: Readonly<Record<ThingSign, Meaning>>
  readonly severities: Readonly<Record<keyof typeof SEVERITY_SIGNS, Meaning>>
  readonly verdicts: Readonly<Record<VerdictSign, Meaning>>
}

export interface LegendRow extends Meaning {
  /** An SVG document, for use as an image's data URI. */
  svg: string
}

export interface LegendSection {
  title: string
  rows: LegendRow[]
}

const swatch = ({ line, fill }: Tint, dashed: boolean) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 16 16"><rect x="1" y="3" width="14" height="10" rx="3" fill="${fill}" stroke="${line}" stroke-width="1.5"${dashed ? ' stroke-dasharray="3 2"' : ''}/></svg>`

/** Every box, line and sign of the picture with its meaning. */
export function legend(theme: Theme, words: LegendWords): LegendSection[] {
  const { sections, drivers, places, doors, states, flags, things, severities, verdicts } = words
  const sign = (name: string, { word, means }: Meaning): LegendRow => ({ word, means, svg: signSvg(name, theme) })
  const box = ({ word, means }: Meaning, tint: Record<Theme, Tint>, dashed: boolean): LegendRow => ({
    word,
    means,
    svg: swatch(tint[theme], dashed),
  })
  return [
    {
      title: sections.places,
      rows: [
        ...keysOf(DRIVERS).map(name => box(drivers[name], DRIVERS[name].tint, DRIVERS[name].dashed)),
        box(places.pivot, PIVOT.tint, false),
        box(places.resident, RESIDENT.tint, false),
        box(places.rootless, ROOTLESS.tint, true),
        box(places.declared, DECLARED.tint, true),
      ],
    },
    {
      title: sections.doors,
      rows: [...keysOf(DOORS).map(name => sign(name, doors[name])), sign('listener', things.listener)],
    },
    {
      title: sections.containers,
      rows: [
        ...keysOf(STATE_SIGNS).map(name => sign(name, states[name])),
        ...keysOf(FLAG_SIGNS).map(name => sign(name, flags[name])),
        sign('pod', things.pod),
        sign('shared', things.shared),
      ],
    },
    { title: sections.findings, rows: keysOf(SEVERITY_SIGNS).map(name => sign(name, severities[name])) },
    { title: sections.reach, rows: keysOf(VERDICT_SIGNS).map(name => sign(verdictSign(name), verdicts[name])) },
  ]
}
