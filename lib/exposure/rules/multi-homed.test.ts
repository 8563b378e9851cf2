import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { multiHomed } from './multi-homed'

const networks = [{ name: 'a' }, { name: 'b' }, { name: 'vault', internal: true }]
const both = { networks: { a: ['10.89.0.2'], b: ['10.89.1.2'] } }

test('a container on two networks is a pivot, for information', () => {
  expect(run(multiHomed, { networks, containers: [{ name: 'proxy', ...both }] }).findings).toMatchObject([
    { severity: 'info', subject: { name: 'proxy' }, message: expect.stringContaining('proxy is on a and b') },
  ])
})

test('one that can route between them is medium, also when the power is that of a joiner', () => {
  const admin = { capabilities: ['CAP_NET_ADMIN'] }
  const cases = [
    [{ name: 'proxy', ...both, ...admin }],
    [{ name: 'proxy', ...both, facts: { devices: ['/dev/net/tun'] } }],
    [{ name: 'proxy', ...both, privileged: true }],
    [
      { name: 'proxy', ...both },
      { name: 'vpn', joins: 'proxy', ...admin },
    ],
  ]
  for (const containers of cases) {
    expect(run(multiHomed, { networks, containers }).findings).toMatchObject([
      { severity: 'medium', subject: { name: 'proxy' }, message: expect.stringContaining('route between them') },
    ])
  }
})

test('one network, and one that is internal, are no hit', () => {
  const containers = [
    { name: 'web', networks: { a: ['10.89.0.3'] } },
    { name: 'db', networks: { a: ['10.89.0.4'], vault: ['10.90.0.2'] } },
  ]
  expect(hitsOf(multiHomed, { networks, containers })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { networks, containers: [unread('ghost', both)] }
  expect(hitsOf(multiHomed, spec)).toEqual([])
  expect(unknownOf(multiHomed, spec)).toEqual(['ghost: inspect answered 500'])
})
