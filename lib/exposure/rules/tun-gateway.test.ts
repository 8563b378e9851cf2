import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { tunGateway } from './tun-gateway'

const facts = { devices: ['/dev/net/tun'] }

test('a tun device is found, and whether it can be used', () => {
  const containers = [
    { name: 'vpn', facts, capabilities: ['CAP_NET_ADMIN'] },
    { name: 'wish', facts },
  ]
  expect(run(tunGateway, { containers }).findings).toMatchObject([
    { severity: 'low', subject: { name: 'vpn' }, message: expect.stringContaining('and CAP_NET_ADMIN: it can') },
    { severity: 'low', subject: { name: 'wish' }, message: expect.stringContaining('it could') },
  ])
})

test('other devices are no hit', () => {
  expect(hitsOf(tunGateway, { containers: [{ name: 'gpu', facts: { devices: ['/dev/dri'] } }] })).toEqual([])
})

test('what was not read or not said is unknown', () => {
  const spec = { containers: [unread('ghost', { facts }), { name: 'mute', facts: { devices: null } }] }
  expect(hitsOf(tunGateway, spec)).toEqual([])
  expect(unknownOf(tunGateway, spec)).toEqual(['mute: its devices are not known', 'ghost: inspect answered 500'])
})
