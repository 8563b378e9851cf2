import { expect, test } from 'vitest'
import { examine } from '../engine'
import { hitsOf, model, run } from '../testing'
import { staticRouteAdded } from './static-route-added'

const lan = { name: 'lan', routes: [{ destination: '10.1.0.0/24', gateway: '10.89.0.10' }] }

test('routes of a network are told', () => {
  expect(run(staticRouteAdded, { networks: [lan] }).findings).toMatchObject([
    {
      severity: 'info',
      message: expect.stringContaining('10.1.0.0/24 via 10.89.0.10'),
      evidence: [{ field: 'routes[10.1.0.0/24].gateway', value: '10.89.0.10' }],
    },
  ])
})

test('networks without routes are no hit', () => {
  expect(hitsOf(staticRouteAdded, { networks: [{ name: 'app' }] })).toEqual([])
})

test('a network whose options were not read is unknown', () => {
  const spec = model({ networks: [lan] })
  const report = examine([{ ...spec, facts: { ...spec.facts, networks: {} } }], { rules: [staticRouteAdded] })
  expect(report.findings).toEqual([])
  expect(report.notExamined).toContain('network lan: its options were not read')
})
