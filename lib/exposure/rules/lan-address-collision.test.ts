import { expect, test } from 'vitest'
import type { Interface } from '@/lib/topology/types'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { lanAddressCollision } from './lan-address-collision'

const eth0: Interface = { name: 'eth0', kind: 'physical', addresses: ['198.51.100.2/24'], up: true, master: null }
const networks = [
  { name: 'lan', driver: 'macvlan', interface: 'eth0' },
  { name: 'lan2', driver: 'ipvlan', interface: 'eth0' },
  { name: 'app', interface: 'podman1' },
]
const at = (name: string, network: string, address: string) => ({ name, networks: { [network]: [address] } })

test('a container with the address of the host is found by its name', () => {
  const spec = { networks, interfaces: [eth0], containers: [at('printer', 'lan', '198.51.100.2')] }
  expect(run(lanAddressCollision, spec).findings).toMatchObject([
    {
      severity: 'high',
      subject: { kind: 'container', name: 'printer' },
      message: expect.stringContaining(
        "printer has 198.51.100.2 on eth0 (network lan), which is also the address of the host's eth0",
      ),
    },
  ])
})

test('two containers on one parent are both told', () => {
  const containers = [at('a', 'lan', '198.51.100.9'), at('b', 'lan2', '198.51.100.9')]
  expect(hitsOf(lanAddressCollision, { networks, interfaces: [eth0], containers })).toEqual(['a', 'b'])
})

test('addresses of their own, duplicates on bridges, stopped and rootless ones are no hit', () => {
  const containers = [
    at('a', 'lan', '198.51.100.9'),
    at('x', 'app', '10.89.0.2'),
    at('y', 'app', '10.89.0.2'),
    { ...at('old', 'lan', '198.51.100.2'), state: 'exited' as const },
  ]
  expect(hitsOf(lanAddressCollision, { networks, interfaces: [eth0], containers })).toEqual([])
  const rootless = { rootless: true, networks, interfaces: [eth0], containers: [at('printer', 'lan', '198.51.100.2')] }
  expect(hitsOf(lanAddressCollision, rootless)).toEqual([])
})

test("without the host's interfaces its own addresses are unknown", () => {
  const spec = { networks, interfaces: null, containers: [at('printer', 'lan', '198.51.100.2')] }
  expect(hitsOf(lanAddressCollision, spec)).toEqual([])
  expect(unknownOf(lanAddressCollision, spec)).toEqual([
    'lan: whether the host itself has one of its addresses is not known',
  ])
})

test('a container that was not read is not judged, though its address is known and collides', () => {
  const containers = [at('a', 'lan', '198.51.100.9'), unread('b', { networks: { lan: ['198.51.100.9'] } })]
  const spec = { networks, interfaces: [eth0], containers }
  expect(run(lanAddressCollision, spec).findings).toMatchObject([
    { subject: { name: 'a' }, message: expect.stringContaining('also the address of b') },
  ])
  expect(unknownOf(lanAddressCollision, spec)).toEqual(['b: inspect answered 500'])
})
