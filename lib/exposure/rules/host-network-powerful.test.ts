import { expect, test } from 'vitest'
import { examine } from '../engine'
import { hitsOf, model, run, unknownOf, unread } from '../testing'
import { hostNetworkPowerful } from './host-network-powerful'

const host = { mode: 'host' as const }

test.each(['CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_SYS_ADMIN'])(
  '%s in the host’s namespace is critical, high when rootless',
  capability => {
    const containers = [{ name: 'agent', ...host, capabilities: [capability] }]
    expect(run(hostNetworkPowerful, { containers }).findings).toMatchObject([
      { severity: 'critical', message: expect.stringContaining(capability) },
    ])
    expect(run(hostNetworkPowerful, { containers, rootless: true }).findings).toMatchObject([{ severity: 'high' }])
  },
)

test('privileged is enough, and it is told once: host-network is part of it', () => {
  const spec = { containers: [{ name: 'agent', ...host, privileged: true }] }
  expect(hitsOf(hostNetworkPowerful, spec)).toEqual(['agent'])
  expect(examine([model(spec)]).findings.map(one => one.ruleId)).not.toContain('host-network')
})

test('host mode without them, and they without host mode, are no hit', () => {
  const containers = [
    { name: 'exporter', ...host, capabilities: ['CAP_SYS_TIME'] },
    { name: 'vpn', capabilities: ['CAP_NET_ADMIN'] },
  ]
  expect(hitsOf(hostNetworkPowerful, { containers })).toEqual([])
})

test('what was not read or not said is unknown', () => {
  const spec = { containers: [unread('ghost', host), { name: 'mute', ...host, facts: { boundingCaps: null } }] }
  expect(hitsOf(hostNetworkPowerful, spec)).toEqual([])
  expect(unknownOf(hostNetworkPowerful, spec)).toEqual([
    'mute: the engine does not say which capabilities it has',
    'ghost: inspect answered 500',
  ])
})
