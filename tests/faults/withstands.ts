/** What every fault owes, whatever else it does. */
import { expect } from 'vitest'
import { DEFAULT_LIMITS } from '@/lib/collector/limits'
import type { HostStatus } from '@/lib/collector/types'
import type { WatchedRig } from './rig'

export interface Ordeal {
  /** Makes it happen. */
  strike: () => Promise<void> | void
  /** What the host is called meanwhile; "live" when nobody needs to hear of it. */
  seenAs: HostStatus
  /** In the problem that is shown. */
  says?: string | RegExp
  /** What this fault does besides. */
  meanwhile?: () => Promise<void> | void
  /** Puts it right. */
  mend?: () => Promise<void> | void
  /** What is found until then, and rightly not any more; these and no others. */
  ends?: readonly string[]
  /** The lines of the log until then, and of the recovery, where there is more than one change. */
  tells?: readonly HostStatus[]
  tellsWell?: readonly HostStatus[]
  /** The longest that recovery may take: a step of the back-off, unless the fault is found by looking now and then. */
  within?: number
}

/** A step of the back-off at its longest, and the look at the socket file that may come just before it. */
export const ONE_STEP = DEFAULT_LIMITS.retryMax + DEFAULT_LIMITS.heartbeat
/** What no event tells is found by the next comparison. */
export const ONE_POLL = DEFAULT_LIMITS.resync + DEFAULT_LIMITS.eventGrace

/**
 * Strikes, looks, mends, and asserts what every fault owes: the process lives, the last good picture stays with its age, no
 * finding turns green (both are watched with every picture and report, see `observe`), the log has one line per change of the
 * status and none per attempt, and all is well again within one step.
 */
export async function withstands(rig: WatchedRig, ordeal: Ordeal): Promise<void> {
  const { time, collector, log } = rig
  const isLost = ordeal.seenAs === 'stale' || ordeal.seenAs === 'unreachable'
  const before = rig.findings()
  const lines = log.length
  await ordeal.strike()
  await rig.until(ordeal.seenAs, () => rig.host().status === ordeal.seenAs)
  if (ordeal.says !== undefined) expect(rig.host().problem).toMatch(ordeal.says)
  else if (ordeal.seenAs === 'live') expect(rig.host().problem).toBeNull()
  await ordeal.meanwhile?.()
  if (isLost) {
    // As long as it lasts: as many attempts as there may be, and nobody is told of them.
    const age = collector.ageSeconds()
    await time.advance(60_000)
    expect(rig.host().status).toBe(ordeal.seenAs)
    if (age === null) expect(collector.ageSeconds()).toBeNull()
    else {
      expect(collector.ageSeconds()).toBeCloseTo(age + 60, 3)
      expect(rig.host().ageSeconds).toBe(Math.floor(collector.ageSeconds() ?? 0))
    }
  }
  const told = log.slice(lines).map(line => line.split(':')[0])
  // A host that was never read is unreachable from the start, which is no change.
  const isChange = ordeal.seenAs !== 'live' && ordeal.seenAs !== 'unreachable'
  expect(told).toEqual(ordeal.tells ?? (isChange ? [ordeal.seenAs] : []))
  expect(rig.breaches).toEqual([])

  const from = time.clock.elapsed()
  if (ordeal.ends !== undefined) rig.settled(ordeal.ends)
  await ordeal.mend?.()
  const isWell = () => rig.host().status === 'live' && rig.host().problem === null
  await rig.until('well again', isWell, ordeal.within ?? ONE_STEP)
  expect(time.clock.elapsed() - from).toBeLessThanOrEqual((ordeal.within ?? ONE_STEP) + 100)
  if (isLost) expect(collector.ageSeconds()).toBeLessThan(2)
  const toldWell = ordeal.tellsWell ?? (ordeal.seenAs === 'live' ? [] : ['live'])
  expect(log.slice(lines).map(line => line.split(':')[0])).toEqual([...told, ...toldWell])
  const found = new Set(rig.findings())
  expect(before.filter(finding => !found.has(finding))).toEqual(ordeal.ends ?? [])
  expect(rig.breaches).toEqual([])
}
