/** What the lines of a picture are measured by, on recorded hosts and random ones: they seldom cross, and never a box. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { examine } from '@/lib/exposure/engine'
import type { Host } from '@/lib/topology/types'
import { type Measures, measure } from '@/tests/bench/layout-measures'
import { modelOfRecording } from '@/tests/recordings/model'
import { pathOfEdge } from './paths'
import { buildScene } from './scene'
import { findings, host, network, type Placement, topology } from './testing'
import type { EdgeKind, Scene } from './types'

const ON_EDGE = new Set(['interface', 'door', 'listener'])

/** Measures of the lines of these kinds that are drawn at rest. */
function atRest(scene: Scene, kinds: readonly EdgeKind[] = ['uplink', 'parent', 'leads', 'member']): Measures {
  const holder = scene.nodes.find(node => node.kind === 'host')?.id ?? null
  return measure({
    rects: scene.nodes
      .filter(node => node.kind !== 'heading')
      .map(node => ({ ...node, parent: ON_EDGE.has(node.kind) ? holder : node.parent })),
    lines: scene.edges
      .filter(edge => edge.atRest && kinds.includes(edge.kind))
      .map(edge => ({ ...edge, points: pathOfEdge(edge) })),
  })
}

describe('lines at rest', () => {
  // A port of a container with its own uplink, below a pivot: its line has to pass those to the pivot's lanes.
  test.each([
    ['podman-4.3.1', 2],
    ['podman-5.4.2', 2],
    ['podman-5.4.2-ipvlan', 2],
    ['podman-6.1.1', 0],
    ['podman-4.3.1-rootless', 0],
    ['podman-5.4.2-rootless', 0],
    ['podman-6.1.1-rootless', 0],
    ['podman-6.1.1-quadlet', 0],
  ])('of %s cross at most %i times, and no box', async (name, ceiling) => {
    const model = await modelOfRecording(name)
    const measures = atRest(buildScene(topology(model.host), examine([model]), { aspect: 16 / 9 }))
    expect(measures.crossings).toBeLessThanOrEqual(ceiling)
    expect(measures.through).toBe(0)
    expect(measures.overlaps).toBe(0)
  })

  const interfaces = (count: number): NonNullable<Host['interfaces']> =>
    Array.from({ length: count }, (_, nth) => ({
      name: `eth${nth}`,
      kind: 'physical',
      addresses: [`192.0.2${nth}.2/24`],
      up: true,
      master: null,
    }))

  test('past the host never cross each other, an uplink, or a line of a door', () => {
    const lans = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 6 })
    const apps = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 8 })
    fc.assert(
      fc.property(lans, apps, fc.constantFrom(16 / 9, 4 / 3, 21 / 9, 9 / 16), (parents, sizes, aspect) => {
        const networks = [
          ...parents.map((nth, index) => network(`lan${index}`, { driver: 'macvlan', interface: `eth${nth}` })),
          ...sizes.map((_, index) => network(`app${index}`)),
        ]
        const placements = sizes.flatMap((size, index) =>
          Array.from(
            { length: size },
            (_, nth): Placement => ({
              name: `c${index}-${nth}`,
              on: [`app${index}`],
              ...(nth === 0 ? { ports: [{ hostPort: 8000 + index }] } : {}),
            }),
          ),
        )
        const scene = buildScene(topology(host(networks, placements, { interfaces: interfaces(5) })), findings(), {
          aspect,
        })
        expect(atRest(scene, ['uplink', 'parent']).crossings).toBe(0)
        expect(atRest(scene)).toMatchObject({ crossings: 0, through: 0, overlaps: 0 })
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  test('of doors that are kept inside are drawn on demand only', () => {
    const ports = [{ hostPort: 80 }, { hostPort: 81, hostIp: '127.0.0.1' }]
    const scene = buildScene(topology(host([network('app')], [{ name: 'web', on: ['app'], ports }])), findings(), {
      aspect: 16 / 9,
    })
    expect(scene.edges.filter(edge => edge.kind === 'leads').map(edge => [edge.variant, edge.atRest])).toEqual([
      ['wildcard', true],
      ['loopback', false],
    ])
  })

  test('of one pivot leave it as one', () => {
    const networks = Array.from({ length: 5 }, (_, index) => network(`app${index}`))
    const placements: Placement[] = networks.map(({ name }) => ({ name: `c-${name}`, on: [name] }))
    const scene = buildScene(
      topology(host(networks, [...placements, { name: 'proxy', on: networks.map(({ name }) => name) }])),
      findings(),
      { aspect: 16 / 9 },
    )
    const members = scene.edges.filter(edge => edge.kind === 'member')
    expect(members).toHaveLength(5)
    expect(new Set(members.map(({ from }) => `${from.x} ${from.y}`)).size).toBe(1)
    expect(atRest(scene, ['member']).crossings).toBe(0)
  })

  test.each([16 / 9, 4 / 3, 21 / 9, 9 / 16])(
    'of pivots of the same lanes run together, beside those of doors (%d)',
    aspect => {
      const names = ['n0', 'n1', 'n2', 'n3', 'n4']
      const placements = Array.from({ length: 30 }, (_, nth): Placement => {
        const own = names.slice(nth % 5, (nth % 5) + (nth % 10 === 0 ? 2 : 1))
        return { name: `c${nth}`, on: own, ports: nth % 7 === 0 ? [{ hostPort: 8000 + nth }] : [] }
      })
      const networks = names.map(name => network(name))
      const scene = buildScene(topology(host(networks, placements)), findings(), { aspect })
      const lines = scene.edges.filter(edge => edge.atRest)
      expect(lines.filter(edge => edge.kind === 'member')).toHaveLength(6)
      expect(lines.filter(edge => edge.kind === 'leads')).toHaveLength(5)
      expect(atRest(scene)).toMatchObject({ crossings: 0, through: 0, overlaps: 0 })
    },
  )
})

describe('pivots', () => {
  const drawn = (pivots: Record<string, string[]>, networkCount = 4) => {
    const networks = Array.from({ length: networkCount }, (_, index) => network(`n${index}`))
    const placements: Placement[] = networks.map(({ name }) => ({ name: `c-${name}`, on: [name] }))
    const visitors = Object.entries(pivots).map(([name, on]): Placement => ({ name, on }))
    const scene = buildScene(topology(host(networks, [...placements, ...visitors])), findings(), { aspect: 0.9 })
    const standing = scene.nodes.filter(node => node.variant === 'pivot').sort((a, b) => a.y - b.y)
    return {
      order: standing.map(node => node.label),
      lines: scene.edges.filter(edge => edge.kind === 'member' && edge.atRest).length,
    }
  }
  test('stand in the order of their lanes while their lines are drawn', () => {
    expect(drawn({ a: ['n2', 'n3'], b: ['n0', 'n1'] })).toEqual({ order: ['b', 'a'], lines: 4 })
  })
  test('stand by name, named by words alone, when they are many', () => {
    const on = ['n2', 'n3']
    expect(drawn({ a: on, b: on, c: on, d: ['n0', 'n1'] })).toEqual({ order: ['a', 'b', 'c', 'd'], lines: 0 })
  })
})

test('doors stand in the order in which their lines end', () => {
  const networks = ['a', 'b', 'c'].map(name => network(name))
  const ports = (hostPort: number) => [{ hostPort }]
  const scene = buildScene(
    topology(
      host(networks, [
        { name: 'low', on: ['c'], ports: ports(1) },
        { name: 'high', on: ['a'], ports: ports(2) },
        { name: 'pivot', on: ['a', 'b'], ports: ports(3) },
      ]),
    ),
    findings(),
    { aspect: 0.9 },
  )
  const doors = scene.nodes.filter(node => node.kind === 'door').sort((a, b) => a.y - b.y)
  expect(doors.map(door => door.label)).toEqual(['*:3/tcp', '*:2/tcp', '*:1/tcp'])
})
