import { expect, test } from 'vitest'
import { snapshot } from '@/lib/topology/testing'
import { selfOf } from './self'

const config = { listenAddress: '127.0.0.1', listenPort: 4410, token: null }
const host = (id: string, isOwn: boolean, available = true) => {
  const { connection, probe } = snapshot()
  return { connection: { ...connection, id }, probe: { ...probe, available, hostNetnsIsOwn: isOwn } }
}

test('its own host is the one whose network namespace the kernel shows to be this one', () => {
  expect(selfOf(config, [host('a', false), host('b', true), host('c', true)]).hostId).toBe('b')
})

test('without that proof it is unknown', () => {
  expect(selfOf(config, []).hostId).toBeNull()
  expect(selfOf(config, [host('a', false), host('b', true, false)]).hostId).toBeNull()
})

test.each<[address: string, loopback: boolean, listen: string]>([
  ['127.0.0.1', true, '127.0.0.1:4410'],
  ['::1', true, '[::1]:4410'],
  ['::ffff:127.0.0.1', true, '[::ffff:127.0.0.1]:4410'],
  ['0.0.0.0', false, '0.0.0.0:4410'],
  ['::', false, '[::]:4410'],
  ['192.0.2.1', false, '192.0.2.1:4410'],
])('%s', (listenAddress, loopback, listen) => {
  expect(selfOf({ ...config, listenAddress }, [])).toMatchObject({ loopback, listen, authenticated: false })
  expect(selfOf({ ...config, listenAddress, token: 'x' }, [])).toMatchObject({ authenticated: true })
})
