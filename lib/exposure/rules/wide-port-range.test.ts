import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { widePortRange } from './wide-port-range'

const range = (length: number, given = {}) =>
  Array.from({ length }, (_, i) => door({ hostPort: 10_000 + i, containerPort: 10_000 + i, protocol: 'udp', ...given }))

test('more than sixteen ports are found, as a range', () => {
  expect(run(widePortRange, { containers: [{ name: 'rtp', ports: range(17) }] }).findings).toMatchObject([
    {
      severity: 'low',
      message: expect.stringContaining('17 host ports: 10000-10016/udp'),
      evidence: [{ field: 'Ports[10000-10016/udp].host_ip' }],
    },
  ])
})

test('the same ports on two addresses count once, and still fold', () => {
  const both = range(9).flatMap(one => [
    { ...one, hostIp: '0.0.0.0' },
    { ...one, hostIp: '::' },
  ])
  expect(hitsOf(widePortRange, { containers: [{ name: 'rtp', ports: both }] })).toEqual([])
  const [finding] = run(widePortRange, { containers: [{ name: 'rtp', ports: both }] }, { wideRange: 8 }).findings
  expect(finding?.evidence).toHaveLength(2)
})

test('sixteen, loopback and dead ports are no hit', () => {
  const containers = [
    { name: 'few', ports: range(16) },
    { name: 'local', ports: range(30, { hostIp: '127.0.0.1', scope: 'loopback' }) },
    { name: 'dead', ports: range(30, { forwarded: 'no' }) },
  ]
  expect(hitsOf(widePortRange, { containers })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { ports: range(20) })] }
  expect(hitsOf(widePortRange, spec)).toEqual([])
  expect(unknownOf(widePortRange, spec)).toEqual(['ghost: inspect answered 500'])
})
