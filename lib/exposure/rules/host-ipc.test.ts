import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { hostIpc } from './host-ipc'

const containers = [{ name: 'tool', facts: { ipcMode: 'host' } }]

test('--ipc=host is medium, low when rootless, one step lower when stopped', () => {
  expect(run(hostIpc, { containers }).findings).toMatchObject([
    { severity: 'medium', evidence: [{ field: 'HostConfig.IpcMode', value: 'host' }] },
  ])
  expect(run(hostIpc, { containers, rootless: true }).findings).toMatchObject([{ severity: 'low' }])
  const stopped = [{ ...containers[0], name: 'tool', state: 'exited' as const }]
  expect(run(hostIpc, { containers: stopped }).findings).toMatchObject([{ severity: 'low' }])
})

test('other modes are no hit', () => {
  const others = ['private', 'shareable', 'container:1234', ''].map(mode => ({
    name: `c${mode}`,
    facts: { ipcMode: mode },
  }))
  expect(hitsOf(hostIpc, { containers: others })).toEqual([])
})

test('what was not read or not said is unknown', () => {
  const spec = {
    containers: [unread('ghost', { facts: { ipcMode: 'host' } }), { name: 'mute', facts: { ipcMode: null } }],
  }
  expect(hitsOf(hostIpc, spec)).toEqual([])
  expect(unknownOf(hostIpc, spec)).toEqual(['mute: its IpcMode is not known', 'ghost: inspect answered 500'])
})
