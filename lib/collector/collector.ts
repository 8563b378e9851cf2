import { hostname } from 'node:os'
import { explain } from '@/lib/podman/explain'
import { toPodmanError, type PodmanError } from '@/lib/podman/errors'
import type { Connection, PodmanClient, PodmanErrorCode } from '@/lib/podman/types'
import { noProbe } from '@/lib/probe/facts'
import type { Probe, ProbeFacts } from '@/lib/probe/types'
import { createBackoff } from './backoff'
import { liveClock, liveTimers, pause, type Clock, type Timers } from './clock'
import { DEFAULT_LIMITS, type Limits } from './limits'
import { createProber } from './prober'
import { runSession, type SessionEnd } from './session'
import { isSameItems, keepItems, share } from './share'
import { probeInput, provenBy, snapshotOf, unitsInput } from './snapshot'
import { socketIdentityOf, type SocketIdentity } from './socket-watch'
import type { Collector, HostSnapshot, HostStatus, UnitsRead } from './types'
import { noUnits, type ReadUnits } from './units'
import type { World } from './world'

export interface CollectorOptions {
  connection: Connection
  /** A client of one's own for each time of being in touch, so that nothing of a lost engine is kept. */
  connect: () => PodmanClient
  probe: Probe
  /** Reads quadlet files; without it nobody looks. */
  units?: ReadUnits
  /** One line per change of status. */
  log?: (line: { host: string; status: HostStatus; problem: string | null }) => void
  clock?: Clock
  timers?: Timers
  random?: () => number
  limits?: Partial<Limits>
  socketIdentity?: SocketIdentity
  localHostname?: string
}

/** Failures that are what they are: trying again at once makes no difference, so the picture is stale at once. */
const isPlain: Record<PodmanErrorCode, boolean> = {
  missing: true,
  denied: true,
  refused: true,
  'not-a-socket': true,
  'not-podman': true,
  'docker-only': true,
  unsupported: true,
  timeout: true,
  aborted: false,
  reset: false,
  http: false,
  malformed: false,
  'too-large': false,
  exhausted: true,
}

/** Follows one engine; see Collector. Nothing is read before start(). */
export function createCollector(options: CollectorOptions): Collector {
  const { connection, probe } = options
  const clock = options.clock ?? liveClock
  const timers = options.timers ?? liveTimers
  const random = options.random ?? Math.random
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const socketIdentity = options.socketIdentity ?? socketIdentityOf(connection)

  const stopping = new AbortController()
  const listeners = new Set<(snapshot: HostSnapshot) => void>()
  const pastCounters = new Map<string, { calls: number; errors: number }>()
  let client: PodmanClient | null = null
  let running: Promise<void> | null = null
  let world: World | null = null
  let readAt: { wall: string; elapsed: number } | null = null
  let facts: ProbeFacts = noProbe("The kernel's side was not read yet.")
  /** Kept over probes that fail: a machine does not change its name with them. */
  let provenHost: { netns: string; isOwn: boolean } | null = null
  let units: UnitsRead | undefined
  let status: HostStatus = 'unreachable'
  let problem: string | null = 'Not read yet.'
  let snapshot = build(0)

  function build(revision: number): HostSnapshot {
    return snapshotOf({
      connection,
      revision,
      status,
      problem,
      readAt: readAt?.wall ?? null,
      world,
      probe: facts,
      ...(units && { units }),
      provenHost,
      localHostname: options.localHostname ?? hostname(),
    })
  }

  /** Publishes what differs from the last snapshot; a new time of reading alone is no change. */
  function publish(): void {
    const built = build(snapshot.revision)
    const next: HostSnapshot = {
      ...built,
      containers: keepItems(snapshot.containers, built.containers),
      pods: keepItems(snapshot.pods, built.pods),
    }
    // Both come from build(), so their fields are in the same order.
    const isChanged = !isSameItems(Object.values(snapshot), Object.values({ ...next, readAt: snapshot.readAt }))
    const isNewStatus = snapshot.status !== status || snapshot.problem !== problem
    snapshot = isChanged ? { ...next, revision: snapshot.revision + 1 } : next
    if (isNewStatus) options.log?.({ host: connection.id, status, problem })
    if (isChanged) for (const listener of listeners) listener(snapshot)
  }

  const prober = createProber({
    probe,
    input: () => probeInput(snapshot),
    onFacts(read) {
      facts = share(facts, read)
      provenHost = provenBy(read) ?? provenHost
      publish()
    },
    failed: message => noProbe(`The kernel's side could not be read: ${message}.`),
    clock,
    timers,
    limits,
  })
  const readers = [prober]
  if (options.units !== undefined)
    readers.push(
      createProber({
        probe: options.units,
        input: () => unitsInput(snapshot),
        onFacts(read) {
          units = units === undefined ? read : share(units, read)
          publish()
        },
        failed: message => noUnits(`Quadlet files could not be read: ${message}.`),
        clock,
        timers,
        limits,
      }),
    )
  const changed = () => {
    for (const reader of readers) reader.changed()
  }

  function takeWorld(read: World): void {
    const isChanged = world?.containers !== read.containers
    world = read
    readAt = { wall: new Date(clock.wall()).toISOString(), elapsed: clock.elapsed() }
    if (isChanged) changed()
  }

  function become(next: HostStatus, why: string | null): void {
    status = next
    problem = why
    publish()
  }

  async function run(): Promise<void> {
    const backoff = createBackoff(limits.retryMin, limits.retryMax, random)
    while (!stopping.signal.aborted) {
      const end = await follow(() => backoff.reset())
      if (!stopping.signal.aborted) await lose(end, backoff.next())
    }
  }

  /** One time of being in touch. */
  async function follow(onRead: () => void): Promise<SessionEnd> {
    let isTold = false
    try {
      client = options.connect()
    } catch (thrown) {
      return { error: toPodmanError(thrown), wasComplete: false }
    }
    const end = await runSession({
      client,
      signal: stopping.signal,
      clock,
      timers,
      random,
      limits,
      socketIdentity,
      before: world,
      onWorld(read) {
        onRead()
        takeWorld(read)
        // The first read is told together with the mode, which follows at once.
        if (isTold) publish()
      },
      onMode(mode, error) {
        if (!isTold) changed()
        isTold = true
        become(mode, mode === 'live' ? null : pollingProblem(error))
      },
    })
    keepCounters(client)
    await client.close().catch(() => {})
    client = null
    return end
  }

  /** Says what is lost, and waits before the next attempt. */
  async function lose({ error, wasComplete }: SessionEnd, wait: number): Promise<void> {
    if (error !== null && !isPlain[error.code] && wasComplete) {
      // May have been an accident; nobody needs to hear about it when the next attempt succeeds.
      return pause(timers, Math.min(wait, limits.retryMin), stopping.signal)
    }
    for (const reader of readers) reader.rest()
    const lost: HostStatus = readAt === null ? 'unreachable' : 'stale'
    if (error !== null) {
      become(lost, explain(error, connection))
      return waitForSocket(wait)
    }
    become(lost, 'The machine slept, or the Podman socket was replaced: everything is being read again.')
  }

  /** Waits, but not longer than it takes for a socket file to appear or to be replaced. */
  async function waitForSocket(milliseconds: number): Promise<void> {
    const before = await socketIdentity()
    const until = clock.elapsed() + milliseconds
    while (!stopping.signal.aborted) {
      const left = until - clock.elapsed()
      if (left <= 0) return
      await pause(timers, Math.min(left, limits.heartbeat), stopping.signal)
      const now = await socketIdentity()
      if (now !== null && now !== before) return
    }
  }

  const pollingProblem = (error: PodmanError | null): string => {
    const why = error === null ? 'they end at once' : error.message
    const remedy = world?.info?.eventLogger === 'none' ? '; set events_logger="file" in containers.conf' : ''
    return `Podman gives no events (${why}), so changes are seen every ${limits.poll / 1000} s${remedy}.`
  }

  function keepCounters(from: PodmanClient): void {
    for (const [template, { calls, errors }] of Object.entries(from.counters)) {
      const past = pastCounters.get(template) ?? { calls: 0, errors: 0 }
      pastCounters.set(template, { calls: past.calls + calls, errors: past.errors + errors })
    }
  }

  return {
    start() {
      running ??= run()
    },
    async stop() {
      stopping.abort()
      await Promise.all([running, ...readers.map(reader => reader.stop())])
      listeners.clear()
    },
    current: () => snapshot,
    ageSeconds: () => (readAt === null ? null : (clock.elapsed() - readAt.elapsed) / 1000),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    counters() {
      const sum = new Map([...pastCounters].map(([template, counts]) => [template, { ...counts }]))
      for (const [template, { calls, errors }] of Object.entries(client?.counters ?? {})) {
        const past = sum.get(template) ?? { calls: 0, errors: 0 }
        sum.set(template, { calls: past.calls + calls, errors: past.errors + errors })
      }
      return Object.fromEntries(sum)
    },
  }
}
