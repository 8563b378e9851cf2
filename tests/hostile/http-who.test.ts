/** Requests that say something wrong about whom they are for, where they come from, or what they want to do. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rawHead, sendRaw } from '@/lib/server/testing'
import { syntheticContent } from '../engine/synthetic'
import { BEARER, type HostileRig, TOKEN, foreignRequests, startRig } from './rig'
import { apiRoutes, routes } from './routes'

let rig: HostileRig
/** Stands for what an attacker would have the server connect to. */
let lure: { port: number; connections: number; close(): void }

beforeAll(async () => {
  rig = await startRig(syntheticContent({ containers: 4, networks: 2 }))
  const server = createServer(socket => {
    lure.connections += 1
    socket.destroy()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  lure = { port, connections: 0, close: () => server.close() }
})

afterAll(async () => {
  expect(foreignRequests(rig.engine)).toEqual([])
  expect(lure.connections).toBe(0)
  lure.close()
  await rig.stop()
})

const EVERYTHING = [
  ...routes(),
  '/api/nothing',
  '/nothing',
  '/icon.svg',
  '/theme.js',
  '/_next/static/chunks/a.js',
  '/login',
]
const own = () => `127.0.0.1:${rig.port}`

/** Status and body of the same request on each of these addresses. */
const everywhere = async (headers: readonly string[], host?: string | null, among: readonly string[] = EVERYTHING) => {
  const answers = []
  for (const route of among) {
    const { status, body } = await rig.get(route, [BEARER, ...headers], host)
    answers.push({ route, status, body })
  }
  return answers
}
const statuses = async (...given: Parameters<typeof everywhere>) =>
  new Set((await everywhere(...given)).map(({ status }) => status))

test('every address is known to these tests', () => {
  expect(routes()).toEqual(expect.arrayContaining(['/', '/wall', '/metrics', '/api/v1/stream', '/api/v1/containers/x']))
  expect(apiRoutes().length).toBeGreaterThan(12)
})

describe('P5 names', () => {
  test('H1 Host: evil.example', async () => {
    for (const { status, body } of await everywhere([], 'evil.example')) expect([status, body]).toEqual([421, ''])
  })

  test('H2 Host missing, empty, or twice', async () => {
    expect(await statuses([], null)).toEqual(new Set([400]))
    expect(await statuses([], '')).toEqual(new Set([400]))
    expect(await statuses([`Host: ${own()}`])).toEqual(new Set([400]))
  })

  test('H3 names that begin or end like ours', async () => {
    for (const host of ['127.0.0.1.evil.example', 'localhost.evil', 'evil.localhost', '127.0.0.1@evil'])
      expect(await statuses([], `${host}:${rig.port}`), host).toEqual(new Set([421]))
    expect(await statuses([], `${own()}@evil`)).toEqual(new Set([421]))
  })

  test('H4 our name in capitals, with a trailing dot, as an IPv6 address', async () => {
    for (const host of ['LOCALHOST', 'localhost.', '[::1]', '[0:0:0:0:0:0:0:1]', '127.0.0.1'])
      expect((await rig.get('/healthz', [], `${host}:${rig.port}`)).status, host).toBe(200)
    for (const host of ['127.0.0.1.', 'localhost..', '[::2]', '[::1%25lo]'])
      expect((await rig.get('/healthz', [], `${host}:${rig.port}`)).status, host).toBe(421)
  })

  test('H5 our address as a number', async () => {
    for (const host of ['2130706433', '0x7f.1', '127.1', '0177.0.0.1', '127.0.0.01'])
      expect(await statuses([], `${host}:${rig.port}`), host).toEqual(new Set([421]))
  })

  test('H6 rebinding: Host and Origin agree on a foreign name', async () => {
    expect(await statuses([`Origin: http://evil:${rig.port}`], `evil:${rig.port}`)).toEqual(new Set([421]))
  })

  test('H7 a foreign Host with X-Forwarded-Host: localhost', async () => {
    const forwarded = [`X-Forwarded-Host: localhost:${rig.port}`, `Forwarded: host="localhost:${rig.port}"`]
    expect(await statuses(forwarded, `evil:${rig.port}`)).toEqual(new Set([421]))
  })
})

describe('P6 other origins', () => {
  test('H8 Origin: null', async () => {
    expect(await statuses(['Origin: null'])).toEqual(new Set([403]))
  })

  test('H9 origins that begin like ours', async () => {
    for (const origin of [`http://${own()}.evil`, `http://${own()}0`, `http://${own()}@evil`, `http://evil/${own()}`])
      expect(await statuses([`Origin: ${origin}`]), origin).toEqual(new Set([403]))
  })

  test('H10 an image, a script and a form of another site', async () => {
    for (const [mode, dest] of [
      ['no-cors', 'image'],
      ['no-cors', 'script'],
      ['navigate', 'iframe'],
      ['cors', 'empty'],
    ])
      expect(
        await statuses(['Sec-Fetch-Site: cross-site', `Sec-Fetch-Mode: ${mode}`, `Sec-Fetch-Dest: ${dest}`]),
        dest,
      ).toEqual(new Set([403]))
    const form = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']
    expect(await statuses(form, undefined, apiRoutes())).toEqual(new Set([403]))
  })

  test('H11 an OPTIONS preflight', async () => {
    for (const route of EVERYTHING) {
      const answer = await rig.send('OPTIONS', route, [
        BEARER,
        `Origin: http://${own()}`,
        'Access-Control-Request-Method: GET',
        'Access-Control-Request-Headers: authorization',
      ])
      expect([route, answer.status]).toEqual([route, 405])
      expect([...answer.headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([])
    }
  })
})

describe('P6 methods', () => {
  test('H12 POST, PUT, PATCH, DELETE, TRACE and CONNECT on every address', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'])
      for (const route of EVERYTHING) {
        if (method === 'POST' && route === '/login') continue
        const answer = await rig.send(method, route, [BEARER, `Origin: http://${own()}`, 'Content-Length: 0'])
        expect([method, route, answer.status]).toEqual([method, route, 405])
        expect(answer.body).not.toContain(TOKEN)
      }
    for (const target of [`127.0.0.1:${lure.port}`, '/', '169.254.169.254:80'])
      expect((await rig.send('CONNECT', target)).status).toBeGreaterThanOrEqual(400)
    // The one exception takes proof of origin, and four kilobytes.
    const length = (size: number) => [`Content-Length: ${size}`]
    expect((await rig.send('POST', '/login', length(0))).status).toBe(403)
    expect((await rig.send('POST', '/login', [`Origin: http://evil`, ...length(0)])).status).toBe(403)
    expect((await rig.send('POST', '/login', [`Origin: http://${own()}`, ...length(4097)])).status).toBe(413)
  })

  test('H13 X-HTTP-Method-Override and ?_method=', async () => {
    const overrides = ['X-HTTP-Method-Override: POST', 'X-HTTP-Method: DELETE', 'X-Method-Override: PUT']
    const plain = await rig.get('/api/v1/about', [BEARER])
    const overridden = await rig.get('/api/v1/about', [BEARER, ...overrides])
    expect([overridden.status, overridden.body]).toEqual([200, plain.body])
    expect((await rig.get('/?_method=DELETE', [BEARER])).status).toBe(200)
  })

  test('H14 Upgrade: websocket and h2c', async () => {
    for (const protocol of ['websocket', 'h2c'])
      for (const route of EVERYTHING) {
        const head = `GET ${route} HTTP/1.1\r\nHost: ${own()}\r\n${BEARER}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABk\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`
        expect([route, (await sendRaw(rig.port, head)).status]).toEqual([route, 400])
      }
  })

  test('H15 GET http://169.254.169.254/ with and without an upgrade', async () => {
    for (const target of ['http://169.254.169.254/', `http://127.0.0.1:${lure.port}/`, `//127.0.0.1:${lure.port}/x`]) {
      expect((await rig.get(target, [BEARER])).status, target).toBeGreaterThanOrEqual(400)
      const upgrade = `GET ${target} HTTP/1.1\r\nHost: ${own()}\r\n${BEARER}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
      expect((await sendRaw(rig.port, upgrade)).status, target).toBe(400)
    }
    expect((await rig.get('http://169.254.169.254/', [BEARER])).status).toBe(400)
    expect(lure.connections).toBe(0)
  })

  test('H16 x-middleware-subrequest', async () => {
    const values = ['middleware', 'src/middleware', 'proxy'].map(name => Array(5).fill(name).join(':'))
    for (const value of values)
      for (const route of ['/', '/wall', '/api/v1/topology', '/metrics']) {
        const header = `x-middleware-subrequest: ${value}`
        expect((await rig.get(route, [header])).status, route).toBe(401)
        expect((await rig.get(route, [BEARER, header])).status, route).toBe((await rig.get(route, [BEARER])).status)
      }
  })

  test('H17 Next-Action and a multipart Flight body', async () => {
    const body = '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$1:__proto__:then"]\r\n--x--\r\n'
    const flight = ['Content-Type: multipart/form-data; boundary=x', `Content-Length: ${body.length}`]
    for (const route of ['/', '/wall', '/api/v1/topology', '/nothing']) {
      const posted = await rig.send(
        'POST',
        route,
        [BEARER, `Origin: http://${own()}`, 'Next-Action: 0', ...flight],
        body,
      )
      expect([route, posted.status]).toEqual([route, 405])
      const read = await rig.get(route, [BEARER, 'Next-Action: 0'])
      expect([route, read.status]).toEqual([route, (await rig.get(route, [BEARER])).status])
      expect((await rig.get(route, [BEARER, 'Next-Action: 0', ...flight])).status).toBe(400)
    }
  })
})

describe('ways round the page', () => {
  test('H18 RSC, prefetches, .rsc and segments without a session', async () => {
    const headers = ['RSC: 1', 'Next-Router-Prefetch: 1', 'Next-Router-Segment-Prefetch: /_tree', 'Next-Url: /']
    for (const route of ['/', '/wall'])
      for (const header of headers) {
        const answer = await rig.get(route, [header])
        expect([route, header, answer.status]).toEqual([route, header, 401])
        expect(answer.body).not.toMatch(/__next_f|_next\/static/)
      }
    for (const target of [
      '/?_rsc=1',
      '/index.rsc',
      '/page.rsc',
      '/wall.rsc',
      '/index.segments/_tree.segment.rsc',
      '/wall.segments/_tree',
    ])
      expect([target, (await rig.get(target)).status]).toEqual([target, 401])
  })

  test('H19 locale prefixes and injected route parameters', async () => {
    for (const target of ['/en/', '/en/wall', '/en/api/v1/topology', '/de/metrics']) {
      expect([target, (await rig.get(target)).status]).toEqual([target, 401])
      const known = await rig.get(target, [BEARER])
      expect([target, [404, 308].includes(known.status)]).toEqual([target, true])
    }
    for (const query of ['nxtPid=exec', 'nxtIid=exec', '__nextLocale=en', '__nextDefaultLocale=en'])
      expect((await rig.get(`/api/v1/containers/x?${query}`, [BEARER])).status, query).toBe(400)
  })

  test('H20 the image optimiser', async () => {
    for (const url of [
      '/icon.svg',
      `http://127.0.0.1:${lure.port}/x.avif`,
      'http://169.254.169.254/',
      'data:image/svg+xml,x',
    ])
      for (const headers of [[], [BEARER]])
        expect((await rig.get(`/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`, headers)).status, url).toBe(404)
    expect(lure.connections).toBe(0)
  })

  test('a head without a session leads nowhere either', async () => {
    for (const route of EVERYTHING.filter(one => !['/healthz', '/login'].includes(one)))
      expect([route, (await sendRaw(rig.port, rawHead('HEAD', route, [], own()))).status]).toEqual([route, 401])
  })
})
