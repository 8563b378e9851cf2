/** How fresh the picture is, in words: one derivation for the pill, the veil and the title. */
import type { Host } from '@/lib/topology/types'
import { formatAge } from './age'
import type { HostAge } from './store'
import type { StreamState } from './stream'
import type { Words } from './words/catalogue'

export type Mood = 'live' | 'waiting' | 'polling' | 'paused' | 'stale'

export interface Freshness {
  mood: Mood
  /** The pill's words: "live", "reconnecting in 3 s", "1 of 3 hosts stale". */
  words: string
  /** Age of the oldest data that is shown, in seconds; null when there is none. */
  ageSeconds: number | null
}

/** Age of one host's data at the page's time `now`, in seconds. */
export const ageNow = (age: HostAge, now: number): number => age.ageSeconds + (now - age.at) / 1000

const seconds = (ms: number) => Math.max(0, Math.ceil(ms / 1000))

/** `now` is the page's clock in milliseconds. */
export function describeFreshness(
  stream: StreamState,
  hosts: readonly Host[],
  ages: ReadonlyMap<string, HostAge>,
  held: { changes: number } | null,
  now: number,
  { freshness, hosts: countHosts, changes }: Words['page'],
): Freshness {
  const known = hosts.flatMap(host => ages.get(host.id) ?? [])
  const oldest = known.length === 0 ? null : Math.max(...known.map(age => ageNow(age, now)))
  const silent = (now - stream.since) / 1000
  switch (stream.kind) {
    case 'connecting':
      return { mood: 'waiting', words: freshness.connecting, ageSeconds: oldest }
    case 'ended':
      return { mood: 'stale', words: freshness.ended, ageSeconds: oldest }
    case 'reconnecting': {
      const wait = seconds(stream.nextTry - now)
      return {
        mood: 'waiting',
        words: wait > 0 ? freshness.reconnectingIn(wait) : freshness.reconnecting,
        ageSeconds: oldest,
      }
    }
    case 'stale':
      return { mood: 'stale', words: freshness.old(freshness.stale, formatAge(silent)), ageSeconds: oldest }
    case 'live':
      break
  }
  if (held !== null) {
    const words = held.changes === 0 ? freshness.paused : freshness.pausedWaiting(changes(held.changes))
    return { mood: 'paused', words, ageSeconds: oldest }
  }
  const bad = known.filter(({ status }) => status === 'stale' || status === 'unreachable')
  if (bad.length > 0) {
    const one = bad.length === 1 && known.length === 1 ? bad[0] : undefined
    const word = bad.every(({ status }) => status === 'unreachable') ? freshness.unreachable : freshness.stale
    const words =
      one === undefined
        ? freshness.someHosts(bad.length, countHosts(known.length), word)
        : one.status === 'unreachable'
          ? freshness.unreachable
          : freshness.old(freshness.stale, formatAge(ageNow(one, now)))
    return { mood: 'stale', words, ageSeconds: oldest }
  }
  if (known.some(({ status }) => status === 'polling')) {
    return { mood: 'polling', words: freshness.old(freshness.polling, formatAge(oldest ?? 0)), ageSeconds: oldest }
  }
  return { mood: 'live', words: freshness.live, ageSeconds: oldest }
}

/** How old the picture is, and what keeps it from being current. */
export interface Stale {
  ageSeconds: number
  problem: string
}

/** Why nothing on the screen may be trusted to be current; null when it may. */
export function staleBecause(
  stream: StreamState,
  hosts: readonly Host[],
  ages: ReadonlyMap<string, HostAge>,
  now: number,
  { connectionEnded, noAnswer }: Words['page']['freshness'],
): Stale | null {
  if (stream.kind === 'stale') return { ageSeconds: (now - stream.since) / 1000, problem: stream.problem }
  if (stream.kind === 'ended') return { ageSeconds: (now - stream.since) / 1000, problem: connectionEnded }
  const read = hosts.filter(host => host.status !== 'unreachable')
  if (read.length === 0 || read.some(host => host.status !== 'stale')) return null
  const oldest = Math.max(
    ...read.map(host =>
      ageNow(ages.get(host.id) ?? { status: host.status, ageSeconds: host.ageSeconds, at: now }, now),
    ),
  )
  return { ageSeconds: oldest, problem: read[0]?.problem ?? noAnswer }
}
