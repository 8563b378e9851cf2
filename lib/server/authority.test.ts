import { describe, expect, test } from 'vitest'
import { isAllowedHost, parseAuthority } from './authority'

describe('what is a host', () => {
  test.each([
    ['localhost:4410', 'localhost', 4410],
    ['LOCALHOST:4410', 'localhost', 4410],
    ['localhost.:4410', 'localhost', 4410],
    ['127.0.0.1', '127.0.0.1', null],
    ['[::1]:80', '::1', 80],
    ['[0:0:0:0:0:0:0:1]:80', '::1', 80],
    ['[::ffff:127.0.0.1]:80', '127.0.0.1', 80],
    ['wall_display.example-1.lan', 'wall_display.example-1.lan', null],
  ])('%s', (text, host, port) => expect(parseAuthority(text)).toEqual({ host, port }))

  test.each([
    '',
    ':80',
    '2130706433',
    '0x7f.1',
    '127.1',
    '127.0.0.1.',
    '0177.0.0.1',
    '1.2.3.4.5',
    'a.0x7f',
    'localhost:0',
    'localhost:65536',
    'localhost:',
    'localhost:80:80',
    '127.0.0.1:3000@evil',
    'user@localhost',
    'localhost/',
    'local host',
    'localhost..',
    '.localhost',
    '-a.example',
    '[::1',
    '::1',
    '[127.0.0.1]',
    '[fe80::1%eth0]:80',
    'a,b',
    'localhost\t',
    'ｌocalhost',
    `${'a'.repeat(64)}.example`,
  ])('%j is none', text => expect(parseAuthority(text)).toBeNull())
})

describe('which hosts are ours, listening on port 4410', () => {
  const allowed = (text: string, extra: string[] = [], local = '127.0.0.1') => {
    const authority = parseAuthority(text)
    const extras = extra.flatMap(entry => parseAuthority(entry) ?? [])
    return authority !== null && isAllowedHost(authority, extras, 4410, local)
  }

  test.each(['localhost:4410', 'LocalHost.:4410', '127.0.0.1:4410', '[::1]:4410'])('%s is', text =>
    expect(allowed(text)).toBe(true),
  )
  test.each([
    'localhost',
    '127.0.0.1',
    'localhost:3000',
    '127.0.0.1.evil.example:4410',
    'localhost.evil:4410',
    'evil.example:4410',
    '127.0.0.2:4410',
    '0.0.0.0:4410',
    '[::]:4410',
    'podwire:4410',
  ])('%s is not', text => expect(allowed(text)).toBe(false))

  test('the address that the connection came in on is, for no name can be rebound to a literal', () => {
    expect(allowed('192.168.1.5:4410', [], '192.168.1.5')).toBe(true)
    expect(allowed('192.168.1.5:4410', [], '::ffff:192.168.1.5')).toBe(true)
    expect(allowed('192.168.1.6:4410', [], '192.168.1.5')).toBe(false)
    expect(allowed('192.168.1.5', [], '192.168.1.5')).toBe(false)
  })

  test('a listed name is, with our port or the default one; with a port of its own only with that', () => {
    expect(allowed('wall.example', ['wall.example'])).toBe(true)
    expect(allowed('wall.example:4410', ['wall.example'])).toBe(true)
    expect(allowed('wall.example:8443', ['wall.example'])).toBe(false)
    expect(allowed('wall.example:8443', ['wall.example:8443'])).toBe(true)
    expect(allowed('wall.example:4410', ['wall.example:8443'])).toBe(false)
    expect(allowed('x.wall.example', ['wall.example'])).toBe(false)
  })
})
