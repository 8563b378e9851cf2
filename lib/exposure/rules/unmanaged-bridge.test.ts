import { expect, test } from 'vitest'
import { examine } from '../engine'
import { hitsOf, model, run } from '../testing'
import { unmanagedBridge } from './unmanaged-bridge'

const lan = { name: 'lan', mode: 'unmanaged', interface: 'br0' }
const containers = [{ name: 'web', networks: { lan: ['192.168.1.9'] } }]

test('an unmanaged bridge is found, with the interfaces that are ports of it', () => {
  const interfaces = [
    { name: 'eth0', kind: 'physical' as const, addresses: [], up: true, master: 'br0' },
    { name: 'veth7', kind: 'veth' as const, addresses: [], up: true, master: 'br0' },
    { name: 'eth1', kind: 'physical' as const, addresses: [], up: true, master: null },
  ]
  expect(run(unmanagedBridge, { networks: [lan], containers, interfaces }).findings).toMatchObject([
    { severity: 'medium', subject: { name: 'lan' }, message: expect.stringContaining('and eth0 is a port of it') },
  ])
})

test('unused it is one step lower', () => {
  expect(run(unmanagedBridge, { networks: [lan], interfaces: null }).findings).toMatchObject([{ severity: 'low' }])
})

test('managed bridges and other drivers are no hit', () => {
  const networks = [{ name: 'app' }, { name: 'mac', driver: 'macvlan', mode: 'bridge' }]
  expect(hitsOf(unmanagedBridge, { networks })).toEqual([])
})

test('a network whose options were not read is unknown', () => {
  const spec = model({ networks: [lan] })
  const report = examine([{ ...spec, facts: { ...spec.facts, networks: {} } }], { rules: [unmanagedBridge] })
  expect(report.findings).toEqual([])
  expect(report.notExamined).toContain('network lan: its options were not read')
})
