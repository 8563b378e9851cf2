import { describe, expect, it } from 'vitest'
import { host, network, topology } from '@/lib/graph/testing'
import type { Host, Listener } from '@/lib/topology/types'
import { countThings } from './counts'

const listening = (one: Host, listeners: Listener[]): Host => ({
  ...one,
  namespaces: one.namespaces.map(namespace =>
    namespace.kind === 'host' ? { ...namespace, listeners, listenersUnknownBecause: null } : namespace,
  ),
})
const listener = (address: string, port: number, process: string): Listener => ({
  address,
  port,
  protocol: 'tcp',
  containerId: null,
  process,
})

describe('doors to the outside', () => {
  it('are published ports off loopback that are passed on, ranges told once', () => {
    const one = host(
      [network('app')],
      [
        { name: 'web', on: ['app'], ports: [7000, 7001, 7002].map(port => ({ hostPort: port, containerPort: port })) },
        { name: 'local', on: ['app'], ports: [{ hostPort: 80, hostIp: '127.0.0.1' }] },
        { name: 'dead', on: ['app'], ports: [{ hostPort: 81, forwarded: 'no' }] },
        { name: 'perhaps', on: ['app'], ports: [{ hostPort: 82, forwarded: 'unknown' }] },
      ],
    )
    expect(countThings(topology(one)).doors).toMatchObject({ published: 2 })
  })

  it('and what listens on the host itself, unless it only holds a published port', () => {
    const one = listening(host([network('app')], [{ name: 'web', on: ['app'], ports: [{ hostPort: 8080 }] }]), [
      listener('0.0.0.0', 22, 'sshd'),
      listener('::', 22, 'sshd'),
      listener('127.0.0.1', 631, 'cupsd'),
      listener('0.0.0.0', 8080, 'conmon'),
    ])
    expect(countThings(topology(one)).doors).toEqual({ published: 1, listening: 1, unknownBecause: null })
  })

  it('are none where only a bridge of Podman has the address, as that of its DNS', () => {
    const face = (name: string, kind: 'physical' | 'bridge', address: string) => ({
      name,
      kind,
      addresses: [address],
      up: true,
      master: null,
    })
    const app = { ...network('app'), interface: 'podman1' }
    const ports = [
      { hostPort: 81, hostIp: '10.89.0.1' },
      { hostPort: 82, hostIp: '198.51.100.2' },
    ]
    const one = listening(host([app], [{ name: 'web', on: ['app'], ports }]), [
      listener('10.89.0.1', 53, 'aardvark-dns'),
      listener('198.51.100.2', 22, 'sshd'),
      listener('203.0.113.9', 23, 'telnetd'),
    ])
    const seen = {
      ...one,
      interfaces: [face('eth0', 'physical', '198.51.100.2/24'), face('podman1', 'bridge', '10.89.0.1/24')],
    }
    expect(countThings(topology(seen)).doors).toEqual({ published: 1, listening: 2, unknownBecause: null })
    expect(countThings(topology({ ...seen, interfaces: null })).doors).toMatchObject({ published: 2, listening: 3 })
  })

  it("count a container's own socket beside a published port of the same number that leads nowhere", () => {
    const dead = host([network('app')], [{ name: 'web', on: ['app'], ports: [{ hostPort: 8080, forwarded: 'no' }] }])
    const own = { ...listener('0.0.0.0', 8080, 'nginx'), containerId: 'host-mode' }
    expect(countThings(topology(listening(dead, [own]))).doors).toMatchObject({ published: 0, listening: 1 })
  })

  it('are counted once for two connections to one machine', () => {
    const sshd = [listener('0.0.0.0', 22, 'sshd')]
    const rootful = listening(host([], []), sshd)
    const rootless = listening(host([], [], { id: 'user', name: 'user' }), sshd)
    expect(countThings(topology(rootful, rootless)).doors.listening).toBe(1)
    expect(countThings(topology(rootful, { ...rootless, machine: 'other' })).doors.listening).toBe(2)
  })

  it('are not said to be complete when listeners are unknown', () => {
    expect(countThings(topology(host([], []))).doors.unknownBecause).toBe('not read')
  })
})

it('leaves the infra containers of pods out', () => {
  const one = host(
    [network('app')],
    [
      { name: 'web', on: ['app'] },
      { name: 'x', on: ['app'], state: 'exited' },
    ],
  )
  const [first, ...rest] = one.containers
  if (!first) throw new Error('two containers')
  const counts = countThings(topology({ ...one, containers: [{ ...first, isInfra: true }, ...rest] }))
  expect(counts).toMatchObject({ containers: 1, running: 0, networks: 1 })
})
