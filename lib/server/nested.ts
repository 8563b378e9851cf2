/**
 * Engines inside of containers, where an admin asked for them: finds their sockets, and has them read for as long as their
 * containers run. Only containers of engines that are read on their own; what runs in an inner engine is not followed further.
 */
import { liveTimers, type Timers } from '@/lib/collector/clock'
import type { Collector } from '@/lib/collector/types'
import type { Connection } from '@/lib/podman/types'
import { type Pinning, pinSocket, type PinnedSocket } from '@/lib/probe/inner-socket'
import { liveProc, type Proc } from '@/lib/probe/proc'
import { connectionTo, isOwnSocket, MAX_INNER, openEngine, OUTSIDE, type Place, placesIn } from './inner-engine'

export interface NestedParts {
  /** Names of containers; "*" is every one that is seen to run an engine. */
  wanted: readonly string[]
  /** The engines that were found by themselves, as they are now. */
  outer(): readonly Collector[]
  collect(connection: Connection): Collector
  /** The inner engines that are to be shown from now on, all of them. */
  onChange(inner: readonly Collector[]): void
  /** Why an engine that was asked for is not read; once for each reason. */
  onProblem(name: string, because: string): void
  /** The world outside; tests put their own. */
  proc?: Proc
  pin?: (root: string, path: string, proof: () => boolean) => Promise<Pinning>
  timers?: Timers
}

export interface Nested {
  /** Resolves when nothing of it is left. */
  stop(): Promise<void>
}

const EVERY_MS = 3000

interface Inner {
  pid: number
  socket: PinnedSocket
  collector: Collector
  /** Shown from the first complete reading on. */
  isShown: boolean
}

/** Looks every few seconds, until it is stopped. */
export function followNested(parts: NestedParts): Nested {
  const proc = parts.proc ?? liveProc()
  const pin = parts.pin ?? pinSocket
  const timers = parts.timers ?? liveTimers
  const inner = new Map<string, Inner>()
  const told = new Map<string, string>()
  let stopped = false
  let cancel = () => {}
  let looking = look()

  function tell({ id, name }: Place, because: string): void {
    if (told.get(id) === because) return
    told.set(id, because)
    parts.onProblem(name, because)
  }

  function show(): void {
    parts.onChange([...inner.values()].filter(one => one.isShown).map(one => one.collector))
  }

  async function end(id: string): Promise<void> {
    const one = inner.get(id)
    if (one === undefined) return
    inner.delete(id)
    if (one.isShown) show()
    await one.collector.stop()
    await one.socket.close()
  }

  /** Reads the engine behind another socket than before, if there is one. */
  async function follow(place: Place): Promise<void> {
    const { id, record } = place
    const before = inner.get(id)
    const hints = [before?.pid, record.summary.pid, record.detail?.pid].flatMap(pid => pid ?? [])
    const found = await openEngine(place, hints, { proc, pin })
    if (!found.ok) return tell(place, found.because)
    const { pid, socket } = found
    const isSame = before?.socket.identity === socket.identity && before.pid === pid
    const isOuter = isOwnSocket(
      proc,
      parts.outer().map(collector => collector.current().connection),
      socket.identity,
    )
    if (stopped || isSame || isOuter) {
      await socket.close()
      if (isOuter) tell(place, OUTSIDE)
      return
    }
    told.delete(id)
    await end(id)
    const collector = parts.collect(connectionTo(place, socket))
    const one: Inner = { pid, socket, collector, isShown: false }
    inner.set(id, one)
    collector.subscribe(snapshot => {
      if (snapshot.readAt === null) {
        if (snapshot.problem !== null) tell(place, snapshot.problem)
      } else if (!one.isShown && inner.get(id) === one) {
        one.isShown = true
        show()
      }
    })
    collector.start()
  }

  async function look(): Promise<void> {
    const places = parts.outer().flatMap(collector => placesIn(collector.current(), parts.wanted))
    const kept = new Set(places.map(place => place.id))
    for (const id of inner.keys()) if (!kept.has(id)) await end(id)
    for (const place of places.slice(0, MAX_INNER)) if (!stopped) await follow(place)
    if (!stopped)
      cancel = timers.after(EVERY_MS, () => {
        looking = look()
      })
  }

  return {
    async stop() {
      stopped = true
      cancel()
      await looking
      await Promise.all([...inner.keys()].map(end))
    },
  }
}
