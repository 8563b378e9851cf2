import cytoscape from 'cytoscape'
import { describe, expect, it } from 'vitest'
import { examine } from '@/lib/exposure/engine'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { toElements } from './elements'
import { looksBy } from './looks'
import { buildScene } from './scene'
import { stylesheet } from './style'
import { text } from './svg/shapes'
import { topology } from './testing'

const OF_NODES = `
  background-color background-fill background-gradient-stop-colors background-gradient-stop-positions
  background-gradient-direction background-opacity border-width border-color border-style shape
  border-dash-pattern corner-radius width height label text-halign text-margin-x text-margin-y
  font-size font-weight color opacity
`
  .trim()
  .split(/\s+/)
const OF_LINES = `
  visibility line-color width line-opacity line-style line-dash-pattern target-arrow-shape arrow-scale
  opacity
`
  .trim()
  .split(/\s+/)

/** `#0a0c10` as Cytoscape writes it, and lengths without their unit. */
const alike = (value: string): string =>
  value
    .replaceAll(/#([0-9a-f]{6})/gi, (_, hex: string) => {
      const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16)
      return `rgb(${channel(0)},${channel(2)},${channel(4)})`
    })
    .replaceAll(/(?<=\d)px/g, '')

describe('looks', () => {
  it.each(recordingNames())('are what Cytoscape works out: %s', async name => {
    const model = await modelOfRecording(name)
    const elements = toElements(buildScene(topology(model.host), examine([model]), { aspect: 16 / 9 }))
    const theme = name.includes('rootless') ? 'light' : 'dark'
    const lookOf = looksBy(stylesheet(theme))
    const wrong = new Set<string>()
    for (const classes of [[], ['dim'], ['lit'], ['lit', 'verdict-unknown'], ['chosen']]) {
      const cy = cytoscape({ headless: true, styleEnabled: true, style: stylesheet(theme) })
      for (const element of elements) {
        const { id } = element.data
        const made = cy.add({ ...element, classes })
        const look = lookOf(element, new Set(classes))
        const [data, at] = [element.data, { x: 0, y: 0 }]
        for (const property of element.group === 'nodes' ? OF_NODES : OF_LINES) {
          // It has defaults for what is not used.
          if (property.includes('gradient') && look('background-fill') === undefined) continue
          const theirs = String(made.style(property))
          const ours = text({ data, at, look }, property)
          if (alike(ours) !== alike(theirs)) wrong.add(`${property}: ${alike(ours)}, not ${alike(theirs)} of ${id}`)
        }
      }
      cy.destroy()
    }
    expect([...wrong]).toEqual([])
  })

  it('know no selector that they would get wrong', () => {
    const rule = (selector: string) => () => looksBy([{ selector, style: {} }])
    for (const wrong of ['node:selected', 'node > node', '#web', 'node[size > 3]', 'node[kind @= "x"]', '*'])
      expect(rule(wrong), wrong).toThrow('not known here')
  })
})
