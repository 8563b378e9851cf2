import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { confinementOff } from './confinement-off'

test.each(['label=disable', 'label:disable', 'seccomp=unconfined', 'apparmor=unconfined', 'unmask=all', 'unmask=ALL'])(
  '%s is found',
  option => {
    const facts = { securityOpt: ['no-new-privileges', option] }
    expect(run(confinementOff, { containers: [{ name: 'c', facts }] }).findings).toMatchObject([
      { severity: 'medium', evidence: [{ field: 'HostConfig.SecurityOpt', value: option }] },
    ])
  },
)

test('other options, profiles, and privileged containers are no hit', () => {
  const containers = [
    {
      name: 'a',
      facts: { securityOpt: ['no-new-privileges', 'label=type:qm_t', 'seccomp=/etc/p.json', 'unmask=/proc/acpi'] },
    },
    { name: 'b', privileged: true, facts: { securityOpt: ['unmask=all'] } },
  ]
  expect(hitsOf(confinementOff, { containers })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { facts: { securityOpt: ['label=disable'] } })] }
  expect(hitsOf(confinementOff, spec)).toEqual([])
  expect(unknownOf(confinementOff, spec)).toEqual(['ghost: inspect answered 500'])
})

test('Podman 4.3 does not tell of unmask=all', () => {
  const host = { engine: { podman: '4.3.1', netavark: null, defaultNetwork: 'podman' } }
  expect(unknownOf(confinementOff, { containers: [{ name: 'web' }], host })).toEqual([
    'which containers run with unmask=all: Podman 4.3.1 may not say so',
  ])
  expect(unknownOf(confinementOff, { containers: [{ name: 'web' }] })).toEqual([])
})
