import { expect, test } from 'vitest'
import { examine } from '../engine'
import { hitsOf, model, run } from '../testing'
import { internalMacvlanIllusion } from './internal-macvlan-illusion'

const lan = { name: 'lan', driver: 'macvlan', interface: 'eth0', internal: true }
const containers = [{ name: 'hub', networks: { lan: ['192.168.1.9'] } }]

test('an internal macvlan is medium, one step lower while nobody is on it', () => {
  expect(run(internalMacvlanIllusion, { networks: [lan], containers }).findings).toMatchObject([
    { severity: 'medium', subject: { name: 'lan' }, message: expect.stringContaining('the segment of eth0') },
  ])
  expect(run(internalMacvlanIllusion, { networks: [lan] }).findings).toMatchObject([{ severity: 'low' }])
})

test('macvlan that does not claim to be internal, and internal bridges, are no hit', () => {
  const networks = [
    { ...lan, internal: false },
    { name: 'vault', internal: true },
  ]
  expect(hitsOf(internalMacvlanIllusion, { networks, containers })).toEqual([])
})

test('a network whose options were not read is unknown', () => {
  const spec = model({ networks: [lan] })
  const report = examine([{ ...spec, facts: { ...spec.facts, networks: {} } }], { rules: [internalMacvlanIllusion] })
  expect(report.findings).toEqual([])
  expect(report.notExamined).toContain('network lan: its options were not read')
})
