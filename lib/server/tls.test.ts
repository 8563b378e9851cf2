import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { createAuth } from './auth'
import { ConfigError } from './config'
import { createFront } from './front'
import { rawHead, sendRaw } from './testing'
import { readTls } from './tls'

const FILES = join(import.meta.dirname, '..', '..', 'tests', 'certificates')
const cert = join(FILES, 'localhost.crt')
const key = join(FILES, 'localhost.key')
const TOKEN = 'correct-horse-battery'

describe('certificate files', () => {
  test('are read', () => {
    const { cert: read } = readTls({ cert, key })
    expect(read.toString()).toContain('BEGIN CERTIFICATE')
  })

  test.each([
    [{ cert: join(FILES, 'missing.crt'), key }, /^PODWIRE_TLS_CERT is .*readable PEM file$/],
    [{ cert, key: FILES }, /^PODWIRE_TLS_KEY is .*readable PEM file$/],
    [{ cert: key, key }, /^PODWIRE_TLS_CERT is .*a certificate in PEM$/],
    [{ cert, key: cert }, /^PODWIRE_TLS_KEY is .*a private key in PEM/],
    [{ cert, key: join(FILES, 'other.key') }, /^PODWIRE_TLS_KEY is .*the key of PODWIRE_TLS_CERT$/],
  ])('that cannot be used are named in one line: %j', (files, message) => {
    expect(() => readTls(files)).toThrow(ConfigError)
    expect(() => readTls(files)).toThrow(message)
  })
})

describe('over TLS', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  async function start() {
    const server = createFront({
      auth: createAuth(TOKEN),
      extraHosts: [],
      dev: false,
      tls: readTls({ cert, key }),
      handle: (_request, response) => void response.end('from next'),
    })
    servers.push(server)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  async function ask(port: number, path: string, headers: Record<string, string>, body: string | null = null) {
    const method = body === null ? 'GET' : 'POST'
    const length = body === null ? {} : { 'content-length': String(body.length) }
    const request = httpsRequest({
      host: '127.0.0.1',
      port,
      path,
      method,
      ca: readFileSync(cert),
      headers: { ...length, ...headers },
      agent: false,
    })
    request.end(body ?? undefined)
    const [response] = await once(request, 'response')
    response.resume()
    return response
  }

  test('pages are served, and the session cookie is Secure', async () => {
    const port = await start()
    const own = { origin: `https://127.0.0.1:${port}` }
    expect((await ask(port, '/', { authorization: `Bearer ${TOKEN}` })).statusCode).toBe(200)
    const { statusCode, headers } = await ask(port, '/login', own, `token=${TOKEN}`)
    expect(statusCode).toBe(303)
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^podwire_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/),
    ])
  })

  test('the plain page of the same name is another origin', async () => {
    const port = await start()
    const { statusCode } = await ask(port, '/login', { origin: `http://127.0.0.1:${port}` }, `token=${TOKEN}`)
    expect(statusCode).toBe(403)
  })

  test('what speaks no TLS gets no page', async () => {
    const port = await start()
    const answer = await sendRaw(port, rawHead('GET', '/healthz', [], `127.0.0.1:${port}`)).catch(() => null)
    expect(answer?.status ?? 0).not.toBe(200)
    expect(answer?.body ?? '').toBe('')
  })
})
