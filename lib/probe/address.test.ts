import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, it } from 'vitest'
import { addressOfBytes, addressOfWords } from './address'

const hexOf = (bytes: readonly number[]) =>
  bytes
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
const words = (bytes: readonly number[]) =>
  Array.from({ length: bytes.length / 4 }, (_, word) => bytes.slice(word * 4, word * 4 + 4))

describe('addressOfWords', () => {
  it('reads little-endian words', () => {
    expect(addressOfWords('0100007F', 'LE')).toBe('127.0.0.1')
    expect(addressOfWords('0100590A', 'LE')).toBe('10.89.0.1')
    expect(addressOfWords('00000000000000000000000001000000', 'LE')).toBe('::1')
    expect(addressOfWords('B80D0120000001000000000002000000', 'LE')).toBe('2001:db8:1::2')
  })

  it('reads big-endian words', () => {
    expect(addressOfWords('7F000001', 'BE')).toBe('127.0.0.1')
  })

  it('gives mapped addresses as IPv4', () => {
    expect(addressOfWords('0000000000000000FFFF00000100007F', 'LE')).toBe('127.0.0.1')
  })

  it('keeps the wildcards apart', () => {
    expect(addressOfWords('00000000', 'LE')).toBe('0.0.0.0')
    expect(addressOfWords('0'.repeat(32), 'LE')).toBe('::')
  })

  it.each(['', '7F', '0100007', 'XYZW007F', '0'.repeat(31)])('refuses %j', text => {
    expect(addressOfWords(text, 'LE')).toBeNull()
  })

  it('reads every address back, in both byte orders', () => {
    const bytes = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 }),
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 16, maxLength: 16 }),
    )
    fc.assert(
      fc.property(bytes, address => {
        const parsed = ipaddr.fromByteArray(address)
        const expected =
          parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress()
            ? parsed.toIPv4Address().toString()
            : parsed.toString()
        expect(addressOfWords(hexOf(words(address).flatMap(word => word.toReversed())), 'LE')).toBe(expected)
        expect(addressOfWords(hexOf(address), 'BE')).toBe(expected)
      }),
    )
  })
})

describe('addressOfBytes', () => {
  it('reads network order', () => {
    expect(addressOfBytes('fe8000000000000000fc00fffe000001')).toBe('fe80::fc:ff:fe00:1')
    expect(addressOfBytes('fe80')).toBeNull()
  })
})
