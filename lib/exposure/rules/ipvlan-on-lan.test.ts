import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { ipvlanOnLan } from './ipvlan-on-lan'

const networks = [
  { name: 'l2', driver: 'ipvlan', interface: 'eth2' },
  { name: 'l3', driver: 'ipvlan', interface: 'eth3', mode: 'l3' },
  { name: 'lan', driver: 'macvlan', interface: 'eth0' },
]

test('l2 is high, l3 medium, and both together high', () => {
  const containers = [
    { name: 'cam', networks: { l2: ['192.0.2.193'] } },
    { name: 'cam2', networks: { l3: ['198.18.0.193'] } },
    { name: 'cam3', networks: { l3: ['198.18.0.194'], l2: ['192.0.2.194'] } },
  ]
  const { findings } = run(ipvlanOnLan, { networks, containers })
  expect(findings.map(one => [one.subject.name, one.severity])).toEqual([
    ['cam', 'high'],
    ['cam3', 'high'],
    ['cam2', 'medium'],
  ])
  expect(findings[2]?.message).toContain('198.18.0.193 on eth3 (network l3, ipvlan, mode l3)')
})

test('macvlan, stopped members and rootless engines are no hit', () => {
  const containers = [
    { name: 'hub', networks: { lan: ['192.168.1.9'] } },
    { name: 'old', state: 'created' as const, networks: { l2: [] } },
  ]
  expect(hitsOf(ipvlanOnLan, { networks, containers })).toEqual([])
  const rootless = { networks, rootless: true, containers: [{ name: 'cam', networks: { l2: ['192.0.2.193'] } }] }
  expect(hitsOf(ipvlanOnLan, rootless)).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { networks, containers: [unread('ghost', { networks: { l2: ['192.0.2.200'] } })] }
  expect(hitsOf(ipvlanOnLan, spec)).toEqual([])
  expect(unknownOf(ipvlanOnLan, spec)).toEqual(['ghost: inspect answered 500'])
})
