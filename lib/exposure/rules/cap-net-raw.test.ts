import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { capNetRaw } from './cap-net-raw'

const containers = [{ name: 'tool', capabilities: ['CAP_NET_RAW'] }]

test('the capability is found, medium when rootful and low when rootless', () => {
  expect(run(capNetRaw, { containers }).findings).toMatchObject([
    {
      severity: 'medium',
      evidence: [{ value: 'CAP_NET_RAW' }],
      fix: {
        podman: '# create tool again without: --cap-add CAP_NET_RAW',
        quadlet: '# remove: AddCapability=CAP_NET_RAW',
      },
    },
  ])
  expect(run(capNetRaw, { containers, rootless: true }).findings).toMatchObject([{ severity: 'low' }])
})

test('without it, privileged, or in the namespace of the host it is no hit', () => {
  const others = [
    { name: 'plain', capabilities: ['CAP_SYS_TIME'] },
    { name: 'privileged', capabilities: ['CAP_NET_RAW'], privileged: true },
    { name: 'agent', capabilities: ['CAP_NET_RAW'], mode: 'host' as const },
  ]
  expect(hitsOf(capNetRaw, { containers: others })).toEqual([])
})

test('a container that was not read, or whose capabilities are not said, is unknown', () => {
  const spec = {
    containers: [unread('ghost', { capabilities: ['CAP_NET_RAW'] }), { name: 'mute', facts: { boundingCaps: null } }],
  }
  expect(hitsOf(capNetRaw, spec)).toEqual([])
  expect(unknownOf(capNetRaw, spec)).toEqual([
    'mute: the engine does not say which capabilities it has',
    'ghost: inspect answered 500',
  ])
})
