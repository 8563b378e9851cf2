import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { hostPid } from './host-pid'

const containers = [{ name: 'tool', facts: { pidMode: 'host' } }]

test('--pid=host is high, medium when rootless, one step lower when stopped', () => {
  expect(run(hostPid, { containers }).findings).toMatchObject([
    { severity: 'high', evidence: [{ field: 'HostConfig.PidMode', value: 'host' }] },
  ])
  expect(run(hostPid, { containers, rootless: true }).findings).toMatchObject([{ severity: 'medium' }])
  const stopped = [{ ...containers[0], name: 'tool', state: 'exited' as const }]
  expect(run(hostPid, { containers: stopped }).findings).toMatchObject([{ severity: 'medium' }])
})

test('other modes are no hit', () => {
  const others = ['private', 'shareable', 'container:1234', ''].map(mode => ({
    name: `c${mode}`,
    facts: { pidMode: mode },
  }))
  expect(hitsOf(hostPid, { containers: others })).toEqual([])
})

test('what was not read or not said is unknown', () => {
  const spec = {
    containers: [unread('ghost', { facts: { pidMode: 'host' } }), { name: 'mute', facts: { pidMode: null } }],
  }
  expect(hitsOf(hostPid, spec)).toEqual([])
  expect(unknownOf(hostPid, spec)).toEqual(['mute: its PidMode is not known', 'ghost: inspect answered 500'])
})
