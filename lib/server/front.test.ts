import { once } from 'node:events'
import { type IncomingHttpHeaders, type Server, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createAuth } from './auth'
import { parseAuthority } from './authority'
import type { SignIn } from './audit'
import { type FrontLimits, type FrontOptions, createFront } from './front'
import { parseRange } from './peer'
import { flood, hungUp, rawHead, sendRaw } from './testing'

const TOKEN = 'correct-horse-battery'

interface Seen {
  method: string
  url: string
  headers: IncomingHttpHeaders
}
interface Rig {
  port: number
  server: Server
  /** Requests that got through to what stands for Next. */
  seen: Seen[]
  get(target: string, headers?: readonly string[], host?: string | null): ReturnType<typeof sendRaw>
  send(method: string, target: string, headers?: readonly string[], body?: string): ReturnType<typeof sendRaw>
}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function start(options: Partial<FrontOptions> = {}, limits: Partial<FrontLimits> = {}): Promise<Rig> {
  const seen: Seen[] = []
  const server = createFront(
    {
      auth: createAuth(null),
      extraHosts: [],
      dev: false,
      handle(request, response) {
        seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers })
        response.setHeader('x-powered-by', 'Next.js')
        response.setHeader('access-control-allow-origin', '*')
        response.setHeader('cache-control', 'public, max-age=31536000, immutable')
        response.end('from next')
      },
      ...options,
    },
    limits,
  )
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const own = `127.0.0.1:${port}`
  return {
    port,
    server,
    seen,
    get: (target, headers = [], host = own) => sendRaw(port, rawHead('GET', target, headers, host)),
    send: (method, target, headers = [], body = '') => sendRaw(port, rawHead(method, target, headers, own) + body),
  }
}

const ROUTES = [
  '/',
  '/healthz',
  '/readyz',
  '/metrics',
  '/icon.svg',
  '/theme.js',
  '/_next/static/chunks/a.js',
  '/api/v1/topology',
  '/api/v1/findings',
  '/api/v1/stream',
  '/api/v1/schema',
  '/api/v1/containers/x',
  '/nothing',
]

describe('P5 host names', () => {
  test('ours gets through, in every spelling', async () => {
    const rig = await start()
    for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', 'localhost.', '[::1]', '[0:0:0:0:0:0:0:1]'])
      expect((await rig.get('/', [], `${host}:${rig.port}`)).body, host).toBe('from next')
  })

  test.each(ROUTES)('any other is 421 without a body on %s', async route => {
    const rig = await start()
    const port = rig.port
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `localhost.evil:${port}`,
      `127.0.0.1:${port}@evil`,
      `2130706433:${port}`,
      `0x7f.1:${port}`,
      `127.1:${port}`,
      `127.0.0.1:${port + 1}`,
      'localhost',
    ]) {
      const answer = await rig.get(route, [], host)
      expect([host, answer.status, answer.body]).toEqual([host, 421, ''])
    }
    expect(rig.seen).toEqual([])
  })

  test('missing, empty or given twice is 400', async () => {
    const rig = await start()
    expect((await rig.get('/', [], null)).status).toBe(400)
    expect((await rig.get('/', [], '')).status).toBe(400)
    expect((await rig.get('/', [`Host: 127.0.0.1:${rig.port}`])).status).toBe(400)
    expect((await rig.get('/', ['Host: evil.example'])).status).toBe(400)
    expect((await sendRaw(rig.port, 'GET / HTTP/1.0\r\n\r\n')).status).toBe(400)
    expect(rig.seen).toEqual([])
  })

  test('an equal Origin does not make a foreign name ours, nor do forwarding headers', async () => {
    const rig = await start()
    const host = `evil.example:${rig.port}`
    expect((await rig.get('/', [`Origin: http://${host}`], host)).status).toBe(421)
    for (const name of ['X-Forwarded-Host', 'Forwarded', 'X-Host', 'X-Original-Host'])
      expect((await rig.get('/', [`${name}: localhost:${rig.port}`], host)).status).toBe(421)
    expect(rig.seen).toEqual([])
  })

  test('a listed name gets through', async () => {
    const rig = await start({ extraHosts: [parseAuthority('wall.example') ?? { host: '', port: null }] })
    expect((await rig.get('/', [], 'Wall.Example')).status).toBe(200)
    expect((await rig.get('/', ['Origin: https://wall.example'], 'wall.example')).status).toBe(200)
    expect((await rig.get('/', ['Origin: https://wall.example:8443'], 'wall.example')).status).toBe(403)
    expect((await rig.get('/', ['Origin: http://wall.example'], 'wall.example')).status).toBe(200)
  })
})

describe('P6 other origins and sites', () => {
  test('a foreign, broken or null Origin is 403 everywhere', async () => {
    const rig = await start()
    for (const route of ROUTES)
      for (const origin of [
        'null',
        'http://evil.example',
        `http://localhost:${rig.port}.evil`,
        `http://localhost:${rig.port}0`,
        `http://127.0.0.1:${rig.port}/`,
        `http://x@127.0.0.1:${rig.port}`,
        `http://localhost:${rig.port}`,
        `ftp://127.0.0.1:${rig.port}`,
        '',
      ])
        expect((await rig.get(route, [`Origin: ${origin}`])).status, `${route} ${origin}`).toBe(403)
    expect(rig.seen).toEqual([])
  })

  test('our own is fine', async () => {
    const rig = await start()
    expect((await rig.get('/api/v1/topology', [`Origin: http://127.0.0.1:${rig.port}`])).status).toBe(200)
  })

  test.each(['cross-site', 'same-site', 'nonsense'])('Sec-Fetch-Site: %s is 403 everywhere', async site => {
    const rig = await start()
    for (const route of ROUTES) {
      expect((await rig.get(route, [`Sec-Fetch-Site: ${site}`])).status, route).toBe(403)
      const image = [`Sec-Fetch-Site: ${site}`, 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: image']
      expect((await rig.get(route, image)).status, route).toBe(403)
      const frame = [`Sec-Fetch-Site: ${site}`, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe']
      expect((await rig.get(route, frame)).status, route).toBe(403)
    }
    expect(rig.seen).toEqual([])
  })

  test('a link on another site may open the page, and nothing of the API', async () => {
    const rig = await start()
    const link = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']
    expect((await rig.get('/?select=container%3Aweb', link)).status).toBe(200)
    for (const route of ['/api/v1/topology', '/api/v1/stream', '/metrics', '/readyz', '/healthz'])
      expect((await rig.get(route, link)).status, route).toBe(403)
  })

  test('the address bar and our own pages are no other site', async () => {
    const rig = await start()
    for (const site of ['none', 'same-origin'])
      expect((await rig.get('/api/v1/topology', [`Sec-Fetch-Site: ${site}`])).status).toBe(200)
  })
})

describe('methods', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS', 'PROPFIND'])(
    '%s is 405 everywhere',
    async method => {
      const rig = await start()
      for (const route of ['/', '/login', ...ROUTES]) {
        const answer = await rig.send(method, route, [
          'Access-Control-Request-Method: GET',
          `Origin: http://127.0.0.1:${rig.port}`,
          'Next-Action: 0123',
        ])
        expect([route, answer.status, answer.headers.get('allow')]).toEqual([route, 405, 'GET, HEAD'])
        expect([...answer.headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([])
      }
      expect(rig.seen).toEqual([])
    },
  )

  test('a Server Action body is 405 and is not read', async () => {
    const rig = await start()
    const body = '--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n["$1:a"]\r\n--x--\r\n'
    const headers = [
      'Next-Action: x',
      'Content-Type: multipart/form-data; boundary=x',
      `Content-Length: ${body.length}`,
    ]
    expect((await rig.send('POST', '/', headers, body)).status).toBe(405)
    expect(rig.seen).toEqual([])
  })

  test('CONNECT is 405, and opens no tunnel', async () => {
    const rig = await start()
    expect((await sendRaw(rig.port, 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n\r\n')).status).toBe(405)
  })

  test('overrides are ignored', async () => {
    const rig = await start()
    expect((await rig.get('/?_method=DELETE', ['X-HTTP-Method-Override: POST'])).status).toBe(200)
    expect(rig.seen[0]).toMatchObject({ method: 'GET' })
    expect(rig.seen[0]?.headers).not.toHaveProperty('x-http-method-override')
  })

  test('HEAD goes through, and refusals of it have no body', async () => {
    const rig = await start()
    expect((await rig.send('HEAD', '/')).status).toBe(200)
    const refused = await rig.send('HEAD', '/', ['Origin: null'])
    expect([refused.status, refused.body]).toEqual([403, ''])
  })
})

describe('upgrades, absolute forms and odd framing', () => {
  test.each(['websocket', 'h2c', 'TLS/1.0'])('Upgrade: %s is 400', async protocol => {
    const rig = await start()
    for (const route of ['/', '/api/v1/stream', '/_next/webpack-hmr']) {
      const upgrade = `GET ${route} HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`
      expect((await sendRaw(rig.port, upgrade)).status).toBe(400)
      expect((await rig.get(route, [`Upgrade: ${protocol}`])).status).toBe(400)
    }
    expect(rig.seen).toEqual([])
  })

  test('an absolute form is 400, with and without an upgrade', async () => {
    const rig = await start()
    for (const target of [
      'http://169.254.169.254/',
      `http://127.0.0.1:${rig.port}/`,
      'https://localhost/',
      '//evil/..',
    ])
      expect((await rig.get(target)).status).toBe(400)
    const upgrade = `GET http://169.254.169.254/ HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
    expect((await sendRaw(rig.port, upgrade)).status).toBe(400)
    expect(rig.seen).toEqual([])
  })

  test('a read with a body, two lengths, or a broken chunk is 400 and the end of the connection', async () => {
    const rig = await start()
    const host = `Host: 127.0.0.1:${rig.port}`
    for (const head of [
      `GET / HTTP/1.1\r\n${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      `GET / HTTP/1.1\r\n${host}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}\r\nContent-Length: 5\r\n\r\nhello`,
      `GET / HTTP/1.1\r\n${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
      `GET / HTTP/1.1\r\n${host}\r\nContent-Length: +5\r\n\r\nhello`,
    ]) {
      const answer = await sendRaw(rig.port, head)
      expect([head, answer.status, answer.text.match(/HTTP\/1\.1/g)?.length]).toEqual([head, 400, 1])
    }
    expect(rig.seen).toEqual([])
  })

  test('line breaks and control characters in headers are 400', async () => {
    const rig = await start()
    for (const header of ['X: a\rb', 'X: a\nb', 'X: a\u0000b', 'X : a', ' folded', 'no-colon'])
      expect(
        (await sendRaw(rig.port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\n${header}\r\n\r\n`)).status,
      ).toBe(400)
    expect(rig.seen).toEqual([])
  })

  test('bytes that are no HTTP are 400', async () => {
    const rig = await start()
    expect((await sendRaw(rig.port, Buffer.from('160301020001000001fc0303', 'hex'))).status).toBe(400)
    expect((await sendRaw(rig.port, 'GEX / HTTP/1.1\r\n\r\n')).status).toBe(400)
  })
})

describe('P11 sizes and deadlines', () => {
  test('a long address is 414, a huge one or huge headers 431', async () => {
    const rig = await start()
    expect((await rig.get(`/?${'a=1&'.repeat(1500)}`)).status).toBe(414)
    const head = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\n`
    expect(await flood(rig.port, 'GET /', 'a', 1_000_000)).toBe('431')
    expect(await flood(rig.port, `${head}X: `, 'a', 1_000_000)).toBe('431')
    expect(await flood(rig.port, head, 'X-A: aaaaaaaaaaaaaaaa\r\n', 500_000)).toBe('431')
    expect(await flood(rig.port, 'GET /?', 'k=v&', 400_000)).toBe('431')
    expect(rig.seen).toEqual([])
  })

  test('slow headers are cut, and others are served meanwhile', async () => {
    const rig = await start({}, { headersTimeout: 1000, requestTimeout: 1500 })
    const slow = connect(rig.port, '127.0.0.1')
    slow.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\n`)
    const drip = setInterval(() => slow.write('X: a\r\n'), 50)
    slow.on('error', () => {})
    const closed = hungUp(slow)
    expect((await rig.get('/')).status).toBe(200)
    slow.resume()
    await closed
    clearInterval(drip)
  })

  test('a slow login body is cut', async () => {
    const rig = await start({ auth: createAuth(TOKEN) }, { headersTimeout: 1000, requestTimeout: 1500 })
    const origin = `Origin: http://127.0.0.1:${rig.port}`
    const slow = connect(rig.port, '127.0.0.1')
    slow.on('error', () => {})
    slow.write(rawHead('POST', '/login', [origin, 'Content-Length: 100'], `127.0.0.1:${rig.port}`))
    slow.resume()
    await hungUp(slow)
  })
})

describe('paths', () => {
  test.each([
    ['/_next/image?url=%2Ficon.svg&w=64&q=75', 404],
    ['/_next/image?url=http%3A%2F%2F169.254.169.254%2F&w=64&q=75', 404],
    ['/_next/data/x/index.json', 404],
    ['/_next', 404],
    ['/_nextish', 404],
    ['/../etc/passwd', 400],
    ['/%2e%2e%2fetc/passwd', 404],
    ['/%252e%252e/', 400],
    ['/..;/', 400],
    ['/%00', 400],
    ['/api/containers/..%2f..%2fimages%2fjson', 404],
    ['/api/v1/containers/x%23', 404],
    ['/?a=%0d%0aX:y', 400],
    ['/?__nextLocale=de', 400],
  ])('%s is %i', async (target, status) => {
    const rig = await start()
    expect((await rig.get(target)).status).toBe(status)
    expect(rig.seen).toEqual([])
  })
})

describe('what Next sees', () => {
  const HOSTILE = [
    'x-middleware-subrequest: middleware:middleware:middleware:middleware:middleware',
    'x-middleware-subrequest: src/middleware',
    'Next-Action: 00ff',
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-For: 10.0.0.1',
    'X-Forwarded-Proto: https',
    'X-Forwarded-Prefix: /evil',
    'X-Invoke-Path: /admin',
    'X-Matched-Path: /admin',
    'X-Nextjs-Data: 1',
    'X-Now-Route-Matches: 1',
    'X-Prerender-Revalidate: 1',
    'Purpose: prefetch',
    'Range: bytes=0-1',
    'TE: trailers',
    'Cookie: __prerender_bypass=x; a=b',
    "Content-Security-Policy: script-src 'nonce-AAAA'",
    'Accept-Encoding: gzip',
  ]

  test('a head with what it needs, and our own policy instead of the client’s', async () => {
    const rig = await start()
    await rig.get('/', [...HOSTILE, 'User-Agent: test'])
    const headers = rig.seen[0]?.headers ?? {}
    expect(Object.keys(headers).sort()).toEqual([
      'accept-encoding',
      'connection',
      'content-security-policy',
      'host',
      'user-agent',
    ])
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='/)
    expect(headers['content-security-policy']).not.toContain('AAAA')
  })

  test('the same answer with hostile headers as without', async () => {
    const rig = await start()
    expect((await rig.get('/', HOSTILE)).status).toBe((await rig.get('/')).status)
  })
})

describe('headers of every answer', () => {
  const TARGETS: [string, readonly string[], number][] = [
    ['/', [], 200],
    ['/_next/static/chunks/a.js', [], 200],
    ['/api/v1/topology', [], 200],
    ['/', ['Origin: null'], 403],
    ['/_next/image', [], 404],
  ]
  test.each(TARGETS)('%s %j', async (target, headers, status) => {
    const rig = await start()
    const answer = await rig.get(target, headers)
    expect(answer.status).toBe(status)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*|http/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(answer.headers.get('permissions-policy')).toContain('camera=()')
    expect(answer.headers.has('x-powered-by')).toBe(false)
    expect(answer.headers.has('access-control-allow-origin')).toBe(false)
    const cacheable = target.startsWith('/_next/static/')
    expect(answer.headers.get('cache-control')).toBe(cacheable ? 'public, max-age=31536000, immutable' : 'no-store')
  })

  test('headers that are given with the status line are no way round', async () => {
    const rig = await start({
      handle: (_request, response) => {
        response.writeHead(200, 'Fine', { 'Cache-Control': 'public', 'Access-Control-Allow-Origin': '*', 'X-Own': '1' })
        response.end()
      },
    })
    const answer = await rig.get('/')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.has('access-control-allow-origin')).toBe(false)
    expect(answer.headers.get('x-own')).toBe('1')
  })

  test('a hashed file that does not exist is not kept', async () => {
    const rig = await start({ handle: (_request, response) => void response.writeHead(404).end() })
    expect((await rig.get('/_next/static/gone.js')).headers.get('cache-control')).toBe('no-store')
  })

  test('nonces are not used twice, and the answer’s is the one that Next was given', async () => {
    const rig = await start()
    const nonce = async () =>
      /nonce-([^']+)/.exec((await rig.get('/')).headers.get('content-security-policy') ?? '')?.[1]
    const nonces = [await nonce(), await nonce()]
    expect(new Set(nonces).size).toBe(2)
    expect(rig.seen.map(one => /nonce-([^']+)/.exec(String(one.headers['content-security-policy']))?.[1])).toEqual(
      nonces,
    )
  })

  test('a failing handler is a 500 without a word of the error', async () => {
    const errors: unknown[] = []
    const rig = await start({
      handle: () => Promise.reject(new Error('secret of the house')),
      onError: error => errors.push(error),
    })
    const answer = await rig.get('/')
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('secret')
    expect(errors).toHaveLength(1)
  })

  test('refusals of the API are problem details', async () => {
    const rig = await start()
    const answer = await rig.get('/api/v1/topology', ['Origin: null'])
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(JSON.parse(answer.body)).toMatchObject({ type: 'about:blank', status: 403, title: 'Forbidden' })
  })
})

describe('P7 with a token', () => {
  const withToken = () => start({ auth: createAuth(TOKEN) })

  test('everything but /healthz is 401 without one', async () => {
    const rig = await withToken()
    for (const route of ROUTES.filter(route => route !== '/healthz')) {
      for (const headers of [
        [],
        ['Authorization: Bearer wrong-token-wrong'],
        ['Authorization: Basic Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5'],
        [`Authorization: Bearer ${TOKEN}`, `Authorization: Bearer ${TOKEN}`],
        [`Authorization: Bearer ${TOKEN} x`],
        ['Cookie: podwire_session=guess'],
        [`Cookie: podwire_session=${'x'.repeat(4000)}`],
        ['Cookie: podwire_session=eyJhbGciOiJub25lIn0.e30.'],
        ['RSC: 1'],
        ['Next-Router-Prefetch: 1', 'RSC: 1'],
      ]) {
        const answer = await rig.get(route, headers)
        expect([route, headers, answer.status]).toEqual([route, headers, 401])
        expect(answer.headers.get('www-authenticate')).toContain('Bearer')
      }
    }
    for (const route of [
      `/?token=${TOKEN}`,
      '/?_rsc=1',
      '/index.rsc',
      '/page.segments/x',
      '/en/',
      '/en/api/v1/topology',
    ])
      expect((await rig.get(route)).status, route).toBe(401)
    expect(rig.seen).toEqual([])
    expect((await rig.get('/healthz')).status).toBe(200)
  })

  test('everything is served with it', async () => {
    const rig = await withToken()
    for (const route of ROUTES)
      expect((await rig.get(route, [`Authorization: Bearer ${TOKEN}`])).status, route).toBe(200)
  })

  const signIn = (rig: Rig, token: string, headers: readonly string[] = [`Origin: http://127.0.0.1:${rig.port}`]) => {
    const body = `token=${encodeURIComponent(token)}`
    return rig.send('POST', '/login', [...headers, `Content-Length: ${body.length}`], body)
  }

  test('a browser gets the form, signs in, and is served by its cookie', async () => {
    const rig = await withToken()
    const form = await rig.get('/', ['Accept: text/html'])
    expect(form.status).toBe(401)
    expect(form.body).toContain('<form method="post" action="/login">')
    // Under no-referrer a browser would send "Origin: null" with the form.
    expect(form.headers.get('referrer-policy')).toBe('same-origin')
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(form.headers.get('content-security-policy') ?? '')?.[1]
    expect(form.body).toContain(`<style nonce="${nonce}">`)

    const wrong = await signIn(rig, 'wrong-token-wrong')
    expect(wrong.status).toBe(401)
    expect(wrong.headers.has('set-cookie')).toBe(false)

    const answer = await signIn(rig, TOKEN)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^podwire_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
    const pair = cookie.split(';', 1)[0]
    expect((await rig.get('/', [`Cookie: theme=dark; ${pair}`])).status).toBe(200)
    expect(rig.seen[0]?.headers.cookie).toBe(pair)
    expect((await rig.get('/', [`Cookie: ${pair}; ${pair}`])).status).toBe(401)
    expect((await rig.get('/', [`Cookie: ${pair}`, `Cookie: ${pair}`])).status).toBe(401)
  })

  test('where to go after signing in is not for others to say', async () => {
    const rig = await withToken()
    const body = `token=${TOKEN}&next=//evil.example`
    for (const target of ['/login', '/login?next=//evil', '/login?next=javascript:alert(1)']) {
      const answer = await rig.send(
        'POST',
        target,
        [`Origin: http://127.0.0.1:${rig.port}`, `Content-Length: ${body.length}`],
        body,
      )
      expect(answer.headers.get('location')).toBe('/')
    }
  })

  test('after signing in the view that was asked for is shown, and no other place', async () => {
    const rig = await withToken()
    const origin = `http://127.0.0.1:${rig.port}`
    const cases: [string, string][] = [
      [`${origin}/?select=container%3Aweb`, '/?select=container%3Aweb'],
      [`${origin}/login?select=x`, '/'],
      [`${origin}//evil.example/?a`, '/'],
      [`${origin}/?a=%0d%0aX:y`, '/'],
      [`${origin}.evil.example/?a`, '/'],
      ['http://evil.example/?a', '/'],
    ]
    for (const [referer, location] of cases) {
      const answer = await signIn(rig, TOKEN, [`Origin: ${origin}`, `Referer: ${referer}`])
      expect([referer, answer.headers.get('location')]).toEqual([referer, location])
    }
  })

  test('signing in takes proof of origin, a length, and little of it', async () => {
    const rig = await withToken()
    const own = `Origin: http://127.0.0.1:${rig.port}`
    expect((await signIn(rig, TOKEN, [])).status).toBe(403)
    expect((await signIn(rig, TOKEN, ['Origin: null'])).status).toBe(403)
    expect((await signIn(rig, TOKEN, ['Origin: http://evil.example'])).status).toBe(403)
    expect((await signIn(rig, TOKEN, [own, 'Sec-Fetch-Site: cross-site'])).status).toBe(403)
    expect((await signIn(rig, TOKEN, [own, 'Sec-Fetch-Site: none'])).status).toBe(403)
    expect((await signIn(rig, TOKEN, [own, 'Sec-Fetch-Site: same-origin'])).status).toBe(303)
    expect((await signIn(rig, 'x'.repeat(5000), [own])).status).toBe(413)
    expect((await rig.send('POST', '/login', [own, 'Transfer-Encoding: chunked'], '0\r\n\r\n')).status).toBe(400)
    expect((await rig.send('POST', '/login/', [own, 'Content-Length: 0'])).status).toBe(405)
    expect((await rig.send('PUT', '/login', [own])).headers.get('allow')).toBe('GET, HEAD, POST')
  })

  test('guessing is slowed down', async () => {
    const rig = await withToken()
    for (let i = 0; i < 10; i++) expect((await signIn(rig, `wrong-token-${i}`)).status).toBe(401)
    const blocked = await signIn(rig, TOKEN)
    expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([429, '60'])
    expect((await rig.get('/', [`Authorization: Bearer ${TOKEN}`])).status).toBe(200)
  })
})

describe('forwarding headers', () => {
  const body = `token=${TOKEN}`
  const claims = ['X-Forwarded-For: 198.51.100.7', 'X-Forwarded-Proto: https', `Content-Length: ${body.length}`]
  const range = parseRange('127.0.0.1')
  const trusting = range === null ? [] : [range]

  async function signIn(options: Partial<FrontOptions>, scheme: string) {
    const told: SignIn[] = []
    const rig = await start({ auth: createAuth(TOKEN), onSignIn: one => told.push(one), ...options })
    const origin = `Origin: ${scheme}://127.0.0.1:${rig.port}`
    const answer = await rig.send('POST', '/login', [...claims, origin, 'User-Agent: browser'], body)
    return { told, status: answer.status, cookie: answer.headers.get('set-cookie') ?? '' }
  }

  test('of a trusted proxy say who signs in, and make the cookie Secure', async () => {
    const { told, cookie } = await signIn({ trustedProxies: trusting }, 'https')
    expect(told).toEqual([{ result: 'ok', address: '198.51.100.7', agent: 'browser' }])
    expect(cookie).toMatch(/; Secure$/)
    expect((await signIn({ trustedProxies: trusting }, 'http')).status).toBe(403)
  })

  test('of anybody else are ignored', async () => {
    const { told, cookie } = await signIn({}, 'http')
    expect(told).toEqual([{ result: 'ok', address: '127.0.0.1', agent: 'browser' }])
    expect(cookie).not.toContain('Secure')
  })

  test('make no foreign name ours, whoever sends them', async () => {
    const rig = await start({ trustedProxies: trusting })
    const forwarded = [`X-Forwarded-Host: localhost:${rig.port}`, `Forwarded: host=localhost:${rig.port}`]
    expect((await rig.get('/', forwarded, 'evil.example')).status).toBe(421)
  })
})

test('a body that waits for permission to be sent is not asked for', async () => {
  const rig = await start()
  const request = httpRequest({
    port: rig.port,
    host: '127.0.0.1',
    method: 'POST',
    headers: { Expect: '100-continue', 'Content-Length': 9 },
  })
  let continued = false
  request.on('continue', () => (continued = true))
  request.on('error', () => {})
  request.flushHeaders()
  const [response] = await once(request, 'response')
  expect(response.statusCode).toBe(405)
  expect(continued).toBe(false)
  request.destroy()
})
