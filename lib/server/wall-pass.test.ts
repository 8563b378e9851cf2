import { once } from 'node:events'
import type { Server } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { createAuth } from './auth'
import { createFront } from './front'
import { type RawAnswer, rawHead, sendRaw } from './testing'
import { WALL_SECONDS, createWallPass, isWallRead } from './wall-pass'

const TOKEN = 'correct-horse-battery'
const WALL = 'only-for-the-wall'

describe('a pass', () => {
  const clock = { now: 1_800_000_000_000 }
  const pass = createWallPass(WALL, () => clock.now)

  test('lasts its time, and outlives the process that issued it', () => {
    const issued = pass.issue()
    expect(createWallPass(WALL, () => clock.now).lifetime(issued)).toBe(WALL_SECONDS * 1000)
    const later = (ms: number) => createWallPass(WALL, () => clock.now + ms).lifetime(issued)
    expect(later(WALL_SECONDS * 1000 - 1)).toBe(1)
    expect(later(WALL_SECONDS * 1000)).toBeNull()
  })

  test('ends with its token', () => {
    expect(createWallPass(`${WALL}2`, () => clock.now).lifetime(pass.issue())).toBeNull()
  })

  test('cannot be made longer or made up', () => {
    const issued = pass.issue()
    const [until = '', nonce = '', signature = ''] = issued.split('.')
    for (const forged of [
      '',
      issued.slice(1),
      `${issued}x`,
      `9${until}.${nonce}.${signature}`,
      `${until}.${nonce.toLowerCase()}A.${signature}`,
      `${until}.${nonce}.${'A'.repeat(43)}`,
      `${until}.${signature}`,
      'x'.repeat(100_000),
    ])
      expect(pass.lifetime(forged), forged.slice(0, 80)).toBeNull()
    expect(pass.lifetime(issued)).not.toBeNull()
  })

  test('never repeats', () => {
    expect(new Set(Array.from({ length: 100 }, () => pass.issue())).size).toBe(100)
  })
})

test('the wall reads exact paths, and the files that pages are made of', () => {
  for (const path of ['/wall', '/api/v1/stream', '/api/v1/topology', '/api/v1/findings', '/_next/static/chunks/a.js'])
    expect(isWallRead(path), path).toBe(true)
  for (const path of [
    '/',
    '/wall/',
    '/Wall',
    '/wallx',
    '/api/v1/topology/',
    '/api/v1/containers/x',
    '/metrics',
    '/_next/static',
  ])
    expect(isWallRead(path), path).toBe(false)
})

describe('at the front', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  async function start(auth = createAuth(TOKEN, createWallPass(WALL))) {
    const seen: (string | undefined)[] = []
    const server = createFront({
      auth,
      extraHosts: [],
      dev: false,
      handle(request, response) {
        seen.push(`${request.url} ${request.headers.cookie}`)
        response.end('from next')
      },
    })
    servers.push(server)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const own = `127.0.0.1:${port}`
    const signIn = (token: string, referer = `http://${own}/wall?host=root&rotate=20`) => {
      const body = `token=${token}`
      const headers = [
        `Origin: http://${own}`,
        `Referer: ${referer}`,
        `Content-Length: ${body.length}`,
        'Content-Type: application/x-www-form-urlencoded',
      ]
      return sendRaw(port, rawHead('POST', '/login', headers, own) + body)
    }
    return {
      seen,
      signIn,
      get: (path: string, headers: string[] = []) => sendRaw(port, rawHead('GET', path, headers, own)),
    }
  }

  const cookieOf = (answer: RawAnswer) => `Cookie: ${(answer.headers.get('set-cookie') ?? '').split(';')[0]}`

  test('without a pass nothing runs but the form, which takes the token out of the address', async () => {
    const { get, seen } = await start()
    const answer = await get('/wall?host=root', ['Accept: text/html'])
    expect(answer.status).toBe(401)
    expect(answer.headers.get('set-cookie')).toBeUndefined()
    expect(answer.headers.get('referrer-policy')).toBe('same-origin')
    expect(answer.body).toContain("history.replaceState(null, '', location.pathname + location.search)")
    const [, nonce] = /<script nonce="([^"]+)">/.exec(answer.body) ?? []
    expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
    expect((await get('/api/v1/stream')).status).toBe(401)
    expect(seen).toEqual([])
  })

  test("the wall's token is exchanged for a pass that opens what the wall reads, and nothing else", async () => {
    const { get, signIn, seen } = await start()
    const answer = await signIn(WALL)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/wall?host=root&rotate=20')
    expect(answer.headers.get('set-cookie')).toMatch(
      /^podwire_wall=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    )
    const pass = cookieOf(answer)
    for (const path of ['/wall?host=root', '/api/v1/stream', '/api/v1/topology', '/api/v1/findings', '/theme.js'])
      expect((await get(path, [pass])).status, path).toBe(200)
    expect(seen).toHaveLength(5)
    expect(seen[1]).toBe(`/api/v1/stream ${pass.slice('Cookie: '.length)}`)
    for (const path of [
      '/',
      '/metrics',
      '/readyz',
      '/api/v1/reach',
      '/api/v1/containers/x',
      '/api/v1/schema',
      '/wall/',
      '/%77all/x',
    ])
      expect((await get(path, [pass])).status, path).toBe(401)
    expect(seen).toHaveLength(5)
  })

  test('a pass survives a restart, and is renewed whenever the wall is loaded', async () => {
    const first = await start()
    const pass = cookieOf(await first.signIn(WALL))
    const second = await start()
    const answer = await second.get('/wall', [pass])
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toMatch(/^podwire_wall=/)
    expect(cookieOf(answer)).not.toBe(pass)
    expect((await second.get('/api/v1/topology', [pass])).headers.get('set-cookie')).toBeUndefined()
  })

  test('a wrong token gets the form again, without a way to go round', async () => {
    const { signIn } = await start()
    const answer = await signIn('nearly-for-the-wall')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('set-cookie')).toBeUndefined()
    for (let tries = 0; tries < 9; tries++) await signIn('nearly-for-the-wall')
    expect((await signIn(WALL)).status).toBe(429)
  })

  test('the token of the dashboard opens the wall like everything, and leads back to it', async () => {
    const { get, signIn } = await start()
    const answer = await signIn(TOKEN)
    expect(answer.headers.get('location')).toBe('/wall?host=root&rotate=20')
    expect(answer.headers.get('set-cookie')).toMatch(/^podwire_session=/)
    const page = await get('/wall', [cookieOf(answer)])
    expect([page.status, page.headers.get('set-cookie')]).toEqual([200, undefined])
    expect((await get('/', [cookieOf(answer)])).status).toBe(200)
  })

  test("somebody else's page as Referer leads to the wall, and a session to the page", async () => {
    const { signIn } = await start()
    expect((await signIn(WALL, 'http://evil.example/wall?x=1')).headers.get('location')).toBe('/wall')
    expect((await signIn(WALL, 'http://evil.example/')).headers.get('location')).toBe('/wall')
    expect((await signIn(TOKEN, 'http://evil.example/?x=1')).headers.get('location')).toBe('/')
  })

  test('without a token of its own the wall asks for that of the dashboard', async () => {
    const { get, signIn } = await start(createAuth(TOKEN))
    expect((await signIn(WALL)).status).toBe(401)
    const forged = createWallPass(WALL).issue()
    expect((await get('/wall', [`Cookie: podwire_wall=${forged}`])).status).toBe(401)
  })

  test('two passes in one request are a sign of tampering', async () => {
    const { get, signIn } = await start()
    const [, pass = ''] = cookieOf(await signIn(WALL)).split(': ')
    expect((await get('/wall', [`Cookie: ${pass}; ${pass}`])).status).toBe(401)
  })
})
