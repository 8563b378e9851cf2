import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type cytoscape from 'cytoscape'
import { afterAll, beforeAll, expect, test } from 'vitest'
import leanCytoscape from './lean-cytoscape.mjs'

const source = await readFile(
  join(import.meta.dirname, '..', 'node_modules', 'cytoscape', 'dist', 'cytoscape.esm.mjs'),
  'utf8',
)

let directory = ''
let lean: { default: typeof cytoscape }
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podwire-lean-'))
  const file = join(directory, 'cytoscape.mjs')
  await writeFile(file, leanCytoscape(source))
  lean = await import(/* @vite-ignore */ pathToFileURL(file).href)
})
afterAll(() => rm(directory, { recursive: true }))

test('what is left draws elements where they are said to be', () => {
  const cy = lean.default({
    headless: true,
    styleEnabled: true,
    style: [{ selector: 'node[kind = "box"]', style: { width: 'data(w)' } }],
    layout: { name: 'preset' },
    elements: [
      { data: { id: 'a', kind: 'box', w: 90 }, position: { x: 10, y: 20 } },
      { data: { id: 'b' }, position: { x: 40, y: 20 } },
      { data: { id: 'ab', source: 'a', target: 'b' } },
    ],
  })
  expect(cy.getElementById('a').position()).toEqual({ x: 10, y: 20 })
  expect(cy.getElementById('a').width()).toBe(90)
  expect(
    cy
      .getElementById('a')
      .connectedEdges()
      .map(edge => edge.id()),
  ).toEqual(['ab'])
})

test('it has neither algorithms nor other layouts', () => {
  const cy = lean.default({ headless: true })
  expect('dijkstra' in cy.elements()).toBe(false)
  expect(() => cy.layout({ name: 'cose' }).run()).toThrow()
})

test('a Cytoscape that looks otherwise stops the build', () => {
  expect(() => leanCytoscape(source.replace('.initWebgl = function', '.startWebgl = function'))).toThrow('WebGL')
  expect(() => leanCytoscape(source.replace("name: 'cose'", "name: 'coseTwo'"))).toThrow('cose')
})
