/**
 * Podwire from the socket to the streams, in this process and in a time of its own, with a fault proxy before its engine.
 */
import { afterEach, expect } from 'vitest'
import type { Clock } from '@/lib/collector/clock'
import { createCollector } from '@/lib/collector/collector'
import { connectionOf } from '@/lib/collector/fake-engine'
import type { Limits } from '@/lib/collector/limits'
import { socketIdentityOf } from '@/lib/collector/socket-watch'
import { virtualTime, type VirtualTime } from '@/lib/collector/testing'
import type { Collector, HostSnapshot } from '@/lib/collector/types'
import { examine } from '@/lib/exposure/engine'
import type { FindingsReport } from '@/lib/exposure/types'
import { createUnixClient, type ClientOptions } from '@/lib/podman/client'
import type { PodmanClient } from '@/lib/podman/types'
import { noProbe } from '@/lib/probe/facts'
import { createHub, type RunningHub } from '@/lib/server/hub'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import type { Host, Topology } from '@/lib/topology/types'
import { recordedContent, type EngineContent } from '../engine/content'
import { startEngine, type FakeEngine } from '../engine/engine'
import { startProxy, type FaultProxy } from './proxy'

/** How many calls a client has under way at most; more wait for those. */
const CONNECTIONS = 8

/** Podwire behind a proxy, whatever engine stands on the other side. */
export interface WatchedRig {
  proxy: FaultProxy
  time: VirtualTime
  collector: Collector
  hub: RunningHub
  /** One line for each change of the host's status, as the server's log has it. */
  log: string[]
  /** Everything that the collector published. */
  published: HostSnapshot[]
  /** Pictures that the streams were told, by the clock: milliseconds. */
  told: { at: number; events: string[] }[]
  /** What was shown that must not be, in words. */
  breaches: string[]
  host: () => Host
  names: () => string[]
  /** Rules and names of the findings of now. */
  findings: () => string[]
  /** Lets time pass until it is so; fails after so many milliseconds of that time. */
  until: (what: string, fits: () => boolean, limit?: number) => Promise<void>
  /** From now on what is found now must stay, but for what is named here, and what is seen live is the good picture. */
  settled: (ending?: readonly string[]) => void
  calls: (part: string) => string[]
}

/** The engine is one of the test's own. */
export interface Rig extends WatchedRig {
  engine: FakeEngine
}

export interface WatchOptions {
  limits?: Partial<Limits>
  client?: ClientOptions
  start?: boolean
  /** Of the connection. */
  id?: string
  /** Past the proxy, where the fault is in what the engine has to tell. */
  isDirect?: boolean
  /** 0 ≤ x < 1, for back-offs. */
  random?: () => number
}

export interface RigOptions extends WatchOptions {
  content?: EngineContent
}

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

/** At the end of the test, last come first. */
export const afterwards = (clean: () => Promise<void>): void => void cleanups.push(clean)

/** An engine from a recording behind a proxy, and a Podwire that has read it (unless `start` is false). */
export async function rigOf(options: RigOptions = {}): Promise<Rig> {
  const engine = await startEngine(options.content ?? recordedContent('5.4.2'))
  afterwards(() => engine.close())
  return { ...(await watch(engine.path, options)), engine }
}

/** The same before any engine that serves at this path. */
export async function watch(upstream: string, options: WatchOptions = {}): Promise<WatchedRig> {
  const flight = { calls: 0, looks: 0 }
  let held = () => 0
  const quiet = () => quietOf(flight, () => held())
  const time = virtualTime(quiet)
  const proxy = await startProxy(upstream, time.timers.after)
  held = proxy.held
  afterwards(() => proxy.close())

  const path = options.isDirect === true ? upstream : proxy.path
  const connection = connectionOf({
    path,
    uri: `unix://${path}`,
    ownerUid: null,
    ...(options.id && { id: options.id, name: options.id }),
  })
  const look = socketIdentityOf(connection)
  const collector = createCollector({
    connection,
    connect: () => tracked(createUnixClient(connection, { after: time.timers.after, ...options.client }), flight),
    probe: () => Promise.resolve(noProbe('not in this test')),
    clock: time.clock,
    timers: time.timers,
    random: options.random ?? (() => 0.5),
    limits: options.limits ?? {},
    async socketIdentity() {
      flight.looks++
      return look().finally(() => flight.looks--)
    },
  })
  const rig = observe(proxy, time, collector)
  afterwards(async () => {
    rig.hub.close()
    const stopped = collector.stop()
    await time.advance(0)
    await stopped
    // Whatever happened, no timer of ours is left; delays of the proxy are its own.
    expect(rig.breaches).toEqual([])
  })
  if (options.start !== false) {
    collector.start()
    await rig.until('live', () => rig.host().status === 'live')
    await time.advance(1000)
    rig.settled()
    rig.log.length = rig.published.length = rig.told.length = rig.proxy.requests.length = 0
  }
  return rig
}

/** Resolves when every call is answered or kept back on purpose, and nothing has moved for a few turns of the loop. */
async function quietOf(flight: { calls: number; looks: number }, held: () => number): Promise<void> {
  for (let still = 0, turns = 0; still < 12; turns++) {
    await new Promise(resolve => setImmediate(resolve))
    const idle = flight.looks === 0 && (flight.calls <= held() || held() >= CONNECTIONS)
    still = idle ? still + 1 : 0
    if (turns > 2_000_000) throw new Error(`${flight.calls} calls are under way, of which ${held()} are kept back`)
  }
}

/** A client whose calls are counted while they are under way. */
function tracked(client: PodmanClient, flight: { calls: number }): PodmanClient {
  const count = async <T>(work: Promise<T>): Promise<T> => {
    flight.calls++
    return work.finally(() => flight.calls--)
  }
  return {
    connection: client.connection,
    counters: client.counters,
    ping: signal => count(client.ping(signal)),
    version: signal => count(client.version(signal)),
    info: signal => count(client.info(signal)),
    containers: signal => count(client.containers(signal)),
    container: (id, signal) => count(client.container(id, signal)),
    networks: signal => count(client.networks(signal)),
    pods: signal => count(client.pods(signal)),
    pod: (id, signal) => count(client.pod(id, signal)),
    volumes: signal => count(client.volumes(signal)),
    async *events(signal, onOpen) {
      flight.calls++
      let isOpening = true
      const opened = () => {
        if (isOpening) flight.calls--
        isOpening = false
      }
      try {
        for await (const event of client.events(signal, () => {
          opened()
          onOpen?.()
        })) {
          opened()
          yield event
        }
      } finally {
        opened()
      }
    },
    close: () => count(client.close()),
  }
}

/** The hub over a collector, and everything that it shows, watched for what must never be shown. */
function observe(proxy: FaultProxy, time: VirtualTime, collector: Collector): WatchedRig {
  const breaches: string[] = []
  const log: string[] = []
  const published: HostSnapshot[] = []
  const told: WatchedRig['told'] = []
  let good: string | null = null
  let kept: ReadonlyMap<string, string> = new Map()

  const words = (report: FindingsReport) =>
    new Map(report.findings.map(({ id, ruleId, subject }) => [id, `${ruleId} ${subject.name}`]))
  const contents = ({ containers, networks, namespaces, pods }: Host) =>
    JSON.stringify([containers, networks, namespaces, pods])

  const hub = createHub(
    [collector],
    {
      build(snapshot, ageSeconds) {
        const model = buildTopology(snapshot, { ageSeconds })
        if (snapshot.status === 'stale' && contents(model.host) !== good) breaches.push('stale, and not as last seen')
        else if (snapshot.status !== 'stale') good = contents(model.host)
        return model
      },
      assemble: assembleTopology,
      diff: diffTopology,
      examine(models) {
        const report = examine(models)
        const found = words(report)
        for (const [id, what] of kept) if (!found.has(id)) breaches.push(`turned green: ${what}`)
        return report
      },
      wallTime: () => new Date(time.clock.wall()).toISOString(),
      onError: error => breaches.push(`a fault of our own: ${String(error)}`),
      onStatus: ({ status, problem }) => log.push(problem === null ? status : `${status}: ${problem}`),
    },
    {
      firstRevision: 1000,
      about: { version: '1', build: 'b', demo: null, unsupported: [] },
      clock: time.clock satisfies Clock,
      timers: time.timers,
      maxStreams: 10_000,
    },
  )
  collector.subscribe(snapshot => published.push(snapshot))
  hub.subscribe(
    null,
    bytes => {
      const events = [...new TextDecoder().decode(bytes).matchAll(/^event: (\w+)$/gm)].map(([, event = '']) => event)
      told.push({ at: time.clock.elapsed(), events })
      return true
    },
    () => {},
  )
  const topology = (): Topology => hub.topology()
  const host = (): Host => {
    const [only] = topology().hosts
    if (only === undefined) throw new Error('no host')
    return only
  }
  return {
    proxy,
    time,
    collector,
    hub,
    log,
    published,
    told,
    breaches,
    host,
    names: () => host().containers.map(({ name }) => name),
    findings: () => [...words(hub.findings()).values()].toSorted(),
    async until(what, fits, limit = 120_000) {
      const end = time.clock.elapsed() + limit
      await time.settle()
      while (!fits()) {
        if (time.clock.elapsed() >= end) {
          const { status, problem } = host()
          throw new Error(`never ${what}: ${status}, ${problem}`)
        }
        await time.advance(100)
        await time.settle()
      }
    },
    settled(ending = []) {
      kept = new Map([...words(hub.findings())].filter(([, what]) => !ending.includes(what)))
    },
    calls: part => proxy.requests.filter(path => path.startsWith(part)),
  }
}
