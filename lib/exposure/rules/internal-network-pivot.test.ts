import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { internalNetworkPivot } from './internal-network-pivot'

const networks = [
  { name: 'back', internal: true },
  { name: 'front' },
  { name: 'other', internal: true },
  { name: 'lan', driver: 'macvlan', internal: true },
]
const on = (...names: string[]) => ({ networks: Object.fromEntries(names.map(name => [name, ['10.0.0.2']])) })

test('one that stands on both sides is medium, and high when it publishes', () => {
  const containers = [
    { name: 'proxy', ...on('back', 'front'), ports: [door({ hostPort: 443, containerPort: 443 })] },
    { name: 'worker', ...on('back', 'front'), ports: [door({ hostIp: '127.0.0.1', scope: 'loopback' as const })] },
  ]
  expect(run(internalNetworkPivot, { networks, containers }).findings).toMatchObject([
    { severity: 'high', subject: { name: 'proxy' }, message: expect.stringContaining('It also publishes 443/tcp') },
    {
      severity: 'medium',
      subject: { name: 'worker' },
      message: expect.stringContaining('on back (internal) and on front'),
    },
  ])
})

test('macvlan is a way out even when it is called internal', () => {
  expect(hitsOf(internalNetworkPivot, { networks, containers: [{ name: 'hub', ...on('back', 'lan') }] })).toEqual([
    'hub',
  ])
})

test('inside only, outside only, and a dead door are told apart', () => {
  const containers = [
    { name: 'db', ...on('back', 'other') },
    { name: 'web', ...on('front') },
    { name: 'hub', ...on('lan') },
  ]
  expect(hitsOf(internalNetworkPivot, { networks, containers })).toEqual([])
  const dead = [{ name: 'proxy', ...on('back', 'front'), ports: [door({ forwarded: 'no' })] }]
  expect(run(internalNetworkPivot, { networks, containers: dead }).findings).toMatchObject([{ severity: 'medium' }])
})

test('a container that was not read is unknown', () => {
  const spec = { networks, containers: [unread('ghost', on('back', 'front'))] }
  expect(hitsOf(internalNetworkPivot, spec)).toEqual([])
  expect(unknownOf(internalNetworkPivot, spec)).toEqual(['ghost: inspect answered 500'])
})
