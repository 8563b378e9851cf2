import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { sharedPropagation } from './shared-propagation'

const mounts = (propagation: string | null) => [
  { type: 'bind', source: '/mnt', destination: '/data', writable: true, propagation },
]

test.each(['shared', 'rshared'])('%s is found', propagation => {
  expect(
    run(sharedPropagation, { containers: [{ name: 'c', facts: { mounts: mounts(propagation) } }] }).findings,
  ).toMatchObject([{ severity: 'low', evidence: [{ field: 'Mounts[/data].Propagation', value: propagation }] }])
})

test.each(['rprivate', 'rslave', 'slave', '', null])('%s is no hit', propagation => {
  expect(hitsOf(sharedPropagation, { containers: [{ name: 'c', facts: { mounts: mounts(propagation) } }] })).toEqual([])
})

test('what was not read or not said is unknown', () => {
  const spec = {
    containers: [unread('ghost', { facts: { mounts: mounts('shared') } }), { name: 'mute', facts: { mounts: null } }],
  }
  expect(hitsOf(sharedPropagation, spec)).toEqual([])
  expect(unknownOf(sharedPropagation, spec)).toEqual(['mute: its mounts are not known', 'ghost: inspect answered 500'])
})
