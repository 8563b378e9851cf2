/** Engines inside of containers, for commands: found once, as the server finds them. */
import type { HostSnapshot } from '@/lib/collector/types'
import { pinSocket } from '@/lib/probe/inner-socket'
import { liveProc } from '@/lib/probe/proc'
import { connectionTo, isOwnSocket, MAX_INNER, openEngine, OUTSIDE, placesIn } from '@/lib/server/inner-engine'
import type { Source, Unusable } from './reading'

export interface NestedSources {
  sources: Source[]
  unusable: Unusable[]
  /** Lets go of their sockets. */
  close(): Promise<void>
}

/** `wanted`: names of containers, "*" is every one that is seen to run an engine; `outer` as they were read just now. */
export async function nestedSources(wanted: readonly string[], outer: readonly HostSnapshot[]): Promise<NestedSources> {
  const proc = liveProc()
  const connections = outer.map(({ connection }) => connection)
  const closing: (() => Promise<void>)[] = []
  const found: NestedSources = {
    sources: [],
    unusable: [],
    async close() {
      await Promise.all(closing.map(close => close()))
    },
  }
  for (const place of outer.flatMap(snapshot => placesIn(snapshot, wanted)).slice(0, MAX_INNER)) {
    const { summary, detail } = place.record
    const hints = [summary.pid, detail?.pid].flatMap(pid => pid ?? [])
    const opened = await openEngine(place, hints, { proc, pin: pinSocket })
    if (!opened.ok) {
      found.unusable.push({ name: place.name, reason: opened.because })
      continue
    }
    const { socket } = opened
    closing.push(() => socket.close())
    if (isOwnSocket(proc, connections, socket.identity)) found.unusable.push({ name: place.name, reason: OUTSIDE })
    else found.sources.push({ connection: connectionTo(place, socket), recording: null })
  }
  return found
}
