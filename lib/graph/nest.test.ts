import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Host, Topology } from '@/lib/topology/types'
import { findNode } from './find'
import { pathOf } from './highlight'
import { buildScene } from './scene'
import { anyHost, findings, host, network, topology } from './testing'
import { problemsOf } from './testing-problems'
import type { Scene, View } from './types'
import { move } from './walk'

const sceneOf = (all: Topology, view: Partial<View> = {}): Scene =>
  buildScene(all, findings(), { aspect: 16 / 9, ...view })

const within = (outer: Host, name: string, inner: Host): Host => ({
  ...inner,
  machine: `${outer.machine}/${name}`,
  nestedIn: {
    hostId: outer.id,
    containerId: outer.containers.find(one => one.name === name)?.id ?? '',
    sharesNamespace: 'yes',
    because: 'the test',
  },
})

/** Both levels have a network of this subnet, a container of this name on it, and a door of this number. */
const networks = (id: string) => [
  network('podman', { id: `${id}:network:podman` }),
  network('app', { id: `${id}:network:app`, subnets: [{ cidr: '10.89.0.0/24', gateway: '10.89.0.1' }] }),
]
const both = networks('root')
const twin = { name: 'web', on: ['app'], ports: [{ hostPort: 8080, containerPort: 80 }] }
const outer = host(both, [twin, { name: 'qm', on: ['podman'] }, { name: 'peer', on: ['podman'] }], { id: 'root' })
const inner = within(
  outer,
  'qm',
  host(networks('qm'), [twin, { name: 'agent', on: 'host' }], { id: 'qm', name: 'qm@root' }),
)
const all = topology(outer, inner)
const qm = inner.nestedIn?.containerId ?? ''

const holdersOf = (scene: Scene, id: string): string[] => {
  const ids: string[] = []
  for (let at = scene.nodes.find(node => node.id === id)?.parent ?? null; at !== null; ) {
    ids.push(at)
    at = scene.nodes.find(node => node.id === at)?.parent ?? null
  }
  return ids
}

describe('an engine inside of a container', () => {
  test('is drawn in the box of that container, with its networks, doors and who lives in its namespace', () => {
    const scene = sceneOf(all)
    expect(problemsOf(scene)).toEqual([])
    const inside = scene.nodes.filter(({ hostId }) => hostId === 'qm')
    expect(inside.every(({ id }) => holdersOf(scene, id).includes(qm))).toBe(true)
    expect(scene.nodes.filter(({ hostId, id }) => hostId === 'root' && holdersOf(scene, id).includes(qm))).toEqual([])
    expect(inside.find(({ kind }) => kind === 'host')?.label).toBe('inside qm on vm')
    const agent = inside.find(({ label }) => label === 'agent')
    expect(agent?.parent).toBe('qm')
    // The lane that its container is on shows it as a visitor, tied to its box.
    expect(scene.nodes.find(({ kind, stands }) => kind === 'visitor' && stands === qm)?.parent).toBe(
      'root:network:podman',
    )
    expect(scene.edges.find(({ kind, source }) => kind === 'member' && source === qm)).toMatchObject({ atRest: true })
  })

  test('shares no id and no reference with the engine outside, whatever their names and subnets', () => {
    const scene = sceneOf(all)
    expect(new Set(scene.nodes.map(({ id }) => id)).size).toBe(scene.nodes.length)
    for (const ref of [
      { kind: 'container', name: 'web' },
      { kind: 'network', name: 'app' },
      { kind: 'port', hostIp: '', hostPort: 8080, protocol: 'tcp' },
    ] as const) {
      const [out, inside] = [findNode(scene, 'root', ref), findNode(scene, 'qm', ref)]
      expect(out?.hostId).toBe('root')
      expect(inside?.hostId).toBe('qm')
      expect(pathOf(scene, out?.id ?? '')).not.toContain(inside?.id)
    }
  })

  test('is lit with its container, and lights the boxes round what is selected in it', () => {
    const scene = sceneOf(all)
    const web = findNode(scene, 'qm', { kind: 'container', name: 'web' })
    expect(pathOf(scene, qm)).toContain(web?.id)
    const path = pathOf(scene, web?.id ?? '')
    expect([...path]).toEqual(expect.arrayContaining([qm, 'qm:network:app']))
    expect(path).not.toContain('root:network:app')
  })

  test('is walked into with the arrow keys', () => {
    const scene = sceneOf(all)
    const seen = new Set<string>()
    for (let at: string | null = qm; at !== null && !seen.has(at); at = move(scene, at, 'down')) seen.add(at)
    expect([...seen].some(id => scene.nodes.find(node => node.id === id)?.hostId === 'qm')).toBe(true)
  })

  test('folds into its container, which then stands in its lane', () => {
    const scene = sceneOf(all, { folded: new Set([qm]) })
    expect(problemsOf(scene)).toEqual([])
    expect(scene.nodes.filter(({ hostId }) => hostId === 'qm')).toEqual([])
    expect(scene.nodes.find(({ id }) => id === qm)).toMatchObject({ nest: 'folded', parent: 'root:network:podman' })
    expect(sceneOf(all).nodes.find(({ id }) => id === qm)).toMatchObject({ nest: 'open' })
    // What is selected in it, is then in that box; or in what its lane folds to.
    const web = { kind: 'container', name: 'web' } as const
    expect(findNode(scene, 'qm', web)?.id).toBe(qm)
    const lane = sceneOf(all, { folded: new Set([qm, 'root:network:podman']) })
    expect(findNode(lane, 'qm', web)?.id).toBe('root:network:podman:fold')
  })

  test('stands by itself where its container is not drawn, or shares its namespace with others', () => {
    const alone = sceneOf(topology(inner))
    expect(alone.nodes.find(({ kind }) => kind === 'host')?.label).toBe('qm@root')
    const shared = host(
      both,
      [
        { name: 'qm', on: ['podman'] },
        { name: 'side', on: ['podman'], joins: 'qm' },
      ],
      {
        id: 'root',
      },
    )
    const scene = sceneOf(topology(shared, within(shared, 'qm', inner)))
    expect(scene.nodes.filter(({ kind, variant }) => kind === 'host' && variant !== 'machine')).toHaveLength(2)
    expect(scene.nodes.some(({ nest }) => nest !== undefined)).toBe(false)
  })

  test('of a container in host mode is drawn too', () => {
    const resident = host(both, [{ name: 'qm', on: 'host' }], { id: 'root' })
    const scene = sceneOf(topology(resident, within(resident, 'qm', inner)))
    expect(problemsOf(scene)).toEqual([])
    expect(scene.nodes.find(({ variant }) => variant === 'nest')?.label).toBe('qm')
  })

  test('overlaps nothing, and is cut nowhere, whatever it runs', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyHost('a'), anyHost('b'), fc.nat(), (one, two, pick) => {
        const container = one.containers[pick % Math.max(1, one.containers.length)]
        fc.pre(container !== undefined)
        const given = topology(one, within(one, container.name, two))
        expect(problemsOf(sceneOf(given))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
