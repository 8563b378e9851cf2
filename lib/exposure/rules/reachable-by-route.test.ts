import { expect, test } from 'vitest'
import type { Interface } from '@/lib/topology/types'
import { door, hitsOf, listener, run, unknownOf } from '../testing'
import { reachableByRoute } from './reachable-by-route'

const face = (name: string, given: Partial<Interface> = {}): Interface => ({
  name,
  kind: 'physical',
  addresses: ['192.0.2.2/24'],
  up: true,
  master: null,
  ...given,
})
const subnets = [{ cidr: '10.89.0.0/24', gateway: '10.89.0.1' }]
const spec = {
  networks: [{ name: 'app', interface: 'podman1', subnets }],
  interfaces: [face('eth0'), face('podman1', { kind: 'bridge', addresses: ['10.89.0.1/24'] })],
  containers: [
    {
      name: 'db',
      networks: { app: ['10.89.0.2'] },
      ports: [door()],
      listeners: [listener(), listener({ port: 5432 })],
    },
  ],
}

test('a forwarding host is found once, with its networks, segments, and what listens unpublished', () => {
  const { findings } = run(reachableByRoute, spec)
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      confidence: 'medium',
      subject: { kind: 'host' },
      message: expect.stringMatching(
        /the segment of eth0 .*every port on app.*Listening there without being published: db 5432\/tcp\./,
      ),
      evidence: [
        { field: 'net.ipv4.ip_forward', value: '1' },
        { field: 'networks', value: 'app 10.89.0.0/24' },
      ],
    },
  ])
})

test('strict isolation does not help', () => {
  const isolation = { configured: 'strict', effective: 'strict' as const, because: '' }
  expect(hitsOf(reachableByRoute, { ...spec, networks: [{ name: 'app', interface: 'podman1', isolation }] })).toEqual([
    'testhost',
  ])
})

test('rootless, internal, unmanaged, unused, not forwarding, and alone are no hit', () => {
  const networks = [{ name: 'app', internal: true }, { name: 'lan', mode: 'unmanaged' }, { name: 'idle' }]
  expect(hitsOf(reachableByRoute, { ...spec, networks })).toEqual([])
  expect(hitsOf(reachableByRoute, { ...spec, rootless: true })).toEqual([])
  expect(hitsOf(reachableByRoute, { ...spec, facts: { forwarding: { ipv4: false, ipv6: false } } })).toEqual([])
  const alone = [
    face('lo', { kind: 'loopback' }),
    face('eth0', { up: false }),
    face('eth1', { addresses: ['fe80::1/64'] }),
    face('podman1'),
  ]
  expect(hitsOf(reachableByRoute, { ...spec, interfaces: alone })).toEqual([])
})

test('unknown forwarding lowers the confidence; without interfaces, or when it may be rootless, nobody knows', () => {
  expect(hitsOf(reachableByRoute, { ...spec, interfaces: null })).toEqual([])
  expect(unknownOf(reachableByRoute, { ...spec, interfaces: null })).toEqual([
    'whether neighbours reach containers by route: the interfaces of the host: not read',
  ])
  expect(run(reachableByRoute, { ...spec, facts: { forwarding: null } }).findings).toMatchObject([
    { confidence: 'low' },
  ])
  expect(hitsOf(reachableByRoute, { ...spec, rootless: null })).toEqual([])
  expect(unknownOf(reachableByRoute, { ...spec, rootless: null })).toHaveLength(1)
})
