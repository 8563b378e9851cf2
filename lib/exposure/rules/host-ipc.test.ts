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

test('Podman before 4.5 does not tell', () => {
  const old = { podman: '4.3.1', netavark: null, defaultNetwork: 'podman' }
  const spec = { containers: [{ name: 'web' }, { name: 'own', facts: { ipcMode: 'private' } }] }
  expect(unknownOf(hostIpc, { ...spec, host: { engine: old } })).toEqual([
    'web: Podman 4.3.1 says IpcMode shareable of --ipc=host too',
  ])
  expect(unknownOf(hostIpc, { ...spec, host: { engine: { ...old, podman: '4.9.3' } } })).toEqual([])
  expect(unknownOf(hostIpc, { ...spec, host: { engine: null } })).toHaveLength(1)
})
