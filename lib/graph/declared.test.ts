import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Host } from '@/lib/topology/types'
import { modelOfRecording } from '@/tests/recordings/model'
import { withoutDeclared } from './declared'
import { describeNode, findNode } from './find'
import { pathOf } from './highlight'
import { buildScene } from './scene'
import { anyHost, findings, host, network, topology } from './testing'
import type { Scene } from './types'

const sceneOf = (one: Host): Scene => buildScene(topology(one), findings(), { aspect: 16 / 9 })

const unit = (id: string, name: string): NonNullable<Host['units']>[number] => ({
  id,
  name,
  kind: 'container',
  path: `/etc/containers/systemd/${name}`,
  service: null,
  isTemplate: false,
  state: null,
  stateUnknownBecause: 'the test',
  makes: null,
  present: 'no',
  thingIds: [],
  lines: [],
  problems: [],
  doors: [],
})

/** The same host before these of its containers, and these of its networks, were started: their files declare them. */
function before(whole: Host, namespaces: ReadonlySet<string>, networks: ReadonlySet<string>): Host {
  const isDeclared = ({ namespaceId }: { namespaceId: string | null }) => namespaces.has(namespaceId ?? '')
  const containers = whole.containers.filter(isDeclared)
  const pods = whole.pods.filter(isDeclared)
  const nets = whole.networks.filter(({ name }) => networks.has(name))
  const withUnit = <T extends { id: string }>(one: T) => ({ ...one, unitId: `unit ${one.id}` })
  return {
    ...whole,
    containers: whole.containers.filter(one => !isDeclared(one)),
    namespaces: whole.namespaces.filter(({ id }) => !namespaces.has(id)),
    pods: whole.pods.filter(one => !isDeclared(one)),
    networks: whole.networks.filter(({ name }) => !networks.has(name)),
    units: [...containers, ...pods, ...nets].map(({ id }) => unit(`unit ${id}`, `${id}.container`)),
    declared: {
      networks: nets.map(withUnit),
      namespaces: whole.namespaces.filter(({ id }) => namespaces.has(id)),
      pods: pods.map(withUnit),
      containers: containers.map(withUnit),
    },
  }
}

const places = ({ nodes, edges }: Scene) => [
  ...nodes.map(({ id, x, y, width, height, parent }) => ({ id, x, y, width, height, parent })),
  ...edges.map(({ id, from, bends, to }) => ({ id, from, bends, to })),
]

describe('what is declared and not there', () => {
  test('stands where it will stand when it runs, and nothing else moves then', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyHost('h'), fc.infiniteStream(fc.boolean()), (given, choice) => {
        // What is seen of a container only while it runs.
        const whole: Host = {
          ...given,
          containers: given.containers.map(one => ({ ...one, engine: null, state: 'running' })),
          namespaces: given.namespaces.map(one => (one.kind === 'host' ? { ...one, listeners: [] } : one)),
        }
        const picked = new Set(
          whole.namespaces.flatMap(({ id, kind }) =>
            kind !== 'host' && kind !== 'rootless' && choice.next().value ? id : [],
          ),
        )
        const inUse = new Set(
          whole.namespaces.flatMap(({ id, attachments }) =>
            picked.has(id) ? [] : attachments.map(({ networkName }) => networkName),
          ),
        )
        // What a file says of the host's own interfaces is not believed before somebody made it so: no bridge takes one
        // from the outside, and no parent is drawn that nobody saw.
        const uplinks = new Set(whole.interfaces?.map(({ name }) => name))
        const takesOne = ({ driver, interface: name }: Host['networks'][number]) =>
          (driver === 'macvlan' || driver === 'ipvlan') !== uplinks.has(name ?? '')
        const nets = new Set(
          whole.networks.flatMap(one =>
            !inUse.has(one.name) && !takesOne(one) && choice.next().value ? one.name : [],
          ),
        )
        expect(places(sceneOf(before(whole, picked, nets)))).toEqual(places(sceneOf(whole)))
      }),
      { numRuns: 40 },
    )
  })

  test('has room for the header that its network will have', () => {
    const nets = [network('app'), network('lone', { subnets: [], interface: null })]
    const whole = host(nets, [{ name: 'web', on: ['app'] }])
    const made = { ...whole, networks: [nets[0], network('lone', { interface: 'podman9' })].flatMap(one => one ?? []) }
    const sizes = (scene: Scene) => scene.nodes.map(({ kind, y, height }) => [kind, y, height])
    expect(sizes(sceneOf(before(whole, new Set(), new Set(['lone']))))).toEqual(sizes(sceneOf(made)))
  })

  test('of the recorded host is the stopped container with its door, by the words that say so', async () => {
    const { host: one } = await modelOfRecording('podman-6.1.1-quadlet')
    const scene = sceneOf(one)
    const drawn = scene.nodes.filter(({ declared }) => declared)
    expect(drawn.map(({ kind, label, live }) => [kind, label, live])).toEqual([
      ['container', 'systemd-stopped', false],
      ['door', '*:5432/tcp', false],
    ])
    const [chip, door] = drawn
    if (chip === undefined || door === undefined) throw new Error('not drawn')
    expect(scene.nodes.find(({ id }) => id === chip.parent)?.label).toBe('systemd-app')
    expect(describeNode(scene, chip)).toBe('container, systemd-stopped, declared, not there, in systemd-app')
    expect(describeNode(scene, door)).toBe('door, *:5432/tcp, declared, → systemd-stopped:5432, would open')
    expect(findNode(scene, one.id, { kind: 'unit', name: 'stopped.container' })).toBe(chip)
    const [line] = scene.edges.filter(({ declared }) => declared)
    expect(line).toMatchObject({ kind: 'leads', source: door.id, target: chip.id, live: false })
    expect(pathOf(scene, chip.id)).toContain(door.id)
  })

  test('counts as nothing that is there', async () => {
    const { host: one } = await modelOfRecording('podman-6.1.1-quadlet')
    expect(sceneOf(one).summary).toBe(
      sceneOf(withoutDeclared(one)).summary.replace(/\.$/, '. 1 more declared by files and not there.'),
    )
    expect(sceneOf(withoutDeclared(one)).nodes.some(({ declared }) => declared)).toBe(false)
  })

  test('hides no socket that listens on its port meanwhile', () => {
    const listener = {
      address: '0.0.0.0',
      port: 5432,
      protocol: 'tcp' as const,
      containerId: null,
      process: 'postgres',
    }
    const plain = host(
      [network('app')],
      [{ name: 'db', on: ['app'], ports: [{ hostPort: 5432, containerPort: 5432 }] }],
    )
    const whole = {
      ...plain,
      namespaces: plain.namespaces.map(one => (one.kind === 'host' ? { ...one, listeners: [listener] } : one)),
    }
    const space = whole.containers.find(({ name }) => name === 'db')?.namespaceId ?? ''
    const doors = (one: Host) => sceneOf(one).nodes.flatMap(node => (node.label.includes(':5432') ? node.kind : []))
    expect(doors(whole)).toEqual(['door'])
    expect(doors(before(whole, new Set([space]), new Set()))).toEqual(['door', 'listener'])
  })
})
