/** What holds without the front, and what a hundred thousand requests make of the engine's socket: nothing. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createCollector } from '@/lib/collector/collector'
import type { Collector } from '@/lib/collector/types'
import { examine } from '@/lib/exposure/engine'
import { createClient } from '@/lib/podman/client'
import { callToOne } from '@/lib/podman/endpoints'
import { PodmanError } from '@/lib/podman/errors'
import { readRecording, recordedTransport } from '@/lib/podman/recording'
import { connectionTo } from '@/lib/podman/testing'
import type { Transport } from '@/lib/podman/transport'
import { noProbe } from '@/lib/probe/facts'
import { createAuth } from '@/lib/server/auth'
import { judgeRequest } from '@/lib/server/guard'
import { createHub, type RunningHub } from '@/lib/server/hub'
import { setRunning } from '@/lib/server/registry'
import { createWallPass, isWallRead, WALL_COOKIE } from '@/lib/server/wall-pass'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import { loadRoutes, type Route } from './handlers'
import { TOKEN } from './rig'

const RUNS = 100_000
const wall = createWallPass('staple-on-the-wall')
const errors: unknown[] = []
/** Exact paths that went to the engine. */
const calls: string[] = []
let routes: Route[]
let collector: Collector
let hub: RunningHub

beforeAll(async () => {
  routes = await loadRoutes()
  const recording = await readRecording('tests/recordings/podman-5.4.2.json')
  const inner = recordedTransport(recording)
  const counting: Transport = {
    get: (call, signal) => {
      calls.push(call.path)
      return inner.get(call, signal)
    },
    open: (call, signal, onConnected) => {
      calls.push(call.path)
      return inner.open(call, signal, onConnected)
    },
    close: () => inner.close(),
  }
  const connection = connectionTo('recording.json', { transport: 'recording' })
  collector = createCollector({
    connection,
    connect: () => createClient(connection, counting),
    probe: () => Promise.resolve(noProbe('a recording')),
  })
  const live = new Promise<void>(resolve => {
    collector.subscribe(({ status }) => status === 'live' && resolve())
  })
  collector.start()
  await live
  hub = createHub(
    [collector],
    {
      build: (snapshot, ageSeconds) => buildTopology(snapshot, { ageSeconds }),
      assemble: assembleTopology,
      diff: diffTopology,
      examine,
      wallTime: () => '2026-01-01T00:00:00.000Z',
      onError: error => errors.push(error),
    },
    { firstRevision: 1, about: { version: '1', build: 'b', demo: null, unsupported: [] } },
  )
  setRunning({ hub, auth: createAuth(TOKEN, wall), onError: error => errors.push(error) })
})

afterAll(async () => {
  setRunning(null)
  hub.close()
  await collector.stop()
  expect(errors).toEqual([])
})

const ORIGIN = 'http://127.0.0.1:4410'
const pathOf = ({ file }: Route) => `/${file.replace('/route.ts', '').replaceAll(/\[+[^\]]*\]+/g, 'x')}`

async function call(route: Route, method: string, target: string, headers: Record<string, string>): Promise<Response> {
  const params = route.matches(target.split('?')[0] ?? '') ?? {}
  const handler = route.handlers.get(method)
  if (handler === undefined) return new Response(null, { status: 405 })
  return await handler(new Request(ORIGIN + target, { headers, method }), { params: Promise.resolve(params) })
}

describe('P7 without the front', () => {
  test('every handler refuses who shows nothing, or something wrong', async () => {
    expect(routes.length).toBeGreaterThan(12)
    for (const route of routes)
      for (const headers of [
        {},
        { authorization: 'Bearer wrong' },
        { cookie: 'podwire_session=x; podwire_wall=1.2.3' },
      ]) {
        if (pathOf(route) === '/healthz') continue
        const { status } = await call(route, 'GET', pathOf(route), headers)
        expect([route.file, status]).toEqual([route.file, 401])
      }
  })

  test('P6 no handler changes anything: they answer GET, and HEAD at most', () => {
    for (const { file, handlers } of routes)
      expect([file, [...handlers.keys()].filter(method => !['GET', 'HEAD'].includes(method))]).toEqual([file, []])
  })

  test('the wall’s pass opens what the wall reads, and nothing else', async () => {
    const cookie = `${WALL_COOKIE}=${wall.issue()}`
    for (const route of routes) {
      const path = pathOf(route)
      if (path === '/healthz' || path.endsWith('/stream')) continue
      const { status } = await call(route, 'GET', path, { cookie })
      expect([path, status === 401]).toEqual([path, !isWallRead(path)])
    }
  })
})

const hex = (length: { minLength?: number; maxLength: number }) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), ...length })

/** Ids and names as nobody should send them, some nearly right. */
const words = fc.oneof(
  hex({ maxLength: 70 }),
  hex({ minLength: 64, maxLength: 64 }),
  fc.string({
    unit: fc.constantFrom(...Array.from('aZ9%/?#&=+;:@\\\'"<> \r\n\t\0\u202E\u200B\u00FF\u4E2D\u{1F600}')),
    maxLength: 12,
  }),
  fc.constantFrom('exec', 'json', '..', '%2e%2e', 'constructor', '__proto__', 'web1', 'host', 'a?all=1', '\0'),
)

/** `count` texts of parts that are drawn anew for each; the same ones in each run. */
function* made(count: number, forms: readonly ((draw: () => string) => string)[]): Generator<string> {
  const pool = fc.sample(words, 4000)
  let state = 20_261_121
  const next = (below: number) => {
    // https://en.wikipedia.org/wiki/Linear_congruential_generator, as in Numerical Recipes; the low bits are poor.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 8) % below
  }
  const draw = () => pool[next(pool.length)] ?? ''
  for (let index = 0; index < count; index += 1) yield forms[index % forms.length]?.(draw) ?? ''
}

const REF_KINDS = ['container', 'neighbour', 'routed', 'host', 'pod', 'network']
const IDS = [
  (draw: () => string) => draw(),
  (draw: () => string) => draw() + draw(),
  (draw: () => string) => `${draw()}/json`,
]
const encode = encodeURIComponent
const TARGETS = [
  ...['containers', 'networks', 'pods', 'images', 'exec'].flatMap(kind => [
    (draw: () => string) => `/api/v1/${kind}/${encode(draw())}`,
    (draw: () => string) => `/api/v1/${kind}/${draw()}${draw()}`,
  ]),
  ...REF_KINDS.flatMap(kind => [
    (draw: () => string) => `/api/v1/reach?from=${kind}:${encode(draw())}`,
    (draw: () => string) => `/api/v1/reach?from=host&to=${kind}:${encode(draw())}`,
  ]),
  (draw: () => string) => `/api/v1/findings?host=${encode(draw())}`,
  (draw: () => string) => `/api/v1/${draw()}?${draw()}=${draw()}`,
  (draw: () => string) => `/${draw()}/${draw()}/${encode(draw())}`,
  (draw: () => string) => `/v4.0.0/libpod/${draw()}/${draw()}/json`,
]

const HEADERS = new Headers({ authorization: `Bearer ${TOKEN}` })
/** What the handlers read of a request; a whole one costs more than all that they do with it. */
const plain = (target: string) => ({ url: ORIGIN + target, headers: HEADERS }) as Request

describe('a hundred thousand', { timeout: 240_000 }, () => {
  test('P2 ids, paths and references that clients make up cause no call to the engine', async () => {
    const before = calls.length
    const auth = createAuth(TOKEN)
    const rawHeaders = ['Host', '127.0.0.1:4410', 'Authorization', `Bearer ${TOKEN}`]
    const policy = { ownPort: 4410, extraHosts: [], auth, dev: false }
    const peer = { address: '127.0.0.1', secure: false }
    const outcomes = new Map<string, number>()
    let admitted = 0
    for (const target of made(RUNS, TARGETS)) {
      const verdict = judgeRequest({ method: 'GET', target, rawHeaders, peer, localAddress: '127.0.0.1' }, policy)
      let outcome = verdict.allow ? 'page' : `guard ${verdict.problem.status}`
      const path = target.split('?')[0] ?? ''
      const route = verdict.allow ? routes.find(one => one.matches(path) !== null) : undefined
      admitted += 1
      // Most have the same few answers: each fifth goes all the way.
      if (route !== undefined && !path.endsWith('/stream') && admitted % 5 === 0) {
        const params = Promise.resolve(route.matches(path) ?? {})
        const answer = await route.handlers.get('GET')?.(plain(target), { params })
        outcome = `handler ${answer?.status}`
      }
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    expect(calls.slice(before)).toEqual([])
    // They got everywhere that a request can get to, and nowhere that something broke.
    expect([...outcomes.keys()]).toEqual(
      expect.arrayContaining(['guard 400', 'guard 404', 'handler 200', 'handler 400', 'handler 404']),
    )
    expect([...outcomes.keys()].filter(outcome => outcome.endsWith(' 500'))).toEqual([])
  })

  test('P1 ids that an engine makes up lead to its own two endpoints, or nowhere', () => {
    // A trace for each refusal would take longer than all the rest.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    onTestFinished(() => void (Error.stackTraceLimit = stackTraceLimit))
    let paths = 0
    for (const id of made(RUNS, IDS))
      for (const endpoint of ['container', 'pod'] as const)
        try {
          const { path } = callToOne(endpoint, id)
          if (path !== `/v4.0.0/libpod/${endpoint}s/${id}/json` || !/^[0-9a-f]{64}$/.test(id))
            expect(path).toBe('no path')
          paths += 1
        } catch (thrown) {
          if (!(thrown instanceof PodmanError)) throw thrown
        }
    expect(paths).toBeGreaterThan(100)
    expect(
      calls.filter(
        path =>
          !/^\/v4\.0\.0\/libpod\/(_ping|version|info|containers\/json\?all=true&namespace=true|(containers|pods)\/[0-9a-f]{64}\/json|networks\/json|pods\/json|volumes\/json|events\?stream=true&filters=[\w%]+)$/.test(
            path,
          ),
      ),
    ).toEqual([])
  })
})
