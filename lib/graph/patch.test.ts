import cytoscape, { type Core } from 'cytoscape'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Topology } from '@/lib/topology/types'
import { type GraphElement, toElements } from './elements'
import { patchElements } from './patch'
import { buildScene } from './scene'
import { anyHost, findings, host, network, topology } from './testing'

const draw = (of: Topology) => toElements(buildScene(of, findings(), { aspect: 16 / 9 }))
const graph = (elements: GraphElement[]) => cytoscape({ headless: true, elements, layout: { name: 'preset' } })

const contents = (cy: Core) =>
  Object.fromEntries(
    cy
      .elements()
      .toArray()
      .map(element => [element.id(), { data: element.data(), position: element.isNode() ? element.position() : null }]),
  )

describe('patching', () => {
  test('from any picture to any other ends where a fresh one begins', () => {
    fc.assert(
      fc.property(anyHost('a'), anyHost('a'), (one, other) => {
        const [before, after] = [draw(topology(one)), draw(topology(other))]
        const cy = graph(before)
        patchElements(cy, before, after)
        expect(contents(cy)).toEqual(contents(graph(after)))
      }),
      { numRuns: 40 },
    )
  }, 60_000)

  test('of equal pictures touches nothing', () => {
    const one = topology(host([network('app')], [{ name: 'web', on: ['app'] }]))
    const cy = graph(draw(one))
    expect(patchElements(cy, draw(one), draw(one))).toEqual({ added: 0, removed: 0, changed: 0, moved: 0 })
  })

  test('of one state changes one chip and its second line', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const build = (stopped: string) =>
      draw(
        topology(
          host(
            [network('app')],
            names.map(name => ({ name, on: ['app'], ...(name === stopped ? { state: 'exited' as const } : {}) })),
          ),
        ),
      )
    const [before, after] = [build(''), build('c')]
    const cy = graph(before)
    const { added, removed, changed, moved } = patchElements(cy, before, after)
    expect({ added, removed, moved }).toEqual({ added: 0, removed: 0, moved: 0 })
    expect(changed).toBeLessThanOrEqual(3)
  })

  test('hostile names are data, not selectors', () => {
    const one = topology(host([network('a.b-c#x[y="z"]')], [{ name: '"] , node[x', on: ['a.b-c#x[y="z"]'] }]))
    const cy = graph(draw(one))
    const id = one.hosts[0]?.containers[0]?.id ?? ''
    expect(cy.getElementById(id).data('label')).toBe('"] , node[x')
  })
})
