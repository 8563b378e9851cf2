import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, readBindAddress } from './scope'
import type { BindScope } from './types'

test.each<[BindScope, string[]]>([
  ['wildcard', ['', '0.0.0.0', '::', '[::]', '0:0:0:0:0:0:0:0', '::0', '0000::', '::ffff:0.0.0.0', '::ffff:0:0']],
  ['loopback', ['127.0.0.1', '127.8.9.10', '::1', '0:0:0:0:0:0:0:1', '[::1]', '::ffff:127.0.0.1', '::ffff:7f00:1']],
  [
    'private',
    ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.2', '169.254.1.1', '100.64.0.1', '100.127.255.254'],
  ],
  ['private', ['fd10::1', 'fc00::1', 'fe80::1', 'fe80::1%eth0', '::ffff:192.168.1.2']],
  [
    'public',
    ['203.0.113.7', '8.8.8.8', '172.32.0.1', '100.128.0.1', '192.169.0.1', '2001:db8::1', '0.0.0.5', '::ffff:8.8.8.8'],
  ],
  // No addresses: never loopback or private by guess.
  [
    'public',
    ['0', '127.1', '0x7f.1', '2130706433', '017700000001', '010.0.0.1', 'localhost', '127.0.0.1 ', '::127.0.0.1', '*'],
  ],
])('%s: %j', (scope, addresses) => {
  for (const address of addresses) expect([address, readBindAddress(address).scope]).toEqual([address, scope])
})

test('what is no address says so, and what is one raises no doubt', () => {
  for (const text of ['0', '127.1', 'localhost', '::127.0.0.1', ' ', '1.2.3.4/8'])
    expect(readBindAddress(text)).toMatchObject({ address: null, doubt: expect.stringContaining('no IP address') })
  for (const text of ['', '0.0.0.0', '::1', 'fe80::1%eth0']) expect(readBindAddress(text).doubt).toBeNull()
})

test('the family is that of the spelling, as the rules of netavark match it', () => {
  const family = (text: string) => readBindAddress(text).family
  expect([family(''), family('0.0.0.0'), family('::'), family('::ffff:10.0.0.1')]).toEqual([
    null,
    'ipv4',
    'ipv6',
    'ipv6',
  ])
})

test('every spelling of an address is one address', () => {
  expect(canonical('2001:DB8:0:0::1')).toBe(canonical('2001:db8::1'))
  expect(canonical('web')).toBe('web')
})

test('no text makes it throw, and loopback is only what the kernel takes for loopback', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.ipV4Extended()), text => {
      const { scope } = readBindAddress(text)
      if (scope === 'loopback' && !text.includes(':')) expect(text).toMatch(/^127\.\d+\.\d+\.\d+$/)
    }),
  )
})
