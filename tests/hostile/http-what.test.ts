/** Requests that ask for what does not exist, in shapes that somebody might take for something else. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fileName } from '@/lib/export/file-name'
import { createAuth } from '@/lib/server/auth'
import { createFront } from '@/lib/server/front'
import { openStream } from '@/lib/server/api/stream'
import { flood, hungUp, rawHead, sendRaw } from '@/lib/server/testing'
import { createWallPass, WALL_COOKIE, WALL_SECONDS } from '@/lib/server/wall-pass'
import { containerId, syntheticContainer, syntheticContent } from '../engine/synthetic'
import { BEARER, type HostileRig, TOKEN, foreignRequests, startRig } from './rig'
import { routes } from './routes'

let rig: HostileRig
beforeAll(async () => {
  rig = await startRig(syntheticContent({ containers: 4, networks: 2 }))
})
afterAll(async () => {
  expect(foreignRequests(rig.engine)).toEqual([])
  await rig.stop()
})

const own = () => `127.0.0.1:${rig.port}`
const ask = (target: string, ...headers: string[]) => rig.get(target, [BEARER, ...headers])
const statusOf = async (target: string, ...headers: string[]) => (await ask(target, ...headers)).status
const REAL = containerId(1)

describe('paths and ids', () => {
  test('H21 dot segments, double encodings, null bytes and backslashes', async () => {
    for (const path of [
      '/../etc/passwd',
      '/..',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/%2e%2e%2fetc%2fpasswd',
      '/%252e%252e/etc/passwd',
      '/..;/etc/passwd',
      '/api/v1/..;/..;/metrics',
      '/api/v1/topology%00',
      '/api/v1/%00',
      '/..\\etc\\passwd',
      '/..%5cetc%5cpasswd',
      '/_next/static/../server/app/page.js',
      '/_next/static/%2e%2e/server/app/page.js',
      '/_next/server/app/page.js',
      '/api/v1/containers/%c0%ae%c0%ae',
      '//etc/passwd',
    ]) {
      const { status, body } = await ask(path)
      expect([path, [400, 404].includes(status)]).toEqual([path, true])
      expect(body).not.toContain('root:')
    }
  })

  test('H22 /api/containers/..%2f..%2fimages%2fjson', async () => {
    const before = rig.engine.requests.length
    for (const path of ['/api/containers', '/api/v1/containers', '/api/v1/networks', '/api/v1/pods'])
      expect(await statusOf(`${path}/..%2f..%2fimages%2fjson`), path).toBe(404)
    expect(rig.engine.requests.slice(before).filter(one => one.includes('images') || one.includes('..'))).toEqual([])
  })

  test('H23 ids with a query, a fragment or an endpoint behind them', async () => {
    expect(await statusOf(`/api/v1/containers/${REAL}`)).toBe(200)
    const asked = await ask(`/api/v1/containers/${REAL}?all=1`)
    expect([asked.status, asked.body.includes('"parameter":"all"')]).toEqual([400, true])
    for (const id of [
      `${REAL}%3Fsize=true`,
      `${REAL}%23`,
      `${REAL}/archive`,
      `${REAL}/json`,
      `${REAL}/logs`,
      `${REAL}%20`,
    ])
      expect([id, await statusOf(`/api/v1/containers/${id}`)]).toEqual([id, 404])
  })

  test('H24 ids that are words of the engine’s API', async () => {
    for (const id of ['exec', 'json', 'prune', 'stats', 'constructor', '__proto__', 'toString'])
      for (const kind of ['containers', 'networks', 'pods'])
        expect([id, kind, await statusOf(`/api/v1/${kind}/${id}`)]).toEqual([id, kind, 404])
  })

  test('H25 the id of a real container that is not in the picture', async () => {
    const id = containerId(77)
    // It can be inspected, and stands in no list, however often that is read meanwhile.
    const { inspect } = syntheticContainer({ index: 77, name: 'hidden', networks: ['net-000'] })
    const mend = rig.engine.fault(id, { status: 200, body: inspect })
    expect(await statusOf(`/api/v1/containers/${id}`)).toBe(404)
    expect(await statusOf('/api/v1/containers/hidden')).toBe(404)
    expect(rig.engine.requests.filter(path => path.includes(id))).toEqual([])
    mend()
  })

  test('H26 a short id that two containers share', async () => {
    const [a, b] = [containerId(1), containerId(2)]
    expect(a.slice(0, 12)).toBe(b.slice(0, 12))
    expect(await statusOf(`/api/v1/containers/${a.slice(0, 12)}`)).toBe(404)
    expect(await statusOf(`/api/v1/containers/${a.slice(0, 14)}`)).toBe(200)
  })

  test('H27 line breaks in a path, a query and a header', async () => {
    for (const target of ['/%0d%0aX:%20y', '/?a=%0d%0aX:%20y', '/api/v1/findings?host=%0d%0aX:y', '/%0a', '/?%0d=1'])
      expect([target, await statusOf(target)]).toEqual([target, 400])
    for (const line of ['X: a\rY: b', 'X: a\nY: b\u0000', 'X\u0000: a', 'X : a'])
      expect([line, (await ask('/healthz', line)).status]).toEqual([line, 400])
    const location = await rig.send('POST', '/login?x=%0d%0aX:y', [`Origin: http://${own()}`, 'Content-Length: 0'])
    expect([location.status, location.headers.has('x')]).toEqual([400, false])
  })
})

describe('framing and sizes', () => {
  test('H28 two lengths, and chunks with bad sizes', async () => {
    const post = `POST /login HTTP/1.1\r\nHost: ${own()}\r\nOrigin: http://${own()}\r\n`
    const smuggled = `GET /api/v1/topology HTTP/1.1\r\nHost: ${own()}\r\n${BEARER}\r\n\r\n`
    for (const [framing, body] of [
      ['Content-Length: 4\r\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`],
      ['Content-Length: 4\r\nContent-Length: 5', 'abcde'],
      ['Transfer-Encoding: chunked', `zz\r\n${smuggled}`],
      ['Transfer-Encoding: chunked', `ffffffffffffffffff\r\n${smuggled}`],
      ['Transfer-Encoding: chunked', `-1\r\n${smuggled}`],
      ['Transfer-Encoding: xchunked', `0\r\n\r\n${smuggled}`],
    ]) {
      const answer = await sendRaw(rig.port, `${post}${framing}\r\n\r\n${body}`)
      expect([framing, answer.status, answer.text.match(/HTTP\/1\.1/g)?.length]).toEqual([framing, 400, 1])
    }
    const read = `GET /healthz HTTP/1.1\r\nHost: ${own()}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`
    const answer = await sendRaw(rig.port, read)
    expect([answer.status, answer.text.match(/HTTP\/1\.1/g)?.length]).toEqual([400, 1])
  })

  test('H29 ten megabytes of headers, an address of a megabyte, a hundred thousand parameters', async () => {
    const head = `GET / HTTP/1.1\r\nHost: ${own()}\r\n`
    expect(await flood(rig.port, head, 'X-A: aaaaaaaaaaaaaaaa\r\n', 10_000_000)).toBe('431')
    expect(await flood(rig.port, `${head}X: `, 'a', 10_000_000)).toBe('431')
    expect(await flood(rig.port, 'GET /', 'a', 1_000_000)).toBe('431')
    expect(await flood(rig.port, 'GET /?', 'k=v&', 400_000)).toBe('431')
    expect(await statusOf(`/?${'k=v&'.repeat(2000)}`)).toBe(414)
    expect(await statusOf('/healthz')).toBe(200)
  })

  test('H30 headers and a body that come slowly', async () => {
    // The same front with short deadlines: those of the started server are ten and fifteen seconds.
    const server = createFront(
      { auth: createAuth(TOKEN), extraHosts: [], dev: false, handle: (_, response) => void response.end('page') },
      { headersTimeout: 1000, requestTimeout: 1500 },
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const head = `Host: 127.0.0.1:${port}\r\n`
    const slow = (start: string, drip: string): { socket: Socket; closed: Promise<unknown>; stop: () => void } => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {}).resume()
      socket.write(start)
      const timer = setInterval(() => socket.write(drip), 40)
      return { socket, closed: hungUp(socket), stop: () => clearInterval(timer) }
    }
    const readers = [
      slow(`GET / HTTP/1.1\r\n${head}`, 'X: a\r\n'),
      slow(`POST /login HTTP/1.1\r\n${head}Origin: http://127.0.0.1:${port}\r\nContent-Length: 4000\r\n\r\n`, 'a'),
    ]
    expect((await sendRaw(port, rawHead('GET', '/', [BEARER], `127.0.0.1:${port}`))).body).toBe('page')
    await Promise.all(readers.map(reader => reader.closed))
    for (const reader of readers) reader.stop()
    server.closeAllConnections()
    server.close()
  })
})

describe('streams', () => {
  test('H31 Range and odd encodings on the stream', async () => {
    for (const header of [
      'Range: bytes=0-10',
      'Accept-Encoding: br;q=1, gzip, zstd',
      'Accept-Encoding: identity;q=0',
      'Accept: image/png',
      'TE: trailers',
    ]) {
      const text = await rig.streamUntil([BEARER, header], /event: topology\n/)
      expect(text).toMatch(/^HTTP\/1\.1 200 /)
      expect(text).toMatch(/content-type: text\/event-stream/i)
      expect(text).not.toMatch(/content-encoding|content-range/i)
    }
  })

  test('H32 junk, doubled and forged proofs, and one that expires on an open stream', async () => {
    const none = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.'
    for (const header of [
      `Cookie: podwire_session=${'x'.repeat(4000)}`,
      'Cookie: podwire_session=a; podwire_session=b',
      `Cookie: podwire_session=${none}`,
      `Cookie: podwire_wall=${none}`,
      'Cookie: podwire_wall=9999999999.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      `Authorization: Bearer ${none}`,
      'Authorization: Bearer',
    ])
      expect([header, (await rig.get('/api/v1/topology', [header])).status]).toEqual([header, 401])

    vi.useFakeTimers()
    let now = 0
    const auth = createAuth(
      TOKEN,
      createWallPass('another-token', () => now),
      () => now,
    )
    const pass = auth.renew()?.value ?? ''
    now = WALL_SECONDS * 1000 - 5000
    const verdict = auth.check({ authorization: null, cookie: `${WALL_COOKIE}=${pass}` }, '')
    if (!verdict.ok || verdict.expiresIn === null) throw new Error('the pass is not good')
    let left = 0
    const hub = { subscribe: () => () => void (left += 1) }
    const stream = openStream(hub, null, new AbortController().signal, verdict.expiresIn)
    const reader = stream?.getReader()
    expect((await reader?.read())?.done).toBe(false)
    await vi.advanceTimersByTimeAsync(4999)
    expect(left).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    expect([left, (await reader?.read())?.done]).toEqual([1, true])
    vi.useRealTimers()
    now += 5000
    expect(auth.check({ authorization: null, cookie: `${WALL_COOKIE}=${pass}` }, '').ok).toBe(false)
  })

  test('H33 tricks for caches', async () => {
    for (const route of routes().filter(one => !one.endsWith('/stream')))
      for (const headers of [
        [],
        ['RSC: 1'],
        ['If-None-Match: *'],
        ['If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT'],
      ]) {
        const answer = await rig.get(route, [BEARER, ...headers])
        expect([route, headers, answer.headers.get('cache-control')]).toEqual([route, headers, 'no-store'])
      }
    for (const target of ['/?cb=1', '/wall?cb=1', '/api/v1/topology?cb=1', '/nothing', '/_next/static/chunks/none.js'])
      expect((await ask(target)).headers.get('cache-control'), target).toBe('no-store')
    const [asset] = /\/_next\/static\/[^"\\]+\.js/.exec((await ask('/')).body) ?? ['']
    expect((await ask(asset)).headers.get('cache-control')).toMatch(/immutable/)
    expect((await rig.get(asset)).status).toBe(401)
    expect(await rig.streamUntil([BEARER], /event: topology\n/)).toMatch(/cache-control: [^\r]*no-store/i)
  })

  test('H34 Last-Event-ID = -1, 9e999, <script>, a megabyte', async () => {
    for (const id of ['-1', '9e999', '<script>', '1.5', '0x1', '999999999999999', '9'.repeat(400), '\u00ff'])
      expect(await rig.streamUntil([BEARER, `Last-Event-ID: ${id}`], /event: \w+\n/)).toMatch(/event: topology\n/)
    expect((await ask('/api/v1/stream', `Last-Event-ID: ${'1'.repeat(20_000)}`)).status).toBe(431)
  })

  test('H35 a thousand streams of one client', async () => {
    const open = (): Promise<Socket> =>
      new Promise((resolve, reject) => {
        const socket = connect(rig.port, '127.0.0.1')
        socket.on('error', reject)
        socket.once('data', chunk =>
          chunk.toString('latin1').startsWith('HTTP/1.1 200') ? resolve(socket) : reject(new Error(chunk.toString())),
        )
        socket.write(rawHead('GET', '/api/v1/stream', [BEARER], own()))
      })
    const streams: Socket[] = []
    while (streams.length < 1000) streams.push(...(await Promise.all(Array.from({ length: 100 }, open))))
    const refused = await ask('/api/v1/stream')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30'])
    expect(await statusOf('/api/v1/topology')).toBe(200)
    for (const socket of streams) socket.destroy()
    while ((await ask('/metrics')).body.match(/^podwire_streams (\d+)$/m)?.[1] !== '0') await sleep(20)
    expect(await rig.streamUntil([BEARER], /event: topology\n/)).toContain('200 OK')
  })
})

describe('what answers say of themselves', () => {
  test('H36 names of files that are exported', async () => {
    for (const format of ['csv', 'sarif'])
      expect((await ask(`/api/v1/findings?format=${format}`)).headers.get('content-disposition')).toBe(
        `attachment; filename="podwire-findings.${format}"`,
      )
    for (const host of ['../../x', '%22', '..%5cx'])
      expect(await statusOf(`/api/v1/findings?format=csv&host=${host}`)).toBe(404)
    expect(await statusOf('/api/v1/findings?format=csv&host=%22%0d%0aX:y')).toBe(400)
    for (const host of ['../../x', '"\r\nX: y', 'CON', '.', ''])
      expect(fileName([host], 'map', '2026-01-01T00:00:00Z', 'svg')).toMatch(/^podwire-[\w.-]*\.svg$/)
  })

  test('H37 the page in a foreign frame', async () => {
    for (const route of ['/', '/wall', '/api/v1/topology', '/nothing', '/login']) {
      const { headers } = await ask(route)
      expect(headers.get('content-security-policy'), route).toContain("frame-ancestors 'none'")
      expect(headers.get('x-frame-options'), route).toBe('DENY')
      const framed = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe']
      expect(await statusOf(route, ...framed), route).toBe(403)
    }
  })

  test('H38 ?next=javascript:, data: and //evil', async () => {
    const body = `token=${TOKEN}&next=//evil.example`
    const headers = [`Origin: http://${own()}`, `Content-Length: ${body.length}`]
    for (const next of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example',
      'https://evil.example',
      '/\\evil',
    ]) {
      const value = encodeURIComponent(next)
      const signedIn = await rig.send('POST', `/login?next=${value}`, headers, body)
      expect([next, signedIn.status, signedIn.headers.get('location')]).toEqual([next, 303, '/'])
      const page = await ask(`/?next=${value}&redirect=${value}&url=${value}`)
      expect(page.headers.has('location')).toBe(false)
      expect(page.body).not.toMatch(/(href|src|action)="(javascript:|data:text|\/\/evil|https:\/\/evil)/)
    }
  })
})
