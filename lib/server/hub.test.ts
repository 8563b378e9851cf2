import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { examine } from '@/lib/exposure/engine'
import { patchReport } from '@/lib/exposure/report-patch'
import type { FindingsReport } from '@/lib/exposure/types'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import { applyPatch } from '@/lib/topology/patch'
import { container, snapshot } from '@/lib/topology/testing'
import type { HostModel, Topology } from '@/lib/topology/types'
import { type Feed, type HubOptions, type HubParts, type RunningHub, createHub } from './hub'
import { findingsEventSchema, findingsPatchEventSchema, patchSchema, pingSchema, topologySchema } from './schema'

class FakeFeed implements Feed {
  age: number | null = 0
  listeners = new Set<(snapshot: HostSnapshot) => void>()
  constructor(
    id: string,
    private latest: HostSnapshot = snapshot(),
  ) {
    this.latest = { ...this.latest, connection: { ...this.latest.connection, id, name: id } }
  }
  current() {
    return this.latest
  }
  counters() {
    return { '/containers/json': { calls: 2, errors: 1 }, '/events': { calls: 4, errors: 1 } }
  }
  ageSeconds() {
    return this.age
  }
  subscribe(listener: (snapshot: HostSnapshot) => void) {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
  change(spec: Partial<HostSnapshot>) {
    this.latest = { ...this.latest, ...spec, revision: this.latest.revision + 1 }
    for (const listener of this.listeners) listener(this.latest)
  }
  run(...names: string[]) {
    this.change({ containers: names.map(name => container(name, { networks: { podman: ['10.88.0.2'] } })) })
  }
}

/** A browser: keeps what it was told. */
class Browser {
  events: { event: string; id: string | null; data: unknown }[] = []
  ended = 0
  reads = true
  leave: (() => void) | null
  constructor(hub: RunningHub, lastEventId: number | null = null) {
    this.leave = hub.subscribe(
      lastEventId,
      bytes => {
        if (!this.reads) return false
        for (const block of new TextDecoder().decode(bytes).split('\n\n').slice(0, -1)) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null
          this.events.push({ event: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? '') })
        }
        return true
      },
      () => {
        this.ended += 1
      },
    )
  }
  kinds() {
    return this.events.map(one => one.event)
  }
  take() {
    return this.events.splice(0)
  }
  /** The findings that a page would have. */
  report(): FindingsReport {
    let report: FindingsReport | null = null
    for (const { event, data } of this.events) {
      if (event === 'findings') report = findingsEventSchema.parse(data)
      if (event === 'findings-patch' && report) report = patchReport(report, findingsPatchEventSchema.parse(data))
    }
    if (!report) throw new Error('no findings')
    return { findings: report.findings, notExamined: report.notExamined }
  }
  /** The picture that a page would have. */
  picture(): Topology {
    let topology: Topology | null = null
    for (const { event, data } of this.events) {
      if (event === 'topology') topology = topologySchema.parse(data)
      if (event !== 'patch') continue
      const patch = patchSchema.parse(data)
      if (topology?.revision !== patch.from) throw new Error('a patch that does not fit')
      topology = { ...applyPatch(topology, patch.operations), revision: patch.revision, generatedAt: patch.generatedAt }
    }
    if (!topology) throw new Error('no picture')
    return topology
  }
}

const hubs: RunningHub[] = []
const errors: unknown[] = []
function start(feeds: readonly Feed[], options: Partial<HubOptions> = {}, parts: Partial<HubParts> = {}) {
  const build = vi.fn((one: HostSnapshot, ageSeconds: number) => buildTopology(one, { ageSeconds }))
  const hub = createHub(
    feeds,
    {
      build,
      assemble: assembleTopology,
      diff: diffTopology,
      examine,
      wallTime: () => new Date().toISOString(),
      onError: error => errors.push(error),
      ...parts,
    },
    { firstRevision: 1000, about: { version: '1', build: 'b', demo: null, unsupported: [] }, ...options },
  )
  hubs.push(hub)
  return { hub, build }
}

const plain = ({ generatedAt: _generatedAt, ...rest }: Topology) => rest

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  for (const hub of hubs.splice(0)) hub.close()
  expect(errors.splice(0)).toEqual([])
  vi.useRealTimers()
})

describe('a stream', () => {
  test('starts with the whole picture, its findings and a ping', () => {
    const { hub } = start([new FakeFeed('a')])
    const browser = new Browser(hub)
    expect(browser.kinds()).toEqual(['topology', 'findings', 'ping'])
    expect(topologySchema.parse(browser.events[0]?.data)).toEqual(hub.topology())
    expect(browser.events[0]?.id).toBe(String(hub.topology().revision))
    expect(findingsEventSchema.parse(browser.events[1]?.data)).toMatchObject(hub.findings())
    expect(pingSchema.parse(browser.events[2]?.data)).toMatchObject({ revision: hub.topology().revision, build: 'b' })
    expect(browser.events[2]?.id).toBeNull()
  })

  test('then gets patches that keep it equal to the picture', () => {
    const feed = new FakeFeed('a')
    const { hub } = start([feed])
    const browser = new Browser(hub)
    for (const names of [['web'], ['web', 'db'], ['db'], [], ['x', 'y', 'z']]) {
      feed.run(...names)
      vi.advanceTimersByTime(1000)
      expect(plain(browser.picture())).toEqual(plain(hub.topology()))
    }
    expect(browser.kinds().filter(kind => kind === 'topology')).toHaveLength(1)
    const revisions = browser.events.flatMap(one => (one.event === 'patch' ? [patchSchema.parse(one.data)] : []))
    expect(revisions.map(patch => patch.revision - patch.from)).toEqual([1, 1, 1, 1, 1])
  })

  test('free text of an engine cannot end an event or start another', () => {
    const feed = new FakeFeed('a')
    const { hub } = start([feed])
    const browser = new Browser(hub)
    feed.change({
      containers: [
        container('web', { summary: { image: 'x\nevent: ping\ndata: {}\n\n', labels: { l: '\r\n\r\nid: 9' } } }),
      ],
    })
    expect(browser.kinds().filter(kind => kind === 'patch')).toHaveLength(1)
    expect(browser.picture().hosts[0]?.containers[0]?.image).toBe('x\nevent: ping\ndata: {}\n\n')
  })

  test('is pinged every 15 s with ages of then', () => {
    const feed = new FakeFeed('a')
    const { hub } = start([feed])
    const browser = new Browser(hub)
    browser.take()
    feed.age = 14.7
    vi.advanceTimersByTime(15_000)
    expect(browser.kinds()).toEqual(['ping'])
    expect(pingSchema.parse(browser.events[0]?.data).hosts).toEqual([{ id: 'a', status: 'live', ageSeconds: 14 }])
    vi.advanceTimersByTime(30_000)
    expect(browser.kinds()).toEqual(['ping', 'ping', 'ping'])
  })

  test('gets the findings again only when they changed', () => {
    const feed = new FakeFeed('a')
    const { hub } = start([feed])
    const browser = new Browser(hub)
    browser.take()
    feed.change({ containers: [container('web', { mode: 'host' })] })
    vi.advanceTimersByTime(1000)
    expect(browser.take().map(one => one.event)).toEqual(['patch', 'findings'])
    expect(hub.findings().findings.map(finding => finding.ruleId)).toContain('host-network')
    feed.change({ containers: [container('web', { mode: 'host', summary: { image: 'other' } })] })
    vi.advanceTimersByTime(1000)
    expect(browser.kinds()).toEqual(['patch'])
  })
})

test('of many findings only those that changed are sent, and pages have the same as who asks', () => {
  const feed = new FakeFeed('a')
  const aboutEach = (models: readonly HostModel[]): FindingsReport => ({
    findings: models.flatMap(({ host }) =>
      host.containers.map(({ id, name }) => ({
        id,
        ruleId: 'privileged',
        severity: 'high',
        confidence: 'high',
        hostId: host.id,
        subject: { kind: 'container', id, name },
        title: 'Privileged',
        message: `${name} is privileged.`,
        evidence: [],
        fix: { podman: null, quadlet: null },
        references: [],
        suppressed: null,
      })),
    ),
    notExamined: ['all else'],
  })
  const { hub } = start([feed], {}, { examine: aboutEach })
  const twenty = Array.from({ length: 20 }, (_, index) => `c${index}`)
  feed.run(...twenty)
  vi.advanceTimersByTime(1000)
  const browser = new Browser(hub)
  for (const gone of [3, 11]) {
    feed.run(...twenty.filter((_, index) => index !== gone))
    vi.advanceTimersByTime(1000)
    expect(hub.findings().findings).toHaveLength(19)
    expect(browser.report()).toEqual(hub.findings())
  }
  expect(browser.kinds()).toEqual([
    'topology',
    'findings',
    'ping',
    'patch',
    'findings-patch',
    'patch',
    'findings-patch',
  ])
})

test('the findings that are asked for belong to the picture that is shown', () => {
  const feed = new FakeFeed('a')
  const { hub } = start([feed])
  const browser = new Browser(hub)
  browser.take()
  feed.change({ containers: [container('web', { mode: 'host' })] })
  // Not examined yet, but asked for.
  expect(browser.kinds()).toEqual(['patch'])
  expect(hub.findings().findings.map(finding => finding.ruleId)).toContain('host-network')
  expect(browser.kinds()).toEqual(['patch', 'findings'])
  vi.advanceTimersByTime(1000)
  expect(browser.kinds()).toEqual(['patch', 'findings'])
})

test('the whole picture has ages of now, however long nothing changed', () => {
  const feed = new FakeFeed('a')
  const { hub } = start([feed])
  expect(new Browser(hub).kinds()).toContain('topology')
  feed.age = 60
  vi.advanceTimersByTime(60_000)
  const late = new Browser(hub)
  expect(topologySchema.parse(late.events[0]?.data).hosts[0]?.ageSeconds).toBe(60)
})

describe('pace', () => {
  test('changes after a quiet time go at once, up to three', () => {
    const feed = new FakeFeed('a')
    const { hub } = start([feed])
    vi.advanceTimersByTime(1000)
    const browser = new Browser(hub)
    browser.take()
    feed.run('web')
    expect(browser.kinds()).toContain('patch')
    feed.run('web', 'db')
    feed.run('web', 'db', 'cache')
    const patches = () => browser.kinds().filter(kind => kind === 'patch').length
    expect(patches()).toBe(3)
    feed.run('web')
    expect(patches()).toBe(3)
    vi.advanceTimersByTime(250)
    expect(patches()).toBe(4)
  })

  test('a storm is gathered to four changes a second, and nothing of it is lost', () => {
    const feed = new FakeFeed('a')
    const { hub, build } = start([feed])
    vi.advanceTimersByTime(1000)
    const browser = new Browser(hub)
    build.mockClear()
    for (let i = 0; i < 1000; i++) {
      feed.run(`c${i}`)
      vi.advanceTimersByTime(10)
    }
    const patches = browser.kinds().filter(kind => kind === 'patch').length
    expect(patches).toBeGreaterThan(35)
    expect(patches).toBeLessThanOrEqual(43)
    expect(build.mock.calls.length).toBeLessThanOrEqual(43)
    vi.advanceTimersByTime(300)
    expect(browser.picture().hosts[0]?.containers.map(one => one.name)).toEqual(['c999'])
  })

  test('a snapshot that changes nothing that is shown makes no revision', () => {
    const feed = new FakeFeed('a')
    const { hub } = start([feed])
    const browser = new Browser(hub)
    browser.take()
    const { revision } = hub.topology()
    feed.age = 100
    feed.change({ readAt: '2026-02-02T00:00:00.000Z' })
    vi.advanceTimersByTime(1000)
    expect(hub.topology().revision).toBe(revision)
    expect(browser.kinds()).toEqual([])
  })
})

describe('coming back', () => {
  function afterChanges(count: number) {
    const feed = new FakeFeed('a')
    const { hub } = start([feed])
    const before = new Browser(hub)
    for (let i = 0; i < count; i++) {
      feed.run('web', 'db', `c${i}`)
      vi.advanceTimersByTime(1000)
    }
    return { hub, feed, before }
  }

  test('with the last id gets exactly what was missed', () => {
    const { hub, before } = afterChanges(5)
    const patches = before.events.filter(one => one.event === 'patch')
    const browser = new Browser(hub, Number(patches[2]?.id))
    expect(browser.events.filter(one => one.event === 'patch')).toEqual(patches.slice(3))
    expect(browser.kinds()).toEqual(['patch', 'patch', 'findings', 'ping'])
  })

  test('having missed nothing gets no picture again', () => {
    const { hub } = afterChanges(2)
    expect(new Browser(hub, hub.topology().revision).kinds()).toEqual(['findings', 'ping'])
  })

  test.each([-1, 0, 7, 999, 10 ** 12, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'with an id that is none of ours, %s, gets the whole picture',
    id => {
      const { hub } = afterChanges(2)
      expect(new Browser(hub, id).kinds()).toEqual(['topology', 'findings', 'ping'])
    },
  )

  test('after too long gets the whole picture', () => {
    const { hub } = afterChanges(300)
    expect(new Browser(hub, hub.topology().revision - 280).kinds()[0]).toBe('topology')
    const recent = new Browser(hub, hub.topology().revision - 3)
    expect(recent.kinds().slice(0, 3)).toEqual(['patch', 'patch', 'patch'])
  })

  test('gets the whole picture when the patches would be larger', () => {
    const { hub } = afterChanges(60)
    expect(new Browser(hub, hub.topology().revision - 60).kinds()[0]).toBe('topology')
  })
})

describe('P11 many readers', () => {
  test('everybody gets the same bytes, made once', () => {
    const feed = new FakeFeed('a')
    const { hub } = start([feed])
    const got: Uint8Array[] = []
    for (let i = 0; i < 3; i++)
      hub.subscribe(
        null,
        bytes => got.push(bytes) > 0,
        () => {},
      )
    got.length = 0
    feed.run('web')
    expect(got).toHaveLength(3)
    expect(got[1]).toBe(got[0])
    expect(got[2]).toBe(got[0])
  })

  test('one too many is refused, and let in when another leaves', () => {
    const { hub } = start([new FakeFeed('a')], { maxStreams: 2 })
    const [first] = [new Browser(hub), new Browser(hub)]
    expect(new Browser(hub).leave).toBeNull()
    first?.leave?.()
    first?.leave?.()
    expect(new Browser(hub).leave).not.toBeNull()
    expect(hub.streamCount()).toBe(2)
  })

  test('one that does not read is dropped and told once; the others go on', () => {
    const feed = new FakeFeed('a')
    const { hub } = start([feed])
    const slow = new Browser(hub)
    const good = new Browser(hub)
    slow.reads = false
    feed.run('web')
    vi.advanceTimersByTime(60_000)
    expect([slow.ended, hub.streamCount()]).toEqual([1, 1])
    slow.leave?.()
    expect(good.picture().hosts[0]?.containers).toHaveLength(1)
  })

  test('ten thousand that come and go leave nothing behind', () => {
    const { hub } = start([new FakeFeed('a')])
    for (let i = 0; i < 10_000; i++) new Browser(hub).leave?.()
    expect(hub.streamCount()).toBe(0)
    expect(vi.getTimerCount()).toBeLessThanOrEqual(2)
  })
})

describe('several hosts', () => {
  test('a change of one builds that one alone', () => {
    const [a, b] = [new FakeFeed('a'), new FakeFeed('b')]
    const { hub, build } = start([a, b])
    vi.advanceTimersByTime(1000)
    build.mockClear()
    const before = hub.models()[0]
    b.run('web')
    expect(build.mock.calls.map(([one]) => one.connection.id)).toEqual(['b'])
    expect(hub.models()[0]).toBe(before)
    expect(hub.topology().hosts.map(host => [host.id, host.containers.length])).toEqual([
      ['a', 0],
      ['b', 1],
    ])
  })

  test('it is ready when each was read once, and until none can be read any more', () => {
    const [a, b] = [new FakeFeed('a'), new FakeFeed('b', snapshot({ readAt: null, status: 'unreachable' }))]
    const { hub } = start([a, b])
    expect(hub.unready()).toEqual(['Not every host was read yet: b.'])
    b.change({ readAt: '2026-01-01T00:00:00.000Z', status: 'live' })
    expect(hub.unready()).toEqual([])
    b.change({ status: 'stale', problem: 'Nobody listens on the socket.' })
    expect(hub.unready()).toEqual([])
    a.change({ status: 'stale' })
    expect(hub.unready()).toEqual(['No host can be read any more: a, b (Nobody listens on the socket).'])
    a.change({ status: 'polling' })
    expect(hub.unready()).toEqual([])
  })

  test('every change of a status is told once', () => {
    const feed = new FakeFeed('a')
    const told: string[] = []
    start([feed], {}, { onStatus: one => told.push(one.status) })
    for (const status of ['stale', 'stale', 'live'] as const) {
      feed.change({ status })
      vi.advanceTimersByTime(1000)
    }
    expect(told).toEqual(['live', 'stale', 'live'])
  })

  test('one that our own code fails on is shown as not understood, and the others go on', () => {
    const [a, b] = [new FakeFeed('a'), new FakeFeed('b')]
    const build = (one: HostSnapshot) => {
      if (one.containers.some(record => record.summary.name === 'bad')) throw new Error('a bug')
      return buildTopology(one)
    }
    const { hub } = start([a, b], {}, { build })
    vi.advanceTimersByTime(1000)
    a.run('bad')
    vi.advanceTimersByTime(1000)
    b.run('good')
    vi.advanceTimersByTime(1000)
    expect(hub.topology().hosts.map(host => [host.id, host.status, host.containers.length])).toEqual([
      ['a', 'stale', 0],
      ['b', 'live', 1],
    ])
    expect(errors.splice(0)).toHaveLength(1)
  })

  test('when the examination fails, what it said before stays, and that it is old is said', () => {
    const feed = new FakeFeed('a', snapshot({ containers: [container('web', { mode: 'host' })] }))
    let broken = false
    const { hub } = start(
      [feed],
      {},
      {
        examine: models => {
          if (broken) throw new Error('a bug')
          return examine(models)
        },
      },
    )
    const before = hub.findings().findings
    expect(before.length).toBeGreaterThan(0)
    broken = true
    feed.run()
    vi.advanceTimersByTime(1000)
    expect(hub.findings().findings).toEqual(before)
    expect(hub.findings().notExamined[0]).toContain('failed')
    expect(errors.splice(0).length).toBeGreaterThan(0)
  })

  test('other hosts can take over, and browsers follow', () => {
    const demo = new FakeFeed('demo')
    const { hub } = start([demo], {
      about: { version: '1', build: 'b', demo: { recording: 'demo.json', hint: 'enable it' }, unsupported: [] },
    })
    const browser = new Browser(hub)
    hub.replaceFeeds([new FakeFeed('root')], null)
    expect(browser.picture().hosts.map(host => host.id)).toEqual(['root'])
    expect(hub.about().demo).toBeNull()
    expect(demo.listeners.size).toBe(0)
  })
})

test('closing says goodbye to everybody and stops every timer', () => {
  const feed = new FakeFeed('a')
  const { hub } = start([feed])
  const browser = new Browser(hub)
  feed.run('a')
  feed.run('b')
  feed.run('c')
  hub.close()
  hub.close()
  expect([browser.kinds().at(-1), browser.ended]).toEqual(['bye', 1])
  expect([vi.getTimerCount(), feed.listeners.size, hub.streamCount()]).toEqual([0, 0, 0])
  expect(new Browser(hub).leave).toBeNull()
})

test('metrics count what there is, and carry no text of an engine', async () => {
  const feed = new FakeFeed('a')
  const { hub } = start([feed])
  feed.change({ containers: [container('evil"} 1\n', { mode: 'host', summary: { image: 'secret-image' } })] })
  const browser = new Browser(hub)
  const text = await hub.metrics()
  expect(text).toContain('podwire_streams 1')
  expect(text).toContain('podwire_engine_calls_total{host="a",path="/containers/json"} 2')
  expect(text).toContain('# TYPE podwire_engine_calls_total counter')
  expect(text).toContain('podwire_event_gaps_total{host="a"} 3')
  expect(text).toContain('podwire_containers{host="a",state="running"} 1')
  expect(text).toContain('podwire_host_status{host="a",status="live"} 1')
  expect(text).toContain('podwire_host_status{host="a",status="stale"} 0')
  expect(text).toMatch(/podwire_findings\{severity="\w+"\} [1-9]/)
  expect(text).not.toMatch(/evil|secret-image/)
  browser.leave?.()
  expect(await hub.metrics()).toContain('podwire_streams 0')
})

test('findings are examined again when told to, and sent when they differ', () => {
  const notes = ['firewall']
  const { hub } = start([new FakeFeed('a')], {}, { examine: () => ({ findings: [], notExamined: [...notes] }) })
  const browser = new Browser(hub)
  hub.reexamine()
  vi.runOnlyPendingTimers()
  expect(browser.kinds().filter(kind => kind === 'findings')).toHaveLength(1)
  notes.push('an exception ended')
  hub.reexamine()
  vi.runOnlyPendingTimers()
  expect(browser.kinds().filter(kind => kind === 'findings')).toHaveLength(2)
  expect(hub.findings().notExamined).toEqual(notes)
})
