import { describe, expect, test } from 'vitest'
import { parseRange, peerOf } from './peer'

const trusted = ['10.0.0.0/8', 'fd00::/8', '127.0.0.1'].flatMap(text => parseRange(text) ?? [])
const from = (remoteAddress: string, ...headers: [string, string][]) =>
  peerOf({ remoteAddress, encrypted: false }, headers.flat(), trusted)

describe('forwarding headers', () => {
  const claims: [string, string][] = [
    ['X-Forwarded-For', '198.51.100.7'],
    ['X-Forwarded-Proto', 'https'],
  ]

  test('of anybody count for nothing', () => {
    expect(from('192.0.2.1', ...claims)).toEqual({ address: '192.0.2.1', secure: false })
    expect(peerOf({ remoteAddress: '127.0.0.1', encrypted: false }, claims.flat(), [])).toEqual({
      address: '127.0.0.1',
      secure: false,
    })
  })

  test('of a trusted proxy count', () => {
    expect(from('10.1.2.3', ...claims)).toEqual({ address: '198.51.100.7', secure: true })
    expect(from('::ffff:127.0.0.1', ...claims)).toEqual({ address: '198.51.100.7', secure: true })
  })

  test('count as far as trusted proxies wrote them', () => {
    const forged = '203.0.113.9, 198.51.100.7, 10.0.0.2'
    expect(from('10.0.0.1', ['X-Forwarded-For', forged]).address).toBe('198.51.100.7')
    expect(from('10.0.0.1', ['X-Forwarded-For', '203.0.113.9'], ['X-Forwarded-For', '198.51.100.7']).address).toBe(
      '198.51.100.7',
    )
    expect(from('10.0.0.1', ['X-Forwarded-For', '10.0.0.3, 10.0.0.2']).address).toBe('10.0.0.3')
  })

  test.each([
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['2001:DB8::1', '2001:db8::1'],
    ['198.51.100.7:1234', '198.51.100.7'],
    ['unknown', '10.0.0.1'],
    ['127.1', '10.0.0.1'],
    ['evil\t198.51.100.7', '10.0.0.1'],
    ['', '10.0.0.1'],
  ])('with %j name %s', (value, address) => {
    expect(from('10.0.0.1', ['X-Forwarded-For', value]).address).toBe(address)
  })

  test.each([['http'], ['https, http'], ['https,https'], ['on']])('the protocol %j is not encrypted', value => {
    expect(from('10.0.0.1', ['X-Forwarded-Proto', value]).secure).toBe(false)
  })

  test('two protocols are none', () => {
    expect(from('10.0.0.1', ['X-Forwarded-Proto', 'https'], ['X-Forwarded-Proto', 'https']).secure).toBe(false)
  })
})

test.each([
  '',
  'x',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  '10.0.0/8',
  '::/129',
  '10.0.0.0/-1',
  'proxy.example',
  '127.1',
  '0x7f.1',
])('%j is no range', text => expect(parseRange(text)).toBeNull())
