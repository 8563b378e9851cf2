import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { capNetAdmin } from './cap-net-admin'

const containers = [{ name: 'tool', capabilities: ['CAP_NET_ADMIN'] }]

test('the capability is found, medium when rootful and low when rootless', () => {
  expect(run(capNetAdmin, { containers }).findings).toMatchObject([
    {
      severity: 'medium',
      evidence: [{ value: 'CAP_NET_ADMIN' }],
      fix: {
        podman: '# create tool again without: --cap-add CAP_NET_ADMIN',
        quadlet: '# remove: AddCapability=CAP_NET_ADMIN',
      },
    },
  ])
  expect(run(capNetAdmin, { containers, rootless: true }).findings).toMatchObject([{ severity: 'low' }])
})

test('without it, privileged, or in the namespace of the host it is no hit', () => {
  const others = [
    { name: 'plain', capabilities: ['CAP_SYS_TIME'] },
    { name: 'privileged', capabilities: ['CAP_NET_ADMIN'], privileged: true },
    { name: 'agent', capabilities: ['CAP_NET_ADMIN'], mode: 'host' as const },
  ]
  expect(hitsOf(capNetAdmin, { containers: others })).toEqual([])
})

test('a container that was not read, or whose capabilities are not said, is unknown', () => {
  const spec = {
    containers: [unread('ghost', { capabilities: ['CAP_NET_ADMIN'] }), { name: 'mute', facts: { boundingCaps: null } }],
  }
  expect(hitsOf(capNetAdmin, spec)).toEqual([])
  expect(unknownOf(capNetAdmin, spec)).toEqual([
    'mute: the engine does not say which capabilities it has',
    'ghost: inspect answered 500',
  ])
})
