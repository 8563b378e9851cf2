import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SERVER_KEYS } from '@/lib/exposure/exceptions'
import { ConfigError, formatListen, loadConfig } from './config'

const TOKEN = 'correct-horse-battery'

test('P4 without anything set it listens on loopback only, without a token', () => {
  expect(loadConfig({})).toEqual({
    listenAddress: '127.0.0.1',
    listenPort: 4410,
    token: null,
    wallToken: null,
    extraHosts: [],
    tls: null,
    trustedProxies: [],
    nested: [],
    recording: null,
    file: null,
    exceptions: [],
  })
})

test('engines inside of containers are read of those that are named, and of nobody by default', () => {
  expect(loadConfig({ PODWIRE_NESTED: 'qm, pip' }).nested).toEqual(['qm', 'pip'])
  expect(loadConfig({ PODWIRE_NESTED: '*' }).nested).toEqual(['*'])
})

test('an empty variable is an unset one', () => {
  expect(loadConfig({ PODWIRE_LISTEN: '', PODWIRE_TOKEN: '', PODWIRE_HOSTS: '', PODWIRE_RECORDING: '' })).toEqual(
    loadConfig({}),
  )
})

test.each([
  ['127.0.0.1:8080', '127.0.0.1', 8080],
  ['127.0.0.2:0', '127.0.0.2', 0],
  ['localhost:80', '127.0.0.1', 80],
  ['[::1]:4410', '::1', 4410],
])('PODWIRE_LISTEN=%s needs no token', (PODWIRE_LISTEN, listenAddress, listenPort) => {
  expect(loadConfig({ PODWIRE_LISTEN })).toMatchObject({ listenAddress, listenPort })
})

describe('P4 an address that others can reach', () => {
  test.each([
    ['0.0.0.0:4410', '0.0.0.0'],
    [':4410', '::'],
    ['[::]:4410', '::'],
    ['192.168.1.5:4410', '192.168.1.5'],
    ['[2001:db8::1]:4410', '2001:db8::1'],
    ['[::ffff:192.168.1.5]:4410', '::ffff:192.168.1.5'],
  ])('%s is refused without a token, and taken with one', (PODWIRE_LISTEN, listenAddress) => {
    expect(() => loadConfig({ PODWIRE_LISTEN })).toThrow(/PODWIRE_TOKEN/)
    expect(loadConfig({ PODWIRE_LISTEN, PODWIRE_TOKEN: TOKEN })).toMatchObject({ listenAddress, token: TOKEN })
  })
})

describe('what cannot be used is named, with the accepted form, in one line', () => {
  const refused: [Record<string, string>, RegExp][] = [
    ...[
      '127.0.0.1',
      '4410',
      '127.1:80',
      '2130706433:80',
      '0x7f.0.0.1:80',
      'example.org:80',
      '127.0.0.1:65536',
      '::1:80',
      '[127.0.0.1]:80',
      '127.0.0.1:80 ',
      '127.0.0.1:-1',
      '[::1]',
      'http://127.0.0.1:80',
    ].map((value): [Record<string, string>, RegExp] => [
      { PODWIRE_LISTEN: value },
      /^PODWIRE_LISTEN is .*127\.0\.0\.1:4410/,
    ]),
    [{ PODWIRE_TOKEN: 'short' }, /^PODWIRE_TOKEN: expected at least 8/],
    [{ PODWIRE_TOKEN: 'with some spaces' }, /^PODWIRE_TOKEN: expected/],
    [{ PODWIRE_HOSTS: 'ok.example, *.example' }, /^PODWIRE_HOSTS is .*host names/],
    [{ PODWIRE_HOSTS: 'http://ok.example' }, /^PODWIRE_HOSTS/],
    [{ PODWIRE_HOSTS: '127.1' }, /^PODWIRE_HOSTS/],
    [{ PODWIRE_NESTED: 'qm, ../x' }, /^PODWIRE_NESTED is .*names of containers, or \*/],
    [{ PODWIRE_TRUSTED_PROXIES: '10.0.0.0/8, proxy.example' }, /^PODWIRE_TRUSTED_PROXIES is .*addresses of proxies/],
    [{ PODWIRE_TLS_CERT: 'a.pem' }, /^PODWIRE_TLS_CERT is set: expected PODWIRE_TLS_KEY/],
    [{ PODWIRE_TLS_KEY: 'a.pem' }, /^PODWIRE_TLS_KEY is set: expected PODWIRE_TLS_CERT/],
    [{ CONTAINER_HOST: '/run/podman/podman.sock' }, /^CONTAINER_HOST is .*unix:\/\//],
    [{ PODWIRE_CONFIG: '/nonexistent/podwire.json' }, /^PODWIRE_CONFIG is .*readable TOML file/],
  ]
  test.each(refused)('%j', (env, message) => {
    const error: unknown = (() => {
      try {
        return loadConfig(env)
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toBeInstanceOf(ConfigError)
    const text = error instanceof Error ? error.message : ''
    expect(text).toMatch(message)
    expect(text).not.toContain('\n')
  })

  test('a token is never repeated', () => {
    expect(() => loadConfig({ PODWIRE_TOKEN: 'hunter2' })).not.toThrow(/hunter2/)
  })
})

test('PODWIRE_HOSTS takes names and addresses, with and without ports', () => {
  expect(loadConfig({ PODWIRE_HOSTS: 'Wall.Example., box:8443 [2001:DB8:0::1]:80' }).extraHosts).toEqual([
    { host: 'wall.example', port: null },
    { host: 'box', port: 8443 },
    { host: '2001:db8::1', port: 80 },
  ])
})

describe('the configuration file', () => {
  const file = (text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'podwire-config-')), 'podwire.toml')
    writeFileSync(path, text)
    return { PODWIRE_CONFIG: path }
  }

  test('says the same things, and the environment wins', () => {
    const env = file(
      JSON.stringify({ listen: '0.0.0.0:80', token: TOKEN, hosts: ['wall.example'], recording: 'a.json' }),
    )
    expect(loadConfig(env)).toEqual({
      listenAddress: '0.0.0.0',
      listenPort: 80,
      token: TOKEN,
      wallToken: null,
      extraHosts: [{ host: 'wall.example', port: null }],
      tls: null,
      trustedProxies: [],
      nested: [],
      recording: 'a.json',
      file: env.PODWIRE_CONFIG,
      exceptions: [],
    })
    expect(loadConfig({ ...env, PODWIRE_LISTEN: '127.0.0.1:1', PODWIRE_RECORDING: 'b.json' })).toMatchObject({
      listenAddress: '127.0.0.1',
      recording: 'b.json',
    })
  })

  test('names containers whose engines are read', () => {
    expect(loadConfig(file('nested = ["qm", "ci"]\n'))).toMatchObject({ nested: ['qm', 'ci'] })
  })

  test.each([
    ['{"listn": "127.0.0.1:80"}', /unknown key "listn"/],
    ['{"listen": "nowhere"}', /listen: expected address:port/],
    ['{"token": "short"}', /token: expected at least/],
    ['{"hosts": "wall"}', /hosts: expected/],
    ['{', /podwire\.toml: begins with \{ and is not JSON/],
    ['[]', /podwire\.toml:1: is not TOML/],
    [
      'listn = "127.0.0.1:80"',
      /podwire\.toml:1: unknown key "listn": expected listen, token, wallToken, hosts, tlsCert, tlsKey, trustedProxies, recording, nested, exc/,
    ],
    ['listen = "nowhere"', /listen: expected address:port/],
    ['token = "short"', /token: expected at least/],
    [
      '[[exceptions]]\nrule = "privileged"\nsubject = "a"',
      /podwire\.toml:1: exceptions\[0\]\.reason: missing: expected why/,
    ],
    ['[[exceptions]]', /podwire\.toml:1: exceptions\[0\]\.rule: missing: .* \(and 2 more\)/],
  ])('%s is refused in one line', (text, message) => {
    expect(() => loadConfig(file(text))).toThrow(message)
    expect(() => loadConfig(file(text))).toThrow(/^PODWIRE_CONFIG: [^\n]*$/)
  })

  test('is TOML, with the findings that are accepted', () => {
    const env = file(`
listen = "127.0.0.1:80"
hosts = ["wall.example"]
[[exceptions]]
rule = "privileged"
subject = "dind"
reason = "builds"
`)
    expect(loadConfig(env)).toMatchObject({
      listenPort: 80,
      extraHosts: [{ host: 'wall.example' }],
      exceptions: [{ ruleId: 'privileged', subject: 'dind', line: 4 }],
    })
  })

  test('has the keys that are checked', () => {
    for (const key of SERVER_KEYS) expect(() => loadConfig(file(`${key} = 7`))).toThrow(`${key}: expected`)
  })
})

test('addresses are written as URLs have them', () => {
  expect(formatListen('::1', 4410)).toBe('[::1]:4410')
  expect(formatListen('127.0.0.1', 80)).toBe('127.0.0.1:80')
})
