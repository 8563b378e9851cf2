/** Clocks that are set, machines that sleep, services that come and go, one host of two. */
import { expect, test, vi } from 'vitest'
import { createPageClock } from '@/lib/client/clock'
import { describeFreshness } from '@/lib/client/freshness'
import { createPageStore } from '@/lib/client/store'
import { openStream, type EventSourceLike } from '@/lib/client/stream'
import { en } from '@/lib/client/words/en'
import { examine } from '@/lib/exposure/engine'
import { createHub } from '@/lib/server/hub'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import { syntheticContainer } from '../engine/synthetic'
import { afterwards, rigOf, type Rig } from './rig'
import { withstands } from './withstands'

const HOUR = 3_600_000
/** The hub of both hosts lives in real time. */
const SOON = { timeout: 60_000, interval: 10 }

test('F08 idle exit and socket activation: the event stream holds the service up; polling lets it go, and waits for it', async () => {
  const rig = await rigOf()
  // Podman ends after five seconds without a connection.
  for (let second = 0; second < 120; second++) {
    await rig.time.advance(1_000)
    expect(rig.proxy.openStreams()).toBe(1)
  }
  const mend = rig.proxy.fault('/events', { kind: 'replace', status: 500, body: '{"message":"none"}' })
  await withstands(rig, {
    strike: () => rig.proxy.endStreams(true),
    seenAs: 'polling',
    async meanwhile() {
      const rounds: number[] = []
      // Between two polls the service exits; systemd starts another with the next request, which takes four seconds.
      rig.proxy.fault('/_ping', { kind: 'delay', milliseconds: 4_000 })
      for (let second = 0; second < 180; second++) {
        rig.proxy.requests.length = 0
        await rig.time.advance(1_000)
        if (rig.calls('/_ping').length > 0) rounds.push(second)
        else if (rig.proxy.held() === 0) rig.proxy.breakAll()
        expect(rig.host().status).toBe('polling')
      }
      expect(rounds.length).toBeGreaterThanOrEqual(4)
      for (const [index, at] of rounds.entries()) expect(at - (rounds[index - 1] ?? -30)).toBeGreaterThanOrEqual(30)
    },
    mend() {
      mend()
    },
    within: 75_000,
  })
})

test('F29 the clock is set an hour back and a day ahead, here and in the browser: ages are of a clock that nobody sets', async () => {
  const rig = await rigOf()
  await withstands(rig, {
    async strike() {
      for (const jump of [-HOUR, 25 * HOUR, -400, 0]) {
        const age = rig.collector.ageSeconds() ?? 0
        rig.time.setWall(rig.time.clock.wall() + jump)
        expect(rig.collector.ageSeconds()).toBe(age)
        await rig.time.advance(5_000)
        expect(rig.host().ageSeconds).toBeLessThanOrEqual(46)
      }
    },
    seenAs: 'live',
    meanwhile() {
      expect(rig.published).toEqual([])
      rig.proxy.endStreams(true)
    },
  })
  // Nothing asks for events since some time, which a journal would answer wrongly after a jump.
  await rig.until('opened again', () => rig.calls('/events').length > 0)
  expect(rig.proxy.requests.filter(path => /since|until/.test(path))).toEqual([])

  // A browser in 1999: the server's ages count on by the page's own steady clock.
  vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(1999, 0, 1))
  let steady = 5_000
  const page = createPageClock(
    () => steady,
    () => Date.now(),
  )
  const store = createPageStore()
  const topology = rig.hub.topology()
  store.receiveTopology(topology, page.now(), true)
  const [host] = topology.hosts
  const hosts = [{ id: host?.id ?? '', status: 'stale' as const, ageSeconds: 60 }]
  store.receivePing({ revision: 1000, serverTime: '', build: 'b', hosts }, page.now())
  steady += 30_000
  const { ages } = store.getState()
  const live = { kind: 'live', since: page.now() } as const
  expect(describeFreshness(live, topology.hosts, ages, null, page.now(), en.page)).toMatchObject({ ageSeconds: 90 })
})

test('F30 eight hours of sleep: stale at once on waking, everything is read, and no queue of pictures follows', async () => {
  const rig = await rigOf()
  rig.engine.put(syntheticContainer({ index: 900, name: 'fresh-900', networks: ['podman'] }))
  const before = { contents: rig.collector.current().containers, findings: rig.findings() }
  rig.time.sleep(8 * HOUR)
  expect(rig.collector.ageSeconds()).toBeGreaterThan(28_000)
  await rig.time.advance(1_100)
  await rig.until('live', () => rig.host().status === 'live', 2_000)
  await rig.time.advance(5_000)
  // It passes too soon for `withstands`; the five are these.
  expect(rig.log.map(line => line.split(':')[0])).toEqual(['stale', 'live'])
  expect(rig.published[0]).toMatchObject({ status: 'stale' })
  expect(rig.published[0]?.containers).toBe(before.contents)
  expect(before.findings.filter(finding => !rig.findings().includes(finding))).toEqual([])
  expect(rig.breaches).toEqual([])
  expect(rig.names()).toContain('fresh-900')
  expect(rig.collector.ageSeconds()).toBeLessThan(8)
  expect(rig.told.filter(({ events }) => events.includes('patch')).length).toBeLessThanOrEqual(3)

  // The engine may take longer to wake.
  await withstands(rig, {
    async strike() {
      rig.time.sleep(8 * HOUR)
      await rig.proxy.refuse()
    },
    seenAs: 'stale',
    meanwhile: () => expect(rig.host().ageSeconds).toBeGreaterThan(28_000),
    says: /^Nobody listens on /,
    mend: () => rig.proxy.listen(),
  })

  // The page's machine slept, too.
  const time = { steady: 0, wall: 0 }
  const clock = createPageClock(
    () => time.steady,
    () => time.wall,
  )
  const states: string[] = []
  const sources: { tell: (type: string, data: unknown) => void; isClosed: boolean }[] = []
  let wake = () => {}
  let pictures = 0
  const nothing = () => {}
  openStream(
    '/stream',
    {
      state: ({ kind }) => states.push(kind),
      topology: () => (pictures += 1),
      patched: nothing,
      findings: nothing,
      ping: nothing,
    },
    {
      open(): EventSourceLike {
        const listeners = new Map<string, (event: { data?: unknown }) => void>()
        const source = {
          isClosed: false,
          tell: (type: string, data: unknown) => listeners.get(type)?.({ data: JSON.stringify(data) }),
        }
        sources.push(source)
        return {
          addEventListener: (type, listener) => void listeners.set(type, listener),
          close: () => void (source.isClosed = true),
        }
      },
      now: clock.now,
      onWake(call) {
        wake = call
        return nothing
      },
      after: () => nothing,
      random: () => 0.5,
    },
  )
  sources[0]?.tell('topology', rig.hub.topology())
  time.wall += 8 * HOUR
  wake()
  expect(states).toEqual(['connecting', 'live', 'stale'])
  expect(sources.map(({ isClosed }) => isClosed)).toEqual([true, false])
  sources[1]?.tell('topology', rig.hub.topology())
  expect(states.at(-1)).toBe('live')
  expect(pictures).toBe(2)
})

test('F37 two sockets, rootful and rootless, and one dies: only the part of that host goes stale', async () => {
  const rootful = await rigOf({ id: 'root' })
  const rootless = await rigOf({ id: 'dev' })
  const lines: string[] = []
  const both = createHub(
    [rootful.collector, rootless.collector],
    {
      build: (snapshot, ageSeconds) => buildTopology(snapshot, { ageSeconds }),
      assemble: assembleTopology,
      diff: diffTopology,
      examine,
      wallTime: () => '2026-01-01T00:00:00Z',
      onError: error => expect(error).toBeUndefined(),
      onStatus: ({ connection, status }) => lines.push(`${connection.id} ${status}`),
    },
    { firstRevision: 1, about: { version: '1', build: 'b', demo: null, unsupported: [] } },
  )
  afterwards(() => Promise.resolve(both.close()))
  lines.length = 0
  const findings = () => both.findings().findings.map(({ id }) => id)
  const partOf = ({ host }: Rig, id: string) => {
    const found = both.topology().hosts.find(one => one.id === id)
    return { found, own: host() }
  }
  const before = { findings: findings(), living: partOf(rootful, 'root').found?.containers }
  await withstands(rootless, {
    strike: () => rootless.proxy.refuse(),
    seenAs: 'stale',
    async meanwhile() {
      await rootful.time.advance(30_000)
      await vi.waitFor(() => expect(partOf(rootless, 'dev').found?.status).toBe('stale'), SOON)
      const { found } = partOf(rootful, 'root')
      expect(found).toMatchObject({ status: 'live', problem: null })
      // Not even looked at anew.
      expect(found?.containers).toBe(before.living)
      expect(findings()).toEqual(before.findings)
    },
    mend: () => rootless.proxy.listen(),
  })
  await vi.waitFor(() => expect(both.topology().hosts.map(({ status }) => status)).toEqual(['live', 'live']), SOON)
  expect(lines).toEqual(['dev stale', 'dev live'])
  expect(rootful.log).toEqual([])
})
