import { expect, test } from 'vitest'
import { hitsOf, model, run, unknownOf } from '../testing'
import { examine } from '../engine'
import { lanParentImplicit } from './lan-parent-implicit'

const lan = { name: 'lan', driver: 'macvlan' }

test('macvlan and ipvlan without a parent are found, with the interface it is now', () => {
  const facts = { routes: [{ destination: '0.0.0.0/0', gateway: '192.0.2.1', interface: 'eth0' }] }
  expect(run(lanParentImplicit, { networks: [lan, { name: 'ip', driver: 'ipvlan' }], facts }).findings).toMatchObject([
    { severity: 'low', subject: { name: 'ip' } },
    {
      subject: { kind: 'network', name: 'lan' },
      message: expect.stringContaining('now eth0'),
      fix: { podman: '# create network lan again with: --opt parent=eth0' },
    },
  ])
})

test('a named parent, by either field, and other drivers are no hit', () => {
  const networks = [
    { ...lan, interface: 'eth0' },
    { ...lan, name: 'opt', options: { parent: 'eth1' } },
    { name: 'app' },
  ]
  expect(hitsOf(lanParentImplicit, { networks })).toEqual([])
})

test('a network whose options were not read is unknown', () => {
  const spec = model({ networks: [lan] })
  const bare = { ...spec, facts: { ...spec.facts, networks: {} } }
  const report = examine([bare], { rules: [lanParentImplicit] })
  expect(report.findings).toEqual([])
  expect(report.notExamined).toContain('network lan: its options were not read')
  expect(unknownOf(lanParentImplicit, { networks: [lan] })).toEqual([])
})
