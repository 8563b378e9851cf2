import { expect, test } from 'vitest'
import type { Interface } from '@/lib/topology/types'
import { hitsOf, run, unknownOf } from '../testing'
import { duplicateAddress } from './duplicate-address'

const at = (name: string, network: string, ...addresses: string[]) => ({ name, networks: { [network]: addresses } })
const eth0: Interface = { name: 'eth0', kind: 'physical', addresses: ['198.51.100.2/24'], up: true, master: null }
const lan = { name: 'lan', driver: 'macvlan', interface: 'eth0' }

test('two containers with one address on one network are found together', () => {
  const spec = {
    networks: [{ name: 'app', interface: 'podman1' }],
    containers: [at('a', 'app', '10.89.0.2'), at('b', 'app', '10.89.0.2')],
  }
  expect(run(duplicateAddress, spec).findings).toMatchObject([
    {
      severity: 'high',
      subject: { kind: 'network', name: 'app' },
      message: expect.stringContaining('10.89.0.2 is used by a and b'),
      evidence: [
        { field: 'a NetworkSettings.Networks.app.IPAddress' },
        { field: 'b NetworkSettings.Networks.app.IPAddress' },
      ],
    },
  ])
})

test('a macvlan container with the address of the host', () => {
  const spec = { networks: [lan], interfaces: [eth0], containers: [at('printer', 'lan', '198.51.100.2')] }
  expect(run(duplicateAddress, spec).findings).toMatchObject([
    { subject: { name: 'lan' }, message: expect.stringContaining("the host's eth0 and printer") },
  ])
})

test('two networks on one parent are one segment, and addresses are compared as values', () => {
  const other = { ...lan, name: 'lan2' }
  const containers = [at('a', 'lan', '2001:db8::7'), at('b', 'lan2', '2001:0db8:0::0007')]
  expect(run(duplicateAddress, { networks: [lan, other], interfaces: [eth0], containers }).findings).toHaveLength(1)
})

test('a parent that is a port of a bridge stands on the segment of the bridge', () => {
  const port: Interface = { ...eth0, addresses: [], master: 'br0' }
  const bridge: Interface = { ...eth0, name: 'br0', kind: 'bridge' }
  const spec = { networks: [lan], interfaces: [port, bridge], containers: [at('printer', 'lan', '198.51.100.2')] }
  expect(hitsOf(duplicateAddress, spec)).toEqual(['lan'])
})

test('equal addresses on different bridges, of stopped containers, of pods and joiners, and of pasta are no hit', () => {
  const networks = [
    { name: 'a', interface: 'podman1' },
    { name: 'b', interface: 'podman2' },
    { name: 'c', interface: null },
    { name: 'd', interface: null },
  ]
  const containers = [
    at('one', 'a', '10.0.0.2'),
    at('two', 'b', '10.0.0.2'),
    at('three', 'c', '10.0.0.3'),
    at('four', 'd', '10.0.0.3'),
    { ...at('old', 'a', '10.0.0.2'), state: 'exited' as const },
    { name: 'joiner', joins: 'one' },
    { name: 'user', mode: 'pasta' as const },
  ]
  expect(hitsOf(duplicateAddress, { networks, containers, interfaces: [eth0] })).toEqual([])
})

test('one VLAN and another on the same bridge are two segments', () => {
  const networks = [
    { name: 'a', interface: 'br0', vlan: 10 },
    { name: 'b', interface: 'br0', vlan: 20 },
  ]
  const containers = [at('one', 'a', '10.0.0.2'), at('two', 'b', '10.0.0.2')]
  expect(hitsOf(duplicateAddress, { networks, containers })).toEqual([])
})

test('bridges of a rootless engine are compared with each other, never with the host', () => {
  const bridge: Interface = { ...eth0, name: 'podman1', kind: 'bridge', addresses: ['10.89.0.2/24'] }
  const spec = {
    rootless: true,
    networks: [{ name: 'app', interface: 'podman1' }],
    interfaces: [bridge],
    containers: [at('a', 'app', '10.89.0.2')],
  }
  expect(run(duplicateAddress, spec)).toMatchObject({ findings: [], notExamined: ['host firewall'] })
})

test("without the host's interfaces its own addresses are unknown", () => {
  const spec = { networks: [lan], interfaces: null, containers: [at('printer', 'lan', '198.51.100.2')] }
  expect(hitsOf(duplicateAddress, spec)).toEqual([])
  expect(unknownOf(duplicateAddress, spec)).toEqual([
    'lan: whether the host itself has one of its addresses is not known',
  ])
})
