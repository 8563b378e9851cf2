import { expect, test } from 'vitest'
import { buildTopology } from '@/lib/topology/build'
import { known, network, probe, snapshot } from '@/lib/topology/testing'
import type { ProbeInterface } from '@/lib/probe/types'
import { outsideInterfaces } from './ends'

const face = (name: string, kind: ProbeInterface['kind'], spec: Partial<ProbeInterface> = {}): ProbeInterface => ({
  name,
  index: 1,
  kind,
  mac: null,
  mtu: 1500,
  addresses: [],
  up: true,
  master: null,
  parent: null,
  ...spec,
})

const outside = (...interfaces: ProbeInterface[]): string[] => {
  const { host } = buildTopology(
    snapshot({ networks: [network('app')], probe: probe({ interfaces: known(interfaces) }) }),
  )
  return outsideInterfaces(host).map(({ name }) => name)
}

const addresses = ['192.0.2.2/24']

test('a bridge of the machine leads outside by its uplink, whatever kind that is', () => {
  expect(outside(face('br0', 'bridge', { addresses }), face('eth0', 'physical', { master: 'br0' }))).toEqual([
    'br0',
    'eth0',
  ])
  expect(outside(face('br1', 'bridge', { addresses }), face('bond0', 'other', { master: 'br1' }))).toEqual(['br1'])
  expect(outside(face('virbr0', 'bridge', { addresses }), face('vnet0', 'tap', { master: 'virbr0' }))).toEqual([
    'virbr0',
  ])
})

test("the bridge of another engine, one left over, and Podman's own lead nowhere", () => {
  const bridges = ['docker0', 'podman7', 'app0'].map(name => face(name, 'bridge', { addresses }))
  expect(outside(...bridges, face('veth1', 'veth', { master: 'docker0' }))).toEqual([])
})
