import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { netnsJoined } from './netns-joined'

test('a joiner is told with whom', () => {
  const containers = [{ name: 'vpn' }, { name: 'sidecar', joins: 'vpn' }]
  expect(run(netnsJoined, { containers }).findings).toMatchObject([
    { severity: 'info', subject: { name: 'sidecar' }, message: expect.stringContaining('uses the network of vpn') },
  ])
})

test('pod members, joiners of the host’s namespace and others are no hit', () => {
  const containers = [
    { name: 'infra', pod: 'shop', isInfra: true },
    { name: 'shop-web', pod: 'shop' },
    { name: 'exporter', mode: 'host' as const },
    { name: 'agent', joins: 'exporter' },
    { name: 'web' },
  ]
  expect(hitsOf(netnsJoined, { containers })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [{ name: 'vpn' }, unread('ghost', { joins: 'vpn' })] }
  expect(hitsOf(netnsJoined, spec)).toEqual([])
  expect(unknownOf(netnsJoined, spec)).toEqual(['ghost: inspect answered 500'])
})
