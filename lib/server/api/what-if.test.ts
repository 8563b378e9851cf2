import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import { container, network, port, probe, snapshot } from '@/lib/topology/testing'
import { createAuth } from '../auth'
import { createHub, type RunningHub } from '../hub'
import { setRunning } from '../registry'
import { problemSchema } from '../schema'
import { privateAndHostSchema, whatIfSchema } from '../what-if-schema'
import { type Call, serve } from './handler'
import { modesAnswer, whatIfAnswer } from './what-if'

const web = container('web', { networks: { app: ['10.89.0.2'] }, ports: [port({ hostPort: 8080 })] })
const named = (id: string): HostSnapshot => {
  const plain = snapshot({ containers: [web], networks: [...snapshot().networks, network('app')], probe: probe() })
  return { ...plain, connection: { ...plain.connection, id, name: `name of ${id}` } }
}

let hub: RunningHub
const throwing = (error: unknown) => {
  throw error
}
function start(...snapshots: readonly HostSnapshot[]): void {
  hub = createHub(
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
      examine: () => ({ findings: [], notExamined: [] }),
      wallTime: () => '2026-11-21T00:00:00Z',
      onError: throwing,
    },
    { firstRevision: 41, about: { version: '1', build: 'b', demo: null, unsupported: [] } },
  )
  setRunning({ hub, auth: createAuth('correct-horse-battery'), onError: throwing })
}
beforeEach(() => start(named('a')))
afterEach(() => {
  hub.close()
  setRunning(null)
})

const get = (
  answer: (call: Call) => Response | Promise<Response>,
  query: string,
  headers: Record<string, string> = { authorization: 'Bearer correct-horse-battery' },
): Promise<Response> => serve(new Request(`http://127.0.0.1/api/v1/what-if${query}`, { headers }), answer)

describe('what if', () => {
  test('is answered as the schema has it', async () => {
    const response = await get(whatIfAnswer, '?container=web&network=host')
    const { outcome } = whatIfSchema.parse(await response.json())
    expect(outcome?.difference.doors.lost.map(({ ref }) => ref)).toEqual(['port:*:8080/tcp'])
    expect(outcome?.lines.podman).toBe('# create web again with: --network host')
  })

  test('what cannot exist is an answer, with the reasons', async () => {
    const response = await get(whatIfAnswer, '?container=container:web&network=host&publish=127.0.0.1:8080')
    expect(response.status).toBe(200)
    const { refusals, outcome } = whatIfSchema.parse(await response.json())
    expect(refusals.map(({ code, asked }) => [code, asked])).toEqual([['publishes-nothing', 'publish']])
    expect(outcome).toBeNull()
  })

  test('several ports are a list', async () => {
    const response = await get(whatIfAnswer, '?container=web&publish=127.0.0.1:8080,9090:90')
    const { outcome } = whatIfSchema.parse(await response.json())
    expect(outcome?.difference.doors.gained.map(({ ref }) => ref)).toEqual([
      'port:127.0.0.1:8080/tcp',
      'port:*:9090/tcp',
    ])
  })

  test('private and host stand side by side', async () => {
    const both = privateAndHostSchema.parse(await (await get(modesAnswer, '?container=web')).json())
    expect([both.now, both.private.refusals, both.host.refusals]).toEqual(['private', [], []])
  })

  test.each([
    [whatIfAnswer, '', 400, 'container'],
    [whatIfAnswer, '?container=web&network=a:b:c', 400, 'network'],
    [whatIfAnswer, '?container=web&publish=x', 400, 'publish'],
    [whatIfAnswer, '?container=web&unpublish=8080:80', 400, 'unpublish'],
    [whatIfAnswer, '?container=web&netwrok=host', 400, 'netwrok'],
    [whatIfAnswer, '?container=ghost&network=host', 404, undefined],
    [whatIfAnswer, '?container=pod:web&network=host', 404, undefined],
    [whatIfAnswer, '?container=web&network=host&host=b', 404, undefined],
    [modesAnswer, '?container=web&network=host', 400, 'network'],
    [modesAnswer, '?container=ghost', 404, undefined],
  ])('a wrong question is told what is wrong %#', async (answer, query, status, parameter) => {
    const response = await get(answer, query)
    const told = problemSchema.parse(await response.json())
    expect([response.status, told.parameter]).toEqual([status, parameter])
  })

  test('of several hosts one has to be named', async () => {
    start(named('a'), named('b'))
    expect((await get(whatIfAnswer, '?container=web&network=host')).status).toBe(400)
    const response = await get(whatIfAnswer, '?container=web&network=host&host=b')
    expect(whatIfSchema.parse(await response.json()).hostId).toBe('b')
  })

  test.each([whatIfAnswer, modesAnswer])('nobody is answered without the token', async answer =>
    expect((await get(answer, '?container=web&network=host', {})).status).toBe(401),
  )
})
