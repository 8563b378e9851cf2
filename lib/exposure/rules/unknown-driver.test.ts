import { expect, test } from 'vitest'
import { examine } from '../engine'
import { hitsOf, model, run } from '../testing'
import { unknownDriver } from './unknown-driver'

const lan = { name: 'lan', driver: 'wireguard' }

test('a driver that is not known is told as unknown', () => {
  expect(run(unknownDriver, { networks: [lan] }).findings).toMatchObject([
    {
      severity: 'info',
      message: expect.stringContaining('driver wireguard: who reaches whom on it is unknown, not shut'),
    },
  ])
})

test('bridge, macvlan and ipvlan are no hit', () => {
  const networks = ['bridge', 'macvlan', 'ipvlan'].map(driver => ({ name: driver, driver }))
  expect(hitsOf(unknownDriver, { networks })).toEqual([])
})

test('a network whose options were not read is unknown', () => {
  const spec = model({ networks: [lan] })
  const report = examine([{ ...spec, facts: { ...spec.facts, networks: {} } }], { rules: [unknownDriver] })
  expect(report.findings).toEqual([])
  expect(report.notExamined).toContain('network lan: its options were not read')
})
