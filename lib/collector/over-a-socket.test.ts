/** The collector with the real client, against real HTTP on a real socket: what an engine may do to it. */
import { afterEach, describe, expect, it } from 'vitest'
import { createUnixClient, type ClientOptions } from '@/lib/podman/client'
import { createRecordingClient, readRecording } from '@/lib/podman/recording'
import { noProbe } from '@/lib/probe/facts'
import { containerNamed, recordedContent, type EngineContent } from '@/tests/engine/content'
import { startEngine, type FakeEngine } from '@/tests/engine/engine'
import { containerId, syntheticContainer, syntheticContent, syntheticNetwork } from '@/tests/engine/synthetic'
import { createCollector } from './collector'
import type { Limits } from './limits'
import { connectionOf } from './fake-engine'
import type { Collector, HostSnapshot } from './types'

interface Rig {
  engine: FakeEngine
  collector: Collector
  published: HostSnapshot[]
  /** Resolves with the first snapshot, of now or later, of which `fits` is true. */
  until: (fits: (snapshot: HostSnapshot) => boolean, what: string) => Promise<HostSnapshot>
}

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

/** Short periods, so that nothing has to be waited for; the proportions are the real ones. */
const QUICK: Partial<Limits> = {
  minGap: 25,
  maxGap: 200,
  resync: 400,
  retryMin: 30,
  retryMax: 200,
  heartbeat: 50,
  eventGrace: 50,
}

async function rigOf(
  content: EngineContent = syntheticContent({ containers: 3, networks: 2 }),
  more: { limits?: Partial<Limits>; client?: ClientOptions; start?: boolean } = {},
): Promise<Rig> {
  const engine = await startEngine(content)
  cleanups.push(() => engine.close())
  const connection = connectionOf({ path: engine.path, uri: `unix://${engine.path}`, ownerUid: null })
  const collector = createCollector({
    connection,
    connect: () => createUnixClient(connection, more.client),
    probe: () => Promise.resolve(noProbe('not in this test')),
    limits: { ...QUICK, ...more.limits },
  })
  cleanups.push(() => collector.stop())
  const published: HostSnapshot[] = []
  collector.subscribe(snapshot => published.push(snapshot))
  const until: Rig['until'] = (fits, what) =>
    new Promise((resolve, reject) => {
      if (fits(collector.current())) return resolve(collector.current())
      const { status, problem, containers } = collector.current()
      const timer = setTimeout(() => {
        unsubscribe()
        reject(new Error(`never ${what}: ${status}, ${problem}, ${containers.length} containers`))
      }, 30_000)
      const unsubscribe = collector.subscribe(snapshot => {
        if (!fits(snapshot)) return
        clearTimeout(timer)
        unsubscribe()
        resolve(snapshot)
      })
    })
  if (more.start !== false) {
    collector.start()
    await until(isLive, 'live')
  }
  return { engine, collector, published, until }
}

const isLive = (snapshot: HostSnapshot) => snapshot.status === 'live'
const isStale = (snapshot: HostSnapshot) => snapshot.status === 'stale'
const named = (name: string) => (snapshot: HostSnapshot) => snapshot.containers.some(c => c.summary.name === name)
const fresh = (index = 900) => syntheticContainer({ index, name: `fresh-${index}`, networks: ['net-000'] })

describe('recorded engines', () => {
  it.each([
    '4.3.1',
    '4.3.1-rootless',
    '5.4.2',
    '5.4.2-ipvlan',
    '5.4.2-rootless',
    '5.4.2-rootless-info500',
    '6.1.1',
    '6.1.1-quadlet',
    '6.1.1-rootless',
  ])('%s reads the same over a socket as from its file', async name => {
    const { collector } = await rigOf(recordedContent(name))
    const overSocket = collector.current()

    const path = `tests/recordings/podman-${name}.json`
    const recording = await readRecording(path)
    const connection = connectionOf({ transport: 'recording', uri: `recording:${name}`, path, ownerUid: null })
    const replayed = createCollector({
      connection,
      connect: () => createRecordingClient(connection, recording),
      probe: () => Promise.resolve(noProbe('not in this test')),
    })
    cleanups.push(() => replayed.stop())
    await new Promise<void>(resolve => {
      replayed.subscribe(snapshot => isLive(snapshot) && resolve())
      replayed.start()
    })
    const fromFile = replayed.current()
    for (const part of ['containers', 'networks', 'pods', 'volumes', 'info', 'podmanVersion', 'rootless'] as const) {
      expect(overSocket[part], part).toEqual(fromFile[part])
    }
    expect(overSocket.containers.length).toBeGreaterThan(3)
    expect(overSocket.containers.every(record => record.problem === null)).toBe(true)
    // A rootless engine is known as such even where /info fails.
    expect(overSocket.rootless).toBe(name.includes('rootless'))
    expect(overSocket.podmanVersion).toBe(name.split('-')[0])
    expect(overSocket.info === null).toBe(name.endsWith('info500'))
  })
})

describe('what happens is seen', () => {
  it('a container that comes, changes and goes', async () => {
    const { engine, until } = await rigOf()
    engine.put(fresh())
    engine.emit({ action: 'create', id: containerId(900) })
    await until(named('fresh-900'), 'created')
    engine.put(syntheticContainer({ index: 900, name: 'renamed', networks: ['net-000'], state: 'exited' }))
    engine.emit({ action: 'rename', id: containerId(900) })
    engine.emit({ action: 'died', id: containerId(900) })
    const snapshot = await until(named('renamed'), 'renamed')
    expect(snapshot.containers.find(each => each.summary.name === 'renamed')).toMatchObject({
      summary: { state: 'exited' },
      detail: { state: 'exited', name: 'renamed' },
    })
    engine.remove(containerId(900))
    engine.emit({ action: 'remove', id: containerId(900) })
    await until(each => !named('renamed')(each), 'removed')
  })

  it('a network that comes and goes', async () => {
    const { engine, until } = await rigOf()
    engine.content.networks.push(syntheticNetwork(7))
    engine.emit({ type: 'network', action: 'create', id: '' })
    await until(each => each.networks.length === 3, 'created')
    engine.content.networks.pop()
    engine.emit({ type: 'network', action: 'remove', id: '' })
    await until(each => each.networks.length === 2, 'removed')
  })

  it('the same name under a new id is another container', async () => {
    const { engine, until } = await rigOf()
    engine.remove(containerId(1))
    engine.put(syntheticContainer({ index: 901, name: 'app-0001', networks: ['net-000'] }))
    engine.emit({ action: 'remove', id: containerId(1) })
    engine.emit({ action: 'create', id: containerId(901) })
    const snapshot = await until(each => each.containers.some(c => c.summary.id === containerId(901)), 'there')
    expect(snapshot.containers.filter(each => each.summary.name === 'app-0001')).toHaveLength(1)
  })

  it('though it is lost on the way, at the next comparison, and the silent stream is replaced', async () => {
    const { engine, until } = await rigOf()
    engine.dropEvents = true
    engine.put(fresh())
    await until(named('fresh-900'), 'compared')
    const streams = () => engine.requests.filter(path => path.startsWith('/events')).length
    await expect.poll(streams).toBe(2)
    expect(engine.openStreams()).toBe(1)
  })

  it('though events come in pieces, two at once, or broken', async () => {
    const { engine, until } = await rigOf(undefined, { limits: { resync: 60_000 } })
    const line = (index: number) =>
      `${JSON.stringify({ Type: 'container', Action: 'create', Actor: { ID: containerId(index), Attributes: { name: 'ü' } } })}\n`
    engine.put(fresh(910))
    engine.put(fresh(911))
    engine.emit(line(910) + line(911))
    await until(each => named('fresh-910')(each) && named('fresh-911')(each), 'both')
    engine.put(fresh(912))
    const bytes = line(912)
    const half = bytes.indexOf('ü')
    engine.emit(bytes.slice(0, half))
    engine.emit(bytes.slice(half))
    await until(named('fresh-912'), 'in pieces')
    engine.put(fresh(913))
    engine.emit('{"Type": nonsense\n')
    await until(named('fresh-913'), 'after a broken line')
  })

  it('in a storm, with few reads and the truth at the end', async () => {
    const { engine, until } = await rigOf(undefined, { limits: { minGap: 100, resync: 60_000 } })
    engine.requests.length = 0
    for (let index = 0; index < 200; index++) {
      engine.put(fresh(index + 1_000))
      engine.emit({ action: 'create', id: containerId(index + 1_000) })
      if (index % 2 === 1) {
        engine.remove(containerId(index + 999))
        engine.emit({ action: 'remove', id: containerId(index + 999) })
      }
      if (index % 20 === 0) await new Promise(resolve => setTimeout(resolve, 20))
    }
    await until(each => each.containers.length === 103, 'settled')
    // On a busy machine it lasts longer; how often in what time is F25's matter.
    expect(engine.requests.filter(path => path.startsWith('/containers/json')).length).toBeLessThan(60)
  })

  it('though the stream’s headers come only with its first event', async () => {
    const content = syntheticContent({ containers: 2, networks: 1 })
    const rig = await rigOf(content, {
      start: false,
      client: { eventsGrace: 100 },
      limits: { streamPatience: 20, resync: 60_000 },
    })
    rig.engine.lateHeaders = true
    rig.collector.start()
    await rig.until(isLive, 'live')
    rig.engine.put(fresh())
    rig.engine.emit({ action: 'create', id: containerId(900) })
    await rig.until(named('fresh-900'), 'seen')
  })

  it('newest wins when an older answer comes late', async () => {
    const { engine, until } = await rigOf(undefined, { limits: { resync: 60_000 } })
    engine.fault(containerId(1), { delay: 150, times: 1 })
    engine.emit({ action: 'pause', id: containerId(1) })
    await new Promise(resolve => setTimeout(resolve, 30))
    engine.put(syntheticContainer({ index: 1, name: 'app-0001', networks: ['net-001'], state: 'exited' }))
    engine.emit({ action: 'died', id: containerId(1) })
    await until(
      each =>
        each.containers.some(
          c => c.summary.id === containerId(1) && c.detail?.state === 'exited' && c.summary.state === 'exited',
        ),
      'exited',
    )
  })
})

describe('an engine that fails', () => {
  it('never was there, and appears', async () => {
    const rig = await rigOf(undefined, { start: false })
    await rig.engine.stop()
    rig.collector.start()
    const lost = await rig.until(each => each.problem?.includes('No Podman socket') ?? false, 'missing')
    expect(lost).toMatchObject({ status: 'unreachable', readAt: null })
    await rig.engine.start()
    await rig.until(isLive, 'live')
  })

  it('is killed, leaves its socket file, and comes back', async () => {
    const { engine, until, collector } = await rigOf()
    const before = collector.current().containers
    await engine.kill()
    // For a moment there is no socket file at all.
    const stale = await until(each => isStale(each) && each.problem?.includes('Nobody listens') === true, 'stale')
    expect(stale.containers).toBe(before)
    engine.put(fresh())
    await engine.start()
    await until(each => isLive(each) && named('fresh-900')(each), 'back')
  })

  it('is restarted as another version', async () => {
    const { engine, until } = await rigOf()
    engine.content = recordedContent('6.1.1')
    await engine.start()
    const snapshot = await until(each => each.podmanVersion === '6.1.1', 'upgraded')
    expect(snapshot.info?.podmanVersion).toBe('6.1.1')
    expect(snapshot.containers.some(each => each.summary.name === 'app-0001')).toBe(false)
  })

  it('is replaced behind its path while the old one goes on answering', async () => {
    const { engine, until } = await rigOf(undefined, { limits: { resync: 60_000 } })
    engine.put(fresh())
    await engine.replaceSocket()
    await until(each => isLive(each) && named('fresh-900')(each), 'on the new one')
  })

  it.each([
    ['half an answer', { cutAt: 40 }, 'broke the connection'],
    ['an error', { status: 500 }, 'broken by the test'],
    ['HTML', { body: '<html>no</html>' }, 'malformed'],
    ['nothing', { body: '' }, 'malformed'],
    ['another type', { body: { not: 'a list' } }, 'malformed'],
    ['no answer', { stall: true }, 'hanging'],
    ['a trickle', { trickle: 20 }, 'hanging'],
  ])('gives %s for the list', async (_, fault, words) => {
    // Short ones where they are to be met; on a busy machine an answer may be as late as that.
    const client = words === 'hanging' ? { deadlines: { headers: 300, total: 400 } } : {}
    const { engine, until, collector } = await rigOf(undefined, { client })
    const before = collector.current().containers
    const mend = engine.fault('/containers/json', fault)
    engine.put(fresh())
    engine.emit({ action: 'create', id: containerId(900) })
    const stale = await until(isStale, 'stale')
    expect(stale.problem).toContain(words)
    expect(stale.containers).toBe(before)
    mend()
    await until(each => isLive(each) && named('fresh-900')(each), 'mended')
  })

  it('breaks one container and nothing else', async () => {
    const content = recordedContent('5.4.2')
    const { id } = containerNamed(content, 'proxy')
    const rig = await rigOf(content, { start: false })
    rig.engine.fault(id, { status: 500 })
    rig.collector.start()
    const snapshot = await rig.until(isLive, 'live')
    const broken = snapshot.containers.filter(each => each.problem !== null)
    expect(broken.map(each => [each.summary.name, each.detail, each.problem])).toEqual([
      ['proxy', null, 'inspect failed: 500 broken by the test'],
    ])
  })

  it('whose stream breaks again and again is polled meanwhile, and followed afterwards', async () => {
    const { engine, until } = await rigOf(undefined, { limits: { poll: 200 } })
    const mend = engine.fault('/events', { status: 500 })
    engine.endStreams()
    const polling = await until(each => each.status === 'polling', 'polling')
    expect(polling.problem).toContain('gives no events')
    engine.put(fresh())
    await until(named('fresh-900'), 'polled')
    mend()
  })
})

describe('effort', () => {
  it('a first read asks each thing once, at most nine at a time', async () => {
    const { engine } = await rigOf(syntheticContent({ containers: 100, networks: 10 }), { limits: { resync: 60_000 } })
    const plain = engine.requests.filter(path => !path.startsWith('/events'))
    expect(plain).toHaveLength(106)
    expect(new Set(plain).size).toBe(106)
    expect(engine.busiest()).toBeLessThanOrEqual(8)
  })
})
