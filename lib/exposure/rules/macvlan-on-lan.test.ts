import { expect, test } from 'vitest'
import { hitsOf, listener, run, unknownOf, unread } from '../testing'
import { macvlanOnLan } from './macvlan-on-lan'

const networks = [
  { name: 'lan', driver: 'macvlan', interface: 'eth0' },
  { name: 'app', interface: 'podman1' },
]

test('a member is told with its address, parent and mode', () => {
  const [finding] = run(macvlanOnLan, {
    networks,
    containers: [
      { name: 'pihole', networks: { lan: ['192.168.1.53'] }, listeners: [listener({ port: 53, protocol: 'udp' })] },
    ],
  }).findings
  expect(finding).toMatchObject({
    severity: 'high',
    confidence: 'high',
    evidence: [{ field: 'NetworkSettings.Networks.lan.IPAddress', value: '192.168.1.53' }],
  })
  expect(finding?.message).toContain('192.168.1.53 on eth0 (network lan, macvlan, mode bridge)')
  expect(finding?.message).toContain('It listens on 53/udp')
})

test('those who share the namespace are named, and found once', () => {
  const containers = [
    { name: 'hub', networks: { lan: ['192.168.1.9'] } },
    { name: 'sidecar', joins: 'hub' },
  ]
  expect(run(macvlanOnLan, { networks, containers }).findings).toMatchObject([
    { subject: { name: 'hub' }, message: expect.stringContaining('sidecar shares its namespace') },
  ])
})

test('bridges, stopped members and rootless engines are no hit', () => {
  const containers = [
    { name: 'web', networks: { app: ['10.89.0.2'] } },
    { name: 'old', state: 'exited' as const, networks: { lan: [] } },
  ]
  expect(hitsOf(macvlanOnLan, { networks, containers })).toEqual([])
  const rootless = { networks, rootless: true, containers: [{ name: 'hub', networks: { lan: ['10.0.0.2'] } }] }
  expect(hitsOf(macvlanOnLan, rootless)).toEqual([])
})

test('an engine that may be rootless is told as an assumption; a container that was not read is unknown', () => {
  const containers = [{ name: 'hub', networks: { lan: ['192.168.1.9'] } }, unread('ghost', { networks: { lan: [] } })]
  expect(run(macvlanOnLan, { networks, containers, rootless: null }).findings).toMatchObject([
    { confidence: 'medium', message: expect.stringContaining('assuming rootful') },
  ])
  expect(unknownOf(macvlanOnLan, { networks, containers })).toEqual(['ghost: inspect answered 500'])
})
