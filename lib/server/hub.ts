/**
 * One per process: takes snapshots of all hosts, keeps the current picture and its findings, and tells every stream what
 * changed. Work is done once per change, however many browsers look.
 */
import { liveTimers, type Clock, type Timers } from '@/lib/collector/clock'
import type { Collector, HostSnapshot } from '@/lib/collector/types'
import { diffReport } from '@/lib/exposure/report-patch'
import type { FindingsReport } from '@/lib/exposure/types'
import type { HostModel, PatchOperation, Topology, TopologyPatch } from '@/lib/topology/types'
import { joinBytes, makeFrame } from './frames'
import { type Measurements, createMetrics } from './metrics'
import { PatchLog } from './patch-log'
import { Pace } from './pace'
import { unreadyBecause } from './ready'
import { Streams } from './streams'
import type { About, Demo, FindingsEvent, FindingsPatchEvent, Hub, Ping, StreamFrame } from './types'

/** What the hub needs of a collector. */
export type Feed = Pick<Collector, 'current' | 'ageSeconds' | 'subscribe' | 'counters'>

/** The pure stages, and the surroundings; tests put their own. */
export interface HubParts {
  build(snapshot: HostSnapshot, ageSeconds: number): HostModel
  assemble(
    models: readonly HostModel[],
    revision: number,
    generatedAt: string,
    ages: ReadonlyMap<string, number>,
  ): Topology
  diff(before: Topology, after: Topology): PatchOperation[]
  examine(models: readonly HostModel[]): FindingsReport
  /** ISO 8601. */
  wallTime(): string
  /** Called with what went wrong in a pure stage: a bug of ours, and no reason to stop showing the rest. */
  onError(error: unknown, hostId: string): void
  /** One call per changed status of a host. */
  onStatus?(host: HostSnapshot): void
}

export interface HubOptions {
  /** Revisions of another run must not be taken for ours when a browser comes back, so each run starts higher than the last. */
  firstRevision: number
  about: About
  maxStreams?: number
  /** Pace and pings; tests put their own. */
  clock?: Pick<Clock, 'elapsed'>
  timers?: Timers
}

const PING_INTERVAL_MS = 15_000
const MAX_STREAMS = 1000

const idOf = (feed: Feed): string => feed.current().connection.id

export interface RunningHub extends Hub {
  /** Other hosts from now on, with the banner that goes with them. */
  replaceFeeds(feeds: readonly Feed[], demo: Demo | null): void
  /** What is asked of the findings changed, though no host did: another day, other exceptions. */
  reexamine(): void
  streamCount(): number
  /** Says goodbye to every stream and stops all timers. */
  close(): void
}

export function createHub(feeds: readonly Feed[], parts: HubParts, options: HubOptions): RunningHub {
  let about = options.about
  let current = feeds
  let unsubscribe: (() => void)[] = []
  const models = new Map<string, HostModel>()
  const statuses = new Map<string, string>()
  const dirty = new Set<string>()
  const patches = new PatchLog()
  let revision = options.firstRevision
  let published = parts.assemble([], revision, parts.wallTime(), new Map())
  let whole: { frame: StreamFrame; at: number } | null = null
  let report: FindingsReport = { findings: [], notExamined: ['nothing was read yet'] }
  let reportText = ''
  let findingsFrame: StreamFrame | null = null
  let unexamined: NodeJS.Immediate | null = null
  const timers = options.timers ?? liveTimers
  const elapsed = options.clock?.elapsed ?? (() => performance.now())
  const pace = new Pace(elapsed)
  let cancelPublish: (() => void) | null = null
  let cancelPing = () => {}
  let closed = false
  const metrics = createMetrics(measure)
  const streams = new Streams(options.maxStreams ?? MAX_STREAMS, () => metrics.droppedStreams.inc())

  const ages = () => new Map(current.map(feed => [idOf(feed), Math.floor(feed.ageSeconds() ?? 0)]))
  const currentModels = () => current.flatMap(feed => models.get(idOf(feed)) ?? [])

  function tryBuild(snapshot: HostSnapshot, feed: Feed): HostModel | null {
    try {
      return parts.build(snapshot, Math.floor(feed.ageSeconds() ?? 0))
    } catch (error) {
      parts.onError(error, idOf(feed))
      return null
    }
  }

  function rebuild(feed: Feed): void {
    const snapshot = feed.current()
    const started = performance.now()
    const model = tryBuild(snapshot, feed) ?? tryBuild(withoutContents(snapshot, models.has(idOf(feed))), feed)
    if (model) models.set(idOf(feed), model)
    metrics.buildSeconds.observe((performance.now() - started) / 1000)
    if (statuses.get(idOf(feed)) !== snapshot.status) {
      statuses.set(idOf(feed), snapshot.status)
      parts.onStatus?.(snapshot)
    }
  }

  function publish(): void {
    cancelPublish = null
    pace.spend()
    for (const feed of current) if (dirty.has(idOf(feed))) rebuild(feed)
    dirty.clear()
    const generatedAt = parts.wallTime()
    const next = parts.assemble(currentModels(), revision + 1, generatedAt, ages())
    const operations = parts.diff(published, next)
    if (operations.length > 0) {
      revision += 1
      published = next
      const patch: TopologyPatch = { from: revision - 1, revision, generatedAt, operations }
      const frame = makeFrame('patch', revision, patch)
      patches.push(frame)
      metrics.patches.inc()
      streams.broadcast(frame.bytes)
    }
    // The picture is on its way to the browsers before the rules, which take longer, have their turn.
    examineSoon()
  }

  function examineSoon(): void {
    if (!closed) unexamined ??= setImmediate(tellFindings)
  }

  /** Streams have the last report: the shorter of the difference to it and the whole new one. */
  function tellFindings(): void {
    const before = report
    if (!catchUp() || streams.size === 0) return
    const event: FindingsPatchEvent = { revision, ...diffReport(before, report) }
    const patch = makeFrame('findings-patch', null, event)
    streams.broadcast(patch.bytes.length < reportText.length ? patch.bytes : frameOfFindings().bytes)
  }

  /** Examines what was published since the last time. True when the report changed. */
  function catchUp(): boolean {
    if (unexamined === null) return false
    clearImmediate(unexamined)
    unexamined = null
    return examineNow()
  }

  /** True when the report differs from the last one. */
  function examineNow(): boolean {
    let next: FindingsReport
    try {
      next = parts.examine(currentModels())
    } catch (error) {
      parts.onError(error, '')
      next = { findings: report.findings, notExamined: ['everything that changed since: the examination failed here'] }
    }
    const text = JSON.stringify(next)
    if (text === reportText) return false
    report = next
    reportText = text
    findingsFrame = null
    return true
  }

  function markDirty(id: string): void {
    if (closed) return
    dirty.add(id)
    if (cancelPublish) return
    const wait = pace.wait()
    if (wait === 0) publish()
    else cancelPublish = timers.after(wait, publish)
  }

  function follow(next: readonly Feed[]): void {
    for (const stop of unsubscribe) stop()
    current = next
    models.clear()
    dirty.clear()
    unsubscribe = next.map(feed => feed.subscribe(() => markDirty(idOf(feed))))
    for (const feed of next) dirty.add(idOf(feed))
    cancelPublish?.()
    publish()
  }

  /** What a new reader is told: what it missed, or everything; then what may have changed beside the topology. */
  function firstWords(lastEventId: number | null): Uint8Array {
    tellFindings()
    const whole = frameOfTopology()
    const missed = lastEventId === null ? null : patches.since(lastEventId, revision, whole.bytes.length)
    return joinBytes([...(missed ?? [whole]), frameOfFindings(), frameOfPing()].map(frame => frame.bytes))
  }

  /** Shared by all who come within a second; later its ages would be old. */
  function frameOfTopology(): StreamFrame {
    const now = elapsed()
    if (whole?.frame.id === revision && now - whole.at < 1000) return whole.frame
    const frame = makeFrame('topology', revision, { ...published, generatedAt: parts.wallTime(), ...agedHosts() })
    whole = { frame, at: now }
    return frame
  }
  function frameOfFindings(): StreamFrame {
    const event: FindingsEvent = { revision, ...report }
    findingsFrame ??= makeFrame('findings', null, event)
    return findingsFrame
  }
  const agedHosts = (): Pick<Topology, 'hosts'> => {
    const now = ages()
    return { hosts: published.hosts.map(host => ({ ...host, ageSeconds: now.get(host.id) ?? host.ageSeconds })) }
  }
  function frameOfPing(): StreamFrame {
    const { hosts } = agedHosts()
    const ping: Ping = {
      revision,
      serverTime: parts.wallTime(),
      build: about.build,
      hosts: hosts.map(({ id, status, ageSeconds }) => ({ id, status, ageSeconds })),
    }
    return makeFrame('ping', null, ping)
  }

  function measure(): Measurements {
    tellFindings()
    return {
      hosts: agedHosts().hosts,
      findings: report.findings,
      revision,
      streams: streams.size,
      calls: current.map(feed => ({ host: idOf(feed), counters: feed.counters() })),
    }
  }

  function pingLater(): void {
    cancelPing = timers.after(PING_INTERVAL_MS, () => {
      if (streams.size > 0) streams.broadcast(frameOfPing().bytes)
      pingLater()
    })
  }
  pingLater()
  follow(feeds)

  return {
    topology: () => ({ ...published, generatedAt: parts.wallTime(), ...agedHosts() }),
    revision: () => revision,
    models: currentModels,
    snapshots: () => current.map(feed => feed.current()),
    findings: () => {
      tellFindings()
      return report
    },
    unready: () => unreadyBecause(current.map(feed => feed.current())),
    about: () => about,
    reexamine: examineSoon,
    streamCount: () => streams.size,
    metrics: () => metrics.text(),
    subscribe(lastEventId, push, end) {
      const leave = closed ? null : streams.add({ push, end }, () => firstWords(lastEventId))
      if (!leave) metrics.refusedStreams.inc()
      return leave
    },
    replaceFeeds(next, demo) {
      if (closed) return
      about = { ...about, demo }
      follow(next)
    },
    close() {
      if (closed) return
      closed = true
      cancelPublish?.()
      if (unexamined) clearImmediate(unexamined)
      cancelPing()
      for (const stop of unsubscribe) stop()
      streams.close(makeFrame('bye', null, {}).bytes)
    },
  }
}

/** What to show of a host that our own code could not make sense of: that it is there, and that nothing is known of it. */
const withoutContents = (snapshot: HostSnapshot, wasRead: boolean): HostSnapshot => ({
  ...snapshot,
  status: wasRead ? 'stale' : 'unreachable',
  problem: 'The answers of this engine could not be understood here; the log says more.',
  containers: [],
  networks: [],
  pods: [],
  volumes: null,
})
