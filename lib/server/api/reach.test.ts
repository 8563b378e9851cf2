import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import { container, known, network, port, probe, snapshot } from '@/lib/topology/testing'
import { createAuth } from '../auth'
import { createHub, type RunningHub } from '../hub'
import { setRunning } from '../registry'
import { problemSchema, reachMatrixSchema, reachOutsideSchema, reachPairSchema, reachRowSchema } from '../schema'
import { type Call, serve } from './handler'
import { matrixAnswer, outsideAnswer, reachAnswer } from './reach'

const web = container('web', { networks: { app: ['10.89.0.2'] }, ports: [port({ hostPort: 8080 })] })
const db = container('db', { networks: { back: ['10.90.0.3'] } })
const networks = [network('app'), network('back', { internal: true })]
const named = (id: string): HostSnapshot => {
  // The kernel says that the internal bridge forwards nothing; without that, who started first would leave it open.
  const closed = probe({ interfaceForwarding: known({ app0: true, back0: false }) })
  const plain = snapshot({ containers: [web, db], networks, probe: closed })
  return { ...plain, connection: { ...plain.connection, id, name: `name of ${id}` } }
}

let hub: RunningHub
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
      onError: error => {
        throw error
      },
    },
    { firstRevision: 41, about: { version: '1', build: 'b', demo: null, unsupported: [] } },
  )
  setRunning({
    hub,
    auth: createAuth('correct-horse-battery'),
    onError: error => {
      throw error
    },
  })
}
beforeEach(() => start(named('a')))
afterEach(() => {
  hub.close()
  setRunning(null)
})

const get = (
  answer: (call: Call) => Response | Promise<Response>,
  query = '',
  headers: Record<string, string> = { authorization: 'Bearer correct-horse-battery' },
): Promise<Response> => serve(new Request(`http://127.0.0.1/api/v1/reach${query}`, { headers }), answer)

const ROW = '?from=container:web'

describe('every answer about reach', () => {
  const all = [
    ['a row', reachAnswer, ROW],
    ['the matrix', matrixAnswer, ''],
    ['the outside', outsideAnswer, ''],
  ] as const

  test.each(all)('%s is refused without the token', async (_, answer, query) => {
    expect((await get(answer, query, {})).status).toBe(401)
  })

  test.each(all)('%s names the revision that it speaks of, and is not sent twice', async (_, answer, query) => {
    const first = await get(answer, query)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(new RegExp(`^W/"${hub.topology().revision}-\\d+"$`))
    const again = await get(answer, query, { authorization: 'Bearer correct-horse-battery', 'if-none-match': etag })
    expect(again.status).toBe(304)
  })

  test.each(all)(
    '%s of a host that is not there is 404, and of several one has to be named',
    async (_, answer, query) => {
      const and = query === '' ? '?' : `${query}&`
      expect((await get(answer, `${and}host=nowhere`)).status).toBe(404)
      hub.close()
      start(named('a'), named('b'))
      const several = await get(answer, query)
      expect(problemSchema.parse(await several.json())).toMatchObject({ status: 400, parameter: 'host' })
      expect((await get(answer, `${and}host=b`)).status).toBe(200)
    },
  )

  test.each(all)('%s refuses what it does not know', async (_, answer, query) => {
    const refused = await get(answer, `${query === '' ? '?' : `${query}&`}sort=up`)
    expect(problemSchema.parse(await refused.json())).toMatchObject({ status: 400, parameter: 'sort' })
  })
})

test('the schemas know each answer, and nothing beside', async () => {
  expect(reachRowSchema.parse(await (await get(reachAnswer, ROW)).json()).from).toBe('container:web')
  const pair = reachPairSchema.parse(await (await get(reachAnswer, `${ROW}&to=container:db`)).json())
  expect(pair.direct[0]?.verdict).toBe('blocked')
  expect(pair.stop).toMatchObject({ kind: 'network', label: 'back' })
  const matrix = reachMatrixSchema.parse(await (await get(matrixAnswer)).json())
  expect(matrix.hostId).toBe('a')
  expect(matrix.targets).toHaveLength(3)
  const outside = reachOutsideSchema.parse(await (await get(outsideAnswer)).json())
  expect(outside.targets.map(({ ref }) => ref)).toContain('port:*:8080/tcp')
})
