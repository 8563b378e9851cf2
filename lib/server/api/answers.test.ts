import { afterEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { HostSnapshot } from '@/lib/collector/types'
import { examine } from '@/lib/exposure/engine'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import { container, engineId, network, pod, port, snapshot } from '@/lib/topology/testing'
import { createAuth } from '../auth'
import { type RunningHub, createHub } from '../hub'
import { setRunning } from '../registry'
import {
  aboutSchema,
  containerAnswerSchema,
  findingsSchema,
  networkAnswerSchema,
  podAnswerSchema,
  problemSchema,
  topologySchema,
} from '../schema'
import { aboutAnswer } from './about'
import { containerAnswer, networkAnswer, podAnswer } from './drilldown'
import { findingsAnswer } from './findings'
import { type Call, serve } from './handler'
import { healthzAnswer, metricsAnswer, readyzAnswer } from './health'
import { schemaAnswer } from './schema'
import { topologyAnswer } from './topology'

const hubs: RunningHub[] = []
const errors: unknown[] = []
afterEach(() => {
  for (const hub of hubs.splice(0)) hub.close()
  setRunning(null)
  expect(errors.splice(0)).toEqual([])
})

/** A started server with these hosts. */
function start(snapshots: readonly HostSnapshot[], token: string | null = null): RunningHub {
  const hub = createHub(
    snapshots.map(one => ({
      current: () => one,
      ageSeconds: () => 3,
      counters: () => ({}),
      subscribe: () => () => {},
    })),
    {
      build: (one, ageSeconds) => buildTopology(one, { ageSeconds }),
      assemble: assembleTopology,
      diff: diffTopology,
      examine,
      wallTime: () => new Date().toISOString(),
      onError: error => errors.push(error),
    },
    { firstRevision: 1, about: { version: '1', build: 'b', demo: null, unsupported: [] } },
  )
  hubs.push(hub)
  setRunning({ hub, auth: createAuth(token), onError: error => errors.push(error) })
  return hub
}

const host = (id: string, spec: Partial<HostSnapshot> = {}): HostSnapshot => {
  const plain = snapshot(spec)
  return { ...plain, connection: { ...plain.connection, id, name: `name of ${id}` } }
}

const get = (
  answer: (call: Call) => Response | Promise<Response>,
  target: string,
  headers: Record<string, string> = {},
): Promise<Response> => serve(new Request(`http://127.0.0.1${target}`, { headers }), answer)

const read = async (response: Response | Promise<Response>): Promise<unknown> => (await response).json()

async function problemOf(response: Promise<Response>) {
  const answer = await response
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  const body = problemSchema.parse(await answer.json())
  expect(body.status).toBe(answer.status)
  return body
}

const web = container('web', { networks: { app: ['10.89.0.2'] }, ports: [port({ hostPort: 8080 })] })
const db = container('db', { networks: { app: ['10.89.0.3'], back: ['10.90.0.3'] } })
const sidecar = container('sidecar', { mode: `container:${engineId('web')}`, netns: web.summary.netns })
const monitor = container('monitor', { mode: 'host' })
const busy = () =>
  host('a', { containers: [web, db, sidecar, monitor], networks: [network('app'), network('back'), network('lone')] })

describe('every answer', () => {
  test('is refused without the token, also when nothing stood in front', async () => {
    start([host('a')], 'correct-horse-battery')
    for (const answer of [topologyAnswer, findingsAnswer, aboutAnswer, schemaAnswer, readyzAnswer, metricsAnswer]) {
      expect((await get(answer, '/')).status).toBe(401)
      expect((await get(answer, '/', { authorization: 'Bearer wrong-horse-battery' })).status).toBe(401)
      expect((await get(answer, '/', { authorization: 'Bearer correct-horse-battery' })).status).toBe(200)
    }
  })

  test('says so when there is no server', async () => {
    setRunning(null)
    expect((await problemOf(get(topologyAnswer, '/'))).status).toBe(503)
  })

  test('names a parameter that it does not know, or has twice', async () => {
    start([host('a')])
    for (const answer of [topologyAnswer, findingsAnswer, aboutAnswer, schemaAnswer, readyzAnswer, metricsAnswer]) {
      const body = await problemOf(get(answer, '/?hosts=a'))
      expect([body.status, body.parameter]).toEqual([400, 'hosts'])
    }
    expect(await problemOf(get(findingsAnswer, '/?host=a&host=a'))).toMatchObject({ status: 400, parameter: 'host' })
    expect(await problemOf(get(findingsAnswer, '/?host='))).toMatchObject({ status: 400, parameter: 'host' })
    expect(await problemOf(get(findingsAnswer, '/?__proto__=x'))).toMatchObject({ status: 400 })
    expect(await problemOf(get(findingsAnswer, '/?constructor=x'))).toMatchObject({ parameter: 'constructor' })
  })

  test('keeps the reason of a failure to itself', async () => {
    start([host('a')])
    const answer = await get(() => {
      throw new Error('the secret reason')
    }, '/')
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('secret')
    expect(errors.splice(0)).toHaveLength(1)
  })
})

describe('topology', () => {
  test('is the contract, with ages of now', async () => {
    start([busy(), host('b')])
    const topology = topologySchema.parse(await read(get(topologyAnswer, '/')))
    expect(topology.hosts.map(one => [one.id, one.ageSeconds])).toEqual([
      ['a', 3],
      ['b', 3],
    ])
  })

  test('is not sent again to whoever has this revision', async () => {
    start([busy()])
    const etag = (await get(topologyAnswer, '/')).headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"\d+"$/)
    for (const header of [etag, etag.slice(2), `"x", ${etag}`, '*']) {
      const again = await get(topologyAnswer, '/', { 'if-none-match': header })
      expect([header, again.status, again.headers.get('etag'), await again.text()]).toEqual([header, 304, etag, ''])
    }
    expect((await get(topologyAnswer, '/', { 'if-none-match': 'W/"0"' })).status).toBe(200)
  })
})

describe('topology as text for other programs', () => {
  test.each([
    ['mermaid', 'text/vnd.mermaid; charset=utf-8', /^%% Podwire, [^\n]*\nflowchart LR\n/],
    ['dot', 'text/vnd.graphviz; charset=utf-8', /^digraph podwire \{\n/],
  ])('%s', async (format, type, beginning) => {
    const hub = start([busy()])
    const answer = await get(topologyAnswer, `/?format=${format}`)
    expect(answer.headers.get('content-type')).toBe(type)
    const text = await answer.text()
    expect(text).toMatch(beginning)
    for (const { name } of hub.topology().hosts.flatMap(({ containers }) => containers)) expect(text).toContain(name)
    const etag = answer.headers.get('etag') ?? ''
    expect((await get(topologyAnswer, `/?format=${format}`, { 'if-none-match': etag })).status).toBe(304)
    expect((await get(topologyAnswer, '/', { 'if-none-match': etag })).status).toBe(200)
  })

  test('no other', async () => {
    start([busy()])
    expect(await problemOf(get(topologyAnswer, '/?format=__proto__'))).toMatchObject({
      status: 400,
      parameter: 'format',
    })
  })
})

describe('findings', () => {
  test('are all of them, or those of one host by id or name', async () => {
    start([busy(), host('b', { containers: [container('other', { mode: 'host' })] })])
    const all = findingsSchema.parse(await read(get(findingsAnswer, '/?format=json')))
    const hosts = new Set(all.findings.map(finding => finding.hostId))
    expect([...hosts].sort()).toEqual(['a', 'b'])
    for (const query of ['host=b', 'host=name%20of%20b']) {
      const some = findingsSchema.parse(await read(get(findingsAnswer, `/?${query}`)))
      expect(some.findings).toEqual(all.findings.filter(finding => finding.hostId === 'b'))
      expect(some.notExamined).toEqual(all.notExamined)
    }
  })

  test('of no known host are 404, in no known format 400', async () => {
    start([host('a')])
    expect((await problemOf(get(findingsAnswer, '/?host=nobody'))).status).toBe(404)
    expect(await problemOf(get(findingsAnswer, '/?format=xml'))).toMatchObject({ status: 400, parameter: 'format' })
  })

  test('as a file, in a format for others', async () => {
    start([busy(), host('b', { containers: [container('other', { mode: 'host' })] })])
    const all = findingsSchema.parse(await read(get(findingsAnswer, '/')))
    const sarif = await get(findingsAnswer, '/?format=sarif')
    expect(sarif.headers.get('content-type')).toBe('application/sarif+json; charset=utf-8')
    expect(sarif.headers.get('content-disposition')).toBe('attachment; filename="podwire-findings.sarif"')
    const [run] = z
      .object({
        runs: z.array(
          z.object({ results: z.array(z.object({ partialFingerprints: z.record(z.string(), z.string()) })) }),
        ),
      })
      .parse(await sarif.json()).runs
    expect(run?.results.map(({ partialFingerprints }) => partialFingerprints['podwire/v1'])).toEqual(
      all.findings.map(({ id }) => id),
    )
    const csv = await get(findingsAnswer, `/?format=csv&host=${encodeURIComponent('name of a')}`)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="podwire-findings.csv"')
    const text = await csv.text()
    for (const { id, hostId } of all.findings) expect(text.includes(id)).toBe(hostId === 'a')
    expect(all.findings.map(({ hostId }) => hostId)).toContain('a')
  })
})

describe('one container', () => {
  const ask = (id: string, query = '') => get(call => containerAnswer(call, id), `/${query}`)

  test('is found by every name it has', async () => {
    start([busy()])
    const id = engineId('web')
    for (const name of ['web', id, id.slice(0, 12), id.slice(0, 40), `a:container:${id}`])
      expect(containerAnswerSchema.parse(await read(ask(name))).container.name).toBe('web')
  })

  test.each([
    'exec',
    'json',
    'prune',
    'we',
    'WEB',
    'constructor',
    '__proto__',
    engineId('web').slice(0, 11),
    'f'.repeat(64),
    'app',
  ])('is not found as %s', async name => {
    start([busy()])
    expect((await problemOf(ask(name))).status).toBe(404)
  })

  test('comes with who is next to it', async () => {
    start([busy()])
    const answer = containerAnswerSchema.parse(await read(ask('sidecar')))
    expect(answer.namespace?.ownerId).toBe(`a:container:${engineId('web')}`)
    expect(answer.neighbours.members.map(one => [one.name, one.addresses])).toEqual([['web', ['10.89.0.2']]])
    expect(answer.neighbours.networks.map(one => [one.name, one.members.map(other => other.name)])).toEqual([
      ['app', ['db']],
    ])
    expect(answer.doors.map(door => door.hostPort)).toEqual([8080])
    expect(answer.host).toEqual({ id: 'a', name: 'name of a', status: 'live', ageSeconds: 3, problem: null })
  })

  test('in the host’s namespace has the host’s doors for none of its own', async () => {
    start([busy()])
    const answer = containerAnswerSchema.parse(await read(ask('monitor')))
    expect(answer.doors).toEqual([])
    expect(answer.findings.map(finding => finding.ruleId)).toContain('host-network')
  })

  test('that two hosts have by this name, or this prefix, is not guessed', async () => {
    const twin = container('web', { id: `${engineId('web').slice(0, 20)}${'0'.repeat(44)}` })
    start([busy(), host('b', { containers: [twin] })])
    expect((await problemOf(ask('web'))).status).toBe(404)
    expect((await problemOf(ask(engineId('web').slice(0, 12)))).status).toBe(404)
    const answer = containerAnswerSchema.parse(await read(ask('web', '?host=b')))
    expect(answer.container.id).toBe(`b:container:${twin.summary.id}`)
    expect((await problemOf(ask('web', '?host=c'))).status).toBe(404)
  })

  test('named like another one’s prefix is itself', async () => {
    const named = container(engineId('web').slice(0, 12))
    start([host('a', { containers: [web, named] })])
    const answer = containerAnswerSchema.parse(await read(ask(engineId('web').slice(0, 12))))
    expect(answer.container.name).toBe(named.summary.name)
  })
})

test('one network comes with its members, the doors that lead in, and where its members are too', async () => {
  start([busy()])
  const ask = (name: string) => get(call => networkAnswer(call, name), '/')
  const app = networkAnswerSchema.parse(await read(ask('app')))
  expect(app.network.name).toBe('app')
  expect(app.neighbours.members.map(one => one.name).sort()).toEqual(['db', 'sidecar', 'web'])
  expect(app.neighbours.networks.map(one => [one.name, one.members.map(other => other.name)])).toEqual([
    ['back', ['db']],
  ])
  expect(app.doors.map(door => door.hostPort)).toEqual([8080])
  const lone = networkAnswerSchema.parse(await read(ask('lone')))
  expect([lone.neighbours, lone.doors]).toEqual([{ members: [], networks: [] }, []])
  expect((await problemOf(ask('nothing'))).status).toBe(404)
})

test('one pod comes with its members', async () => {
  const infra = container('shop-infra', { pod: 'shop', infra: true, networks: { app: ['10.89.0.9'] } })
  const member = container('shop-web', {
    pod: 'shop',
    mode: `container:${engineId('shop-infra')}`,
    netns: infra.summary.netns,
  })
  const shop = pod('shop', { summary: { containerIds: [infra.summary.id, member.summary.id] } })
  start([host('a', { containers: [infra, member, web], pods: [shop], networks: [network('app')] })])
  const answer = podAnswerSchema.parse(await read(get(call => podAnswer(call, 'shop'), '/')))
  expect(answer.pod.name).toBe('shop')
  expect(answer.neighbours.members.map(one => one.name).sort()).toEqual(['shop-infra', 'shop-web'])
  expect(answer.neighbours.networks[0]?.members.map(one => one.name)).toEqual(['web'])
  expect((await problemOf(get(call => podAnswer(call, 'web'), '/'))).status).toBe(404)
})

describe('for supervisors', () => {
  test('healthz knows nothing but that it answers', async () => {
    expect(await read(healthzAnswer())).toEqual({ status: 'ok' })
  })

  test('readyz waits for every host, and names those that it waits for', async () => {
    start([host('a'), host('b', { readAt: null, status: 'unreachable' })])
    const body = await problemOf(get(readyzAnswer, '/'))
    expect([body.status, body.detail]).toEqual([503, 'Not every host was read yet: name of b.'])
    start([host('a')])
    expect((await get(readyzAnswer, '/')).status).toBe(200)
  })

  test('metrics are Prometheus text', async () => {
    start([busy()])
    const answer = await get(metricsAnswer, '/')
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    expect(await answer.text()).toContain('podwire_containers{host="a",state="running"} 4')
  })

  test('about says what the page has to say', async () => {
    start([host('a')])
    expect(aboutSchema.parse(await read(get(aboutAnswer, '/')))).toEqual({
      version: '1',
      build: 'b',
      demo: null,
      unsupported: [],
    })
  })
})
