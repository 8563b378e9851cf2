import { expect, test } from 'vitest'
import { enabledRules } from '../engine'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { noUserns } from './no-userns'

const web = { name: 'web', ports: [door()] }

test('a rootful container without user namespace that is reached from outside is for information', () => {
  expect(run(noUserns, { containers: [web] }).findings).toMatchObject([
    { severity: 'info', evidence: [{ value: 'unset' }] },
  ])
  expect(hitsOf(noUserns, { containers: [{ ...web, facts: { usernsMode: 'host' } }] })).toEqual(['web'])
})

test('it is off unless asked for', () => {
  expect(enabledRules()).not.toContain(noUserns)
})

test('a user namespace, no way in, and rootless engines are no hit', () => {
  const containers = [{ ...web, facts: { usernsMode: 'auto' } }, { name: 'worker' }]
  expect(hitsOf(noUserns, { containers })).toEqual([])
  expect(run(noUserns, { containers: [web], rootless: true })).toMatchObject({
    findings: [],
    notExamined: ['host firewall'],
  })
})

test('what was not read or not said is unknown', () => {
  const spec = { containers: [unread('ghost'), { ...web, facts: { usernsMode: null } }] }
  expect(hitsOf(noUserns, spec)).toEqual([])
  expect(unknownOf(noUserns, spec)).toEqual(['web: its user namespace is not known', 'ghost: inspect answered 500'])
  expect(unknownOf(noUserns, { containers: [web], rootless: null })).toHaveLength(1)
})
