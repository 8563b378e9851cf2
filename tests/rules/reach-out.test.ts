/** Who may begin a connection, and how elements may be looked up: read from the sources. */
import { expect, test } from 'vitest'
import { codeOf, files, importsOf, isCode, isTest } from './sources'

/** Modules that can reach out, with what of them cannot. */
const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  undici: [],
  'node:net': ['isIP', 'Server', 'createServer'],
  'node:http': ['STATUS_CODES', 'Server', 'createServer'],
  'node:https': ['createServer'],
  'node:tls': ['TLSSocket', 'createSecureContext'],
  'node:http2': [],
  'node:dgram': [],
  'node:dns': [],
  'node:dns/promises': [],
  'node:inspector': [],
}

/** The socket of the engine, by its path. */
const MAY = new Set([
  // Asked whether something is one.
  'lib/server/front.ts: node:net Socket',
  'lib/podman/transport.ts: undici Agent',
  // Whether the service that was started answers yet.
  'lib/podman/connections/service-child.ts: node:net connect',
])

const product = files.filter(path => /^(app|bin|components|lib|public)\//.test(path) && isCode(path) && !isTest(path))

const valuesIn = (names: string): string[] =>
  names
    .replaceAll(/[{}]/g, '')
    .split(',')
    .map(name => name.trim().replace(/ as .*/, ''))
    .filter(name => name !== '' && !name.startsWith('type '))

test('P1, P9 nothing but the transport to the engine’s socket can begin a connection', () => {
  const found = product.flatMap(path =>
    importsOf(path).flatMap(({ from, typeOnly, names }) => {
      const known = /^(net|https?|http2|tls|dgram|dns|inspector)(\/|$)/.test(from) ? `node:${from}` : from
      const harmless = HARMLESS[known]
      if (harmless === undefined || typeOnly) return []
      const values = names === '' ? ['everything'] : valuesIn(names)
      return values.filter(name => !harmless.includes(name)).map(name => `${path}: ${from} ${name}`)
    }),
  )
  expect(product.length).toBeGreaterThan(300)
  expect(found.toSorted()).toEqual([...MAY].toSorted())
})

test('P9 pages ask their own server alone', () => {
  const calls = product.flatMap(path =>
    [
      ...codeOf(path).matchAll(
        /\b(fetch|sendBeacon|XMLHttpRequest|WebSocket|EventSource|importScripts)\(\s*([^\s,)]*)/g,
      ),
    ].map(([, call, to = '']) => ({ path, call, to })),
  )
  expect(calls.length).toBeGreaterThan(4)
  const foreign = calls.filter(({ to }) => !/^['"`]\/(?!\/)|^(path|url)$/.test(to))
  expect(foreign).toEqual([])
  expect(calls.filter(({ path }) => !/^(components|lib\/client)\/|^public\/stream-worker\.js$/.test(path))).toEqual([])
})

const MADE =
  /(?:\$|\.(?:querySelector(?:All)?|closest|matches|elements|nodes|edges|filter))\(\s*(?:`[^`]*\$\{|['"][#.[][^'"]*['"]\s*\+)/g

test('P8 no selector is made of a text', () => {
  const bad = ['cy.$(`#${id}`)', "cy.$('#' + id)", 'cy.nodes(`[name="${name}"]`)', 'root.querySelector("#" + id)']
  expect(bad.filter(text => text.match(MADE) === null)).toEqual([])
  const found = product.flatMap(path => [...codeOf(path).matchAll(MADE)].map(([text]) => `${path}: ${text}`))
  expect(found).toEqual([])
})
