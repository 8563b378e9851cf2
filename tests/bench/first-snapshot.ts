/** First snapshot of a host with 150 running containers, beside the same GETs issued bare with the same parallelism. */
import { Agent, request } from 'undici'
import * as z from 'zod'
import { collect } from '@/bin/collect'
import { DEFAULT_LIMITS } from '@/lib/collector/limits'
import type { Connection } from '@/lib/podman/types'
import { type Engine, startLabHost } from '../lab/host'
import { populate } from '../lab/populate'
import { type Budget, median, printTable } from './table'

const CONTAINERS = 150
const NETWORKS = 20
const ROUNDS = 7

const withId = z.array(z.object({ Id: z.string() }))

/** The GETs of a first reading: what depends on nothing at once, inspects as soon as their list is there. */
async function bare(socket: string): Promise<number> {
  const parallel = DEFAULT_LIMITS.inspects
  const agent = new Agent({ connect: { socketPath: socket }, connections: parallel })
  let calls = 0
  const get = async (path: string): Promise<string> => {
    calls++
    const { statusCode, body } = await request(`http://podman/v4.0.0/libpod${path}`, { dispatcher: agent })
    const text = await body.text()
    if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`)
    return text
  }
  const inspects = async (kind: string, list: Promise<string>) => {
    const ids = withId.parse(JSON.parse(await list)).map(one => one.Id)
    // The agent's connections are the parallelism.
    await Promise.all(ids.map(id => get(`/${kind}/${id}/json`)))
  }
  await get('/_ping')
  await Promise.all([
    get('/info'),
    get('/networks/json'),
    get('/volumes/json'),
    inspects('containers', get('/containers/json?all=true&namespace=true')),
    inspects('pods', get('/pods/json')),
  ])
  await agent.close()
  return calls
}

async function firstSnapshot(connection: Connection): Promise<number> {
  const collector = collect(connection, null)
  try {
    await new Promise<void>((resolve, reject) => {
      collector.subscribe(snapshot => {
        if (snapshot.status === 'unreachable') reject(new Error(snapshot.problem ?? 'unreachable'))
        else resolve()
      })
      collector.start()
    })
    const { containers } = collector.current()
    if (containers.length !== CONTAINERS || containers.some(one => one.detail === null))
      throw new Error(`the first snapshot has ${containers.length} containers, or some not inspected`)
    return Object.values(collector.counters()).reduce((sum, { calls }) => sum + calls, 0)
  } finally {
    await collector.stop()
  }
}

/** What an admin would type for the same facts. */
async function commands(engine: Engine): Promise<number> {
  const ids = (await engine.podman('ps', '-aq')).trim().split('\n')
  await engine.podman('ps', '-a', '--format', 'json')
  await engine.podman('inspect', ...ids)
  const names = (await engine.podman('network', 'ls', '-q')).trim().split('\n')
  await engine.podman('network', 'inspect', ...names)
  return 5
}

async function timed(work: () => Promise<number>): Promise<{ time: number; calls: number }> {
  const start = performance.now()
  const calls = await work()
  return { time: performance.now() - start, calls }
}

export async function run(): Promise<Budget[]> {
  const host = await startLabHost({ suite: 'trixie' })
  try {
    await populate(host.engine, { containers: CONTAINERS, networks: NETWORKS })
    const { socket } = host.engine
    const connection: Connection = {
      id: 'bench',
      name: 'bench',
      uri: `unix://${socket}`,
      transport: 'unix',
      path: socket,
      foundBy: 'bench',
      ownerUid: 0,
    }
    const kinds = {
      bare: () => bare(socket),
      podwire: () => firstSnapshot(connection),
      commands: () => commands(host.engine),
    }
    const results = { bare: [], podwire: [], commands: [] } as Record<
      keyof typeof kinds,
      { time: number; calls: number }[]
    >
    // One after the other in every round, so that a slow moment hits all; the first round warms up and does not count.
    for (let round = 0; round <= ROUNDS; round++)
      for (const kind of ['bare', 'podwire', 'commands'] as const) {
        const result = await timed(kinds[kind])
        if (round > 0) results[kind].push(result)
      }
    const times = (kind: keyof typeof kinds) => results[kind].map(one => one.time)
    const calls = (kind: keyof typeof kinds) => results[kind][0]?.calls ?? 0
    const ratio = median(times('podwire')) / median(times('bare'))
    printTable(`First snapshot, ${CONTAINERS} running containers on ${NETWORKS} networks (Podman 5.4.2)`, [
      { what: 'the same GETs, bare', times: times('bare'), note: `${calls('bare')} calls` },
      {
        what: 'first snapshot',
        times: times('podwire'),
        note: `${calls('podwire')} calls, ${ratio.toFixed(2)} × bare`,
      },
      { what: 'podman ps, inspect, network inspect', times: times('commands') },
    ])
    const beside = median(times('podwire')) / median(times('commands'))
    return [
      {
        what: 'first snapshot beside the same GETs',
        target: '≤ 1.15 ×',
        measured: `${ratio.toFixed(2)} ×`,
        met: ratio <= 1.15,
      },
      {
        what: 'first snapshot beside podman ps and inspect',
        target: '< 1 ×',
        measured: `${beside.toFixed(2)} ×`,
        met: beside < 1,
      },
    ]
  } finally {
    await host.stop()
  }
}
