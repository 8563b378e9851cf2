import cytoscape from 'cytoscape'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { DOORS, DRIVERS, type Look, PIVOT, RESIDENT, ROOTLESS, SEGMENT, SURFACES, THEMES } from './appearance'
import { FLAG_SIGNS, SEVERITY_SIGNS, type Sign, signSvg, STATE_SIGNS, THING_SIGNS, VERDICT_SIGNS } from './signs'
import { toElements } from './elements'
import { buildScene } from './scene'
import { stylesheet, toneColours } from './style'
import { findings, manyHost, topology } from './testing'

const channel = (value: number) => (value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map(at => channel(Number.parseInt(colour.slice(at, at + 2), 16) / 255))
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}
/** WCAG 2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [Math.max(luminance(a), luminance(b)), Math.min(luminance(a), luminance(b))]
  return (light + 0.05) / (dark + 0.05)
}

const looks: [string, Look][] = [
  ...Object.entries(DRIVERS),
  ...Object.entries(DOORS),
  ['pivot', PIVOT],
  ['resident', RESIDENT],
  ['segment', SEGMENT],
  ['rootless', ROOTLESS],
]
const signs: [string, Sign][] = [SEVERITY_SIGNS, STATE_SIGNS, FLAG_SIGNS, THING_SIGNS, VERDICT_SIGNS].flatMap(table =>
  Object.entries<Sign>(table),
)

describe.each(THEMES)('in the %s theme', theme => {
  const surface = SURFACES[theme]
  test.each(looks)('%s can be read, and its edge seen', (_, { tint }) => {
    const { text, fill, glow, line } = tint[theme]
    for (const ground of [fill, glow]) {
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(surface.muted, ground)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(surface.ink, ground)).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(line, surface.canvas)).toBeGreaterThanOrEqual(3)
    expect(contrast(line, fill)).toBeGreaterThanOrEqual(3)
  })
  test.each(signs)('the sign %s can be seen on what it stands on', (_, { colour }) => {
    for (const ground of [surface.chip, surface.canvas, surface.host, DRIVERS.bridge.tint[theme].fill])
      expect(contrast(colour[theme], ground)).toBeGreaterThanOrEqual(3)
  })
  test('text can be read on every surface', () => {
    for (const ground of [surface.chip, surface.host, surface.hostGlow, surface.canvas])
      for (const text of [surface.ink, surface.muted, surface.faint])
        expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
    for (const { text, fill } of Object.values(toneColours(theme)))
      expect(contrast(text, fill)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(surface.hostLine, surface.canvas)).toBeGreaterThanOrEqual(3)
  })
})

test('no severity, state or verdict is told by colour alone', () => {
  for (const table of [SEVERITY_SIGNS, STATE_SIGNS, VERDICT_SIGNS]) {
    const shapes = Object.values<Sign>(table).map(sign => sign.draw)
    expect(new Set(shapes).size).toBe(shapes.length)
    for (const sign of Object.values<Sign>(table)) expect(sign.word).not.toBe('')
  }
})

test('a sign that nobody drew is an empty picture', () => {
  expect(signSvg('no such sign', 'dark')).toContain('<svg')
})

describe('the stylesheet', () => {
  afterEach(() => vi.restoreAllMocks())
  test.each(THEMES)('has no rule that Cytoscape would refuse (%s)', theme => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const one = manyHost(120, 12)
    const report = findings(
      ...one.containers.slice(0, 9).map(({ id }) => ({ kind: 'container' as const, id, severity: 'high' as const })),
    )
    const cy = cytoscape({
      headless: true,
      styleEnabled: true,
      elements: toElements(buildScene(topology(one), report, { aspect: 16 / 9 })),
      style: stylesheet(theme),
    })
    cy.elements().addClass('lit')
    cy.nodes().addClass('dim chosen cursor verdict-reachable verdict-unknown')
    for (const element of cy.elements().toArray()) element.style('opacity')
    expect(warn.mock.calls).toEqual([])
    const node = cy.nodes('[kind = "container"]')[0]
    expect(node?.width()).toBeGreaterThan(50)
    cy.destroy()
  })
})
