import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeNode, findNode } from './find'
import { pathOf } from './highlight'
import { buildScene } from './scene'
import { anyHost, findings, host, network, topology } from './testing'
import { type Direction, move } from './walk'

const one = host(
  [network('front'), network('back'), network('lan', { driver: 'macvlan', interface: 'eth0' })],
  [
    { name: 'web', on: ['front'], ports: [{ hostPort: 8080 }] },
    { name: 'other', on: ['front'] },
    { name: 'proxy', on: ['front', 'back'], ports: [{ hostPort: 443, hostIp: '127.0.0.1' }] },
    { name: 'db', on: ['back'], health: 'unhealthy' },
    { name: 'printer', on: ['lan'] },
    { name: 'exporter', on: 'host' },
  ],
)
const scene = buildScene(topology(one), findings(), { aspect: 16 / 9 })
const labels = (ids: ReadonlySet<string>) =>
  [...new Set(scene.nodes.filter(node => ids.has(node.id)).map(node => `${node.kind} ${node.label}`))].sort()
const node = (kind: string, label: string) => {
  const found = scene.nodes.find(each => each.kind === kind && each.label === label)
  if (found === undefined) throw new Error(`no ${kind} ${label}`)
  return found
}
const lit = (kind: string, label: string) => labels(pathOf(scene, node(kind, label).id))
const OUTSIDE = ['interface eth0', 'interface eth1', 'segment 198.51.100.0/24', 'segment 203.0.113.0/24']

describe('what lights up', () => {
  test('with a container: its doors, their way in, and its lane', () => {
    expect(lit('container', 'web')).toEqual(['container web', 'door *:8080/tcp', 'network front', ...OUTSIDE].sort())
  })
  test('with a door: the way through it', () => {
    expect(lit('door', '*:8080/tcp')).toEqual(['container web', 'door *:8080/tcp', 'network front', ...OUTSIDE].sort())
  })
  test('with a loopback door: no outside', () => {
    expect(lit('door', '127.0.0.1:443/tcp').filter(label => OUTSIDE.includes(label))).toEqual([])
  })
  test('with a pivot: all its lanes, and itself as visitor there', () => {
    const labels = lit('container', 'proxy')
    expect(labels).toEqual(
      expect.arrayContaining(['network front', 'network back', 'visitor proxy', 'door 127.0.0.1:443/tcp']),
    )
    expect(labels).not.toContain('container db')
    expect(labels).toEqual(lit('visitor', 'proxy'))
  })
  test('with a network: members, visitors, doors into it', () => {
    const labels = lit('network', 'front')
    expect(labels).toEqual(
      expect.arrayContaining(['container web', 'container other', 'container proxy', 'door *:8080/tcp']),
    )
    expect(labels).not.toContain('container db')
  })
  test('with an interface: its segment, and the lanes that step past the host through it', () => {
    expect(lit('interface', 'eth0')).toEqual([
      'container printer',
      'interface eth0',
      'network lan',
      'segment 198.51.100.0/24',
    ])
    expect(lit('interface', 'eth1')).toEqual(['interface eth1', 'segment 203.0.113.0/24'])
  })
  test('with a macvlan container: its way out', () => {
    expect(lit('container', 'printer')).toEqual([
      'container printer',
      'interface eth0',
      'network lan',
      'segment 198.51.100.0/24',
    ])
  })
  test('with nothing that is there: nothing', () => expect(pathOf(scene, 'nonsense').size).toBe(0))

  test('lines light with both their ends, everywhere', () => {
    fc.assert(
      fc.property(anyHost('a'), random => {
        const picture = buildScene(topology(random), findings(), { aspect: 16 / 9 })
        for (const each of picture.nodes) {
          const path = pathOf(picture, each.id)
          if (each.kind !== 'heading') expect(path.has(each.id)).toBe(true)
          for (const edge of picture.edges)
            if (path.has(edge.id)) expect([path.has(edge.source), path.has(edge.target)]).toEqual([true, true])
        }
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})

describe('walking', () => {
  const step = (from: { id: string }, direction: Direction) => {
    const id = move(scene, from.id, direction)
    return scene.nodes.find(each => each.id === id)
  }
  test('right from a segment is its interface, and left back', () => {
    expect(step(node('segment', '198.51.100.0/24'), 'right')?.label).toBe('eth0')
    expect(step(node('interface', 'eth0'), 'left')?.label).toBe('198.51.100.0/24')
  })
  test('right from a door is what it leads to', () =>
    expect(step(node('door', '*:8080/tcp'), 'right')?.label).toBe('web'))
  test('down from a lane is its first container', () =>
    expect(step(node('network', 'lan'), 'down')?.label).toBe('printer'))
  test('starts somewhere', () => expect(move(scene, null, 'right')).not.toBeNull())

  test('reaches everything, and headings never', () => {
    fc.assert(
      fc.property(anyHost('a'), random => {
        const picture = buildScene(topology(random), findings(), { aspect: 16 / 9 })
        const goals = picture.nodes.filter(each => each.kind !== 'heading').map(each => each.id)
        const seen = new Set<string>()
        const open = [move(picture, null, 'right') ?? '']
        for (let id = open.pop(); id !== undefined; id = open.pop()) {
          if (seen.has(id)) continue
          seen.add(id)
          for (const direction of ['left', 'right', 'up', 'down'] as const)
            open.push(move(picture, id, direction) ?? id)
        }
        expect(goals.filter(id => !seen.has(id))).toEqual([])
        expect(seen.size).toBe(goals.length)
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})

describe('finding and telling', () => {
  test('a container stands where it lives, not where it visits', () => {
    expect(findNode(scene, 'root', { kind: 'container', name: 'proxy' })?.kind).toBe('container')
    expect(findNode(scene, 'root', { kind: 'port', hostIp: '', hostPort: 8080, protocol: 'tcp' })?.kind).toBe('door')
    expect(findNode(scene, 'root', { kind: 'segment', name: 'eth1' })?.kind).toBe('segment')
    expect(findNode(scene, 'other', { kind: 'host' })).toBeNull()
  })
  test('a port within a folded range is its door', () => {
    const ranged = host(
      [network('app')],
      [{ name: 'web', on: ['app'], ports: [1, 2, 3].map(port => ({ hostPort: port, containerPort: port })) }],
    )
    const picture = buildScene(topology(ranged), findings(), { aspect: 16 / 9 })
    expect(findNode(picture, 'root', { kind: 'port', hostIp: '', hostPort: 3, protocol: 'tcp' })?.label).toBe(
      '*:1–3/tcp',
    )
  })
  test('what is told has name, state and place', () => {
    expect(describeNode(scene, node('container', 'db'))).toMatch(/^container, db, unhealthy, .*in back$/)
  })
})
