/** What an operator sees of a server that is attacked, and that loses its engine. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OBEYED } from '@/lib/report/testing'
import { hungUp, rawHead } from '@/lib/server/testing'
import { type FakeEngine, startEngine } from '../engine/engine'
import { type Podwire, startPodwire } from '../lab/server'
import { addTo, contentWith, setLabels, setName } from './product'
import { BEARER, rigOf, type HostileRig, TOKEN, WALL_TOKEN } from './rig'

const CANARY = 'podwire-canary'
const ANSI = '\u001b[2J\u001b]0;x\u0007\r\n{"level":"fatal"}\u202E'

let engine: FakeEngine
let podwire: Podwire
let rig: HostileRig

beforeAll(async () => {
  const content = contentWith(draft => {
    setName(draft, `name${ANSI}`)
    setLabels(draft, { 'org.opencontainers.image.title': ANSI, token: CANARY })
    draft.config['Env'] = [`TOKEN=${CANARY}`]
  })
  addTo(content, 9, 'powerful', ({ hostConfig }) => void (hostConfig['Privileged'] = true))
  engine = await startEngine(content)
  engine.fault('/containers/json', { status: 500, body: { message: `broken ${ANSI}`, response: 500 } })
  podwire = await startPodwire(
    {
      env: {
        CONTAINER_HOST: `unix://${engine.path}`,
        PODWIRE_TOKEN: TOKEN,
        PODWIRE_WALL_TOKEN: WALL_TOKEN,
        PODWIRE_TRUSTED_PROXIES: '127.0.0.1',
      },
    },
    false,
  )
  rig = rigOf(engine, podwire)
})
afterAll(() => rig.stop())

const readiness = async () => {
  const { status, body } = await rig.get('/readyz', [BEARER])
  return `${status} ${body}`
}
const until = async (wanted: RegExp) => {
  while (!wanted.test(await readiness())) await sleep(25)
}
const metric = async (name: string): Promise<number> => {
  const { body } = await rig.get('/metrics', [BEARER])
  const line = body.split('\n').find(one => one.startsWith(`${name} `))
  return line === undefined ? Number.NaN : Number(line.slice(name.length + 1))
}

describe('a server', () => {
  test('is not ready before the first read, nor when no host can be read any more, and says why', async () => {
    await until(/^503 [^]*Not every host was read yet: [^"]+error, 500/)
    expect((await rig.get('/healthz')).status).toBe(200)
    engine.fault('/containers/json', {})
    await until(/^200 /)
    await engine.kill()
    await until(/^503 [^]*No host can be read any more: [^"]+Nobody listens/)
    expect((await rig.get('/healthz')).status).toBe(200)
    await engine.start()
    await until(/^200 /)
  })

  test('counts age, revision, calls and errors by path, gaps, streams and findings', async () => {
    const read = async () => (await rig.get('/metrics', [BEARER])).body
    let body = await read()
    // What a host says is published a little later than it is ready.
    while (!body.includes('status="live"} 1')) body = await read()
    const host = /podwire_host_status\{host="([^"]+)",status="live"\} 1/.exec(body)?.[1] ?? ''
    expect(host).not.toBe('')
    expect(await metric('podwire_revision')).toBeGreaterThan(0)
    expect(await metric(`podwire_host_age_seconds{host="${host}"}`)).toBeGreaterThanOrEqual(0)
    expect(await metric(`podwire_engine_calls_total{host="${host}",path="/containers/{id}/json"}`)).toBeGreaterThan(0)
    expect(await metric(`podwire_engine_errors_total{host="${host}",path="/containers/json"}`)).toBeGreaterThan(0)
    expect(await metric('podwire_findings{severity="critical"}')).toBe(1)
    const lines = body.split(/\r?\n/)
    expect(lines.filter(line => OBEYED.test(line) || line.includes(CANARY) || line.includes('powerful'))).toEqual([])

    const gaps = `podwire_event_gaps_total{host="${host}"}`
    const before = await metric(gaps)
    engine.endStreams()
    while ((await metric(gaps)) <= before) await sleep(25)

    const reader = connect(rig.port, '127.0.0.1')
    reader.write(rawHead('GET', '/api/v1/stream', [BEARER], `127.0.0.1:${rig.port}`))
    await once(reader, 'data')
    expect(await metric('podwire_streams')).toBe(1)
    reader.destroy()
    while ((await metric('podwire_streams')) !== 0) await sleep(25)
  })

  test('P7 logs each sign-in with its address and without the token, and a flood of them once', async () => {
    const signIn = (token: string, address: string) => {
      const body = `token=${encodeURIComponent(token)}`
      return rig.send(
        'POST',
        '/login',
        [
          `Origin: https://127.0.0.1:${rig.port}`,
          `Content-Length: ${body.length}`,
          `X-Forwarded-For: 203.0.113.9, ${address}`,
          'X-Forwarded-Proto: https',
          'User-Agent: curl\u009b31m\u00ad{}',
        ],
        body,
      )
    }
    const good = await signIn(TOKEN, '198.51.100.1')
    expect(good.headers.get('set-cookie')).toMatch(
      /^podwire_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/,
    )
    expect((await signIn(WALL_TOKEN, '198.51.100.2')).headers.get('set-cookie')).toMatch(
      /^podwire_wall=.*; HttpOnly; SameSite=Strict/,
    )
    for (let attempt = 0; attempt < 14; attempt += 1) await signIn(`wrong-${CANARY}-${attempt}`, '198.51.100.3')
    expect((await signIn(TOKEN, '198.51.100.3')).status).toBe(429)
    expect((await signIn(TOKEN, '198.51.100.4')).status).toBe(303)

    const lines = () =>
      podwire
        .output()
        .split('\n')
        .filter(line => line.includes('"event":"sign-in"'))
    while (lines().length < 14) await sleep(10)
    const told = lines().map(line => JSON.parse(line))
    expect(told.map(({ result, address }) => `${result} ${address}`).toSorted()).toEqual([
      'blocked 198.51.100.3',
      'ok 198.51.100.1',
      'ok 198.51.100.4',
      ...Array.from({ length: 10 }, () => 'refused 198.51.100.3'),
      'wall 198.51.100.2',
    ])
  })

  test('P14 logs lines of JSON, without secrets and control characters', async () => {
    await rig.get('/', [], `evil${String.fromCodePoint(0x9b)}31m.example`)
    while (!podwire.output().includes('refused a request for')) await sleep(10)
    const lines = podwire
      .output()
      .split('\n')
      // The last one may still be on its way.
      .slice(0, -1)
      .filter(line => line.startsWith('{'))
    expect(lines.length).toBeGreaterThanOrEqual(15)
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ level: expect.stringMatching(/^(info|warn|error)$/) })
    for (const line of podwire.output().split('\n')) {
      expect(line).not.toMatch(OBEYED)
      for (const secret of [CANARY, TOKEN, WALL_TOKEN]) expect(line).not.toContain(secret)
    }
  })

  test('says goodbye to streams at SIGTERM, and ends though one of them does not read', async () => {
    const head = rawHead('GET', '/api/v1/stream', [BEARER], `127.0.0.1:${rig.port}`)
    const deaf = connect(rig.port, '127.0.0.1')
    deaf.on('error', () => {})
    deaf.pause()
    deaf.write(head)
    const reader = connect(rig.port, '127.0.0.1')
    let heard = ''
    reader.on('data', chunk => {
      heard += chunk.toString('latin1')
    })
    reader.on('error', () => {})
    reader.write(head)
    while ((await metric('podwire_streams')) !== 2) await sleep(25)
    const closed = hungUp(reader)
    // It gets ten seconds, and is killed then.
    await podwire.stop()
    await closed
    expect(heard).toMatch(/event: bye\ndata: \{\}\n\n/)
    expect(await podwire.ended).toEqual({ code: 0, signal: null })
    deaf.destroy()
  })
})

test('PODWIRE_TLS_CERT and PODWIRE_TLS_KEY make it HTTPS', async () => {
  const root = join(import.meta.dirname, '..', '..')
  const certificates = join(root, 'tests', 'certificates')
  const server = spawn(process.execPath, [join(root, 'bin', 'start.mjs')], {
    cwd: root,
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      PODWIRE_LISTEN: '127.0.0.1:0',
      PODWIRE_RECORDING: join(root, 'public', 'demo.json'),
      PODWIRE_TLS_CERT: join(certificates, 'localhost.crt'),
      PODWIRE_TLS_KEY: join(certificates, 'localhost.key'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  while (!/on https:\/\/127\.0\.0\.1:\d+/.test(said)) said += String(await once(server.stdout, 'data'))
  const [, port] = /https:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? []
  const ca = readFileSync(join(certificates, 'localhost.crt'))
  const asked = request({ host: '127.0.0.1', port, path: '/api/v1/about', ca, agent: false })
  asked.end()
  const [response] = await once(asked, 'response')
  response.resume()
  expect(response.statusCode).toBe(200)
  const ended = once(server, 'exit')
  server.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})
