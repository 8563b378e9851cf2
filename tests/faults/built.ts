/** The server as it is built, in a process of its own, asked as others ask it; and what every fault owes, seen from there. */
import { readFile } from 'node:fs/promises'
import { expect, vi } from 'vitest'
import type { HostStatus } from '@/lib/collector/types'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Host, Topology } from '@/lib/topology/types'
import type { Podwire } from '../lab/server'

/** Waits for what another process does; how long it may take is the guard's matter. */
export const SOON = { timeout: 60_000, interval: 50 }

export async function answer<T>(podwire: Podwire, path: string): Promise<T> {
  const response = await fetch(podwire.url + path)
  const body: T = JSON.parse(await response.text())
  return body
}

export const statusOf = async (podwire: Podwire, path: string): Promise<number> => {
  const response = await fetch(podwire.url + path)
  await response.arrayBuffer()
  return response.status
}

export async function hostOf(podwire: Podwire): Promise<Host> {
  const [host] = (await answer<Topology>(podwire, '/api/v1/topology')).hosts
  if (host === undefined) throw new Error('no host')
  return host
}

/** Fingerprints of what is found now. */
export const findingsOf = async (podwire: Podwire): Promise<string[]> =>
  (await answer<FindingsReport>(podwire, '/api/v1/findings')).findings.map(({ id }) => id)

export const missingFrom = (now: readonly string[], before: readonly string[]): string[] =>
  before.filter(id => !now.includes(id))

const SLEPT = 'stale: The machine slept'
const STATUS_LINE = new RegExp(`"msg":"(${SLEPT}|live|polling|stale|unreachable)`, 'g')
/**
 * The changes of status that a log tells of, in order. A machine that gives a process no time for ten seconds has slept, as far as
 * that can tell, and is back with the next line; no test makes it do so.
 */
export const toldIn = (log: string): string[] =>
  [...log.matchAll(STATUS_LINE)]
    .map(([, status = '']) => status)
    .filter((one, index, all) => one !== SLEPT && !(one === 'live' && all[index - 1] === SLEPT))

/** Those that are no good news. The first "live" is told when the first read took longer than the start message waits. */
export const lossesIn = (log: string): string[] => toldIn(log).filter(status => status !== 'live')

/** Attempts to reach the engine that failed so far. */
async function failedPings(podwire: Podwire): Promise<number> {
  const text = await (await fetch(`${podwire.url}/metrics`)).text()
  return Number(/^podwire_engine_errors_total\{[^}]*path="\/_ping"[^}]*\} (\d+)$/m.exec(text)?.[1] ?? 0)
}

/** Processor time of a process so far, in ticks; and how often it has written to anything. */
export async function effortOf(pid: number): Promise<{ ticks: number; writes: number }> {
  const [, fields = ''] = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(/\) (?=[A-Z] )/)
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number)
  const writes = Number(/^syscw: (\d+)$/m.exec(await readFile(`/proc/${pid}/io`, 'utf8'))?.[1])
  return { ticks: user + system, writes }
}

export interface BuiltOrdeal {
  strike?: () => Promise<void> | void
  seenAs: Extract<HostStatus, 'stale' | 'unreachable'>
  says: RegExp
  meanwhile?: () => Promise<void> | void
  mend: () => Promise<void> | void
  /** Where its log is, when it does not come to us. */
  log?: () => Promise<string>
  /** False when there is no room for more lines. */
  isLogged?: boolean
  /** False when nobody can ask it at the moment at which the engine is there again. */
  isCounted?: boolean
}

/**
 * As `withstands`, of a process: it lives and answers, the last good picture stays with its age, no finding turns green, the log
 * has one line per change, and all is well within one step of the back-off: one attempt more may fail, which had begun before.
 */
export async function withstandsBuilt(podwire: Podwire, ordeal: BuiltOrdeal): Promise<void> {
  const { log = () => Promise.resolve(podwire.output()), isLogged = true, isCounted = true } = ordeal
  const isChange = ordeal.seenAs === 'stale'
  if (isChange) await vi.waitFor(async () => expect((await hostOf(podwire)).status).toBe('live'), SOON)
  const before = { host: await hostOf(podwire), findings: await findingsOf(podwire), logged: (await log()).length }
  await ordeal.strike?.()
  // Of what is seen first in the midst of it, some is soon known better.
  const lost = await vi.waitFor(async () => {
    const host = await hostOf(podwire)
    expect(host).toMatchObject({ status: ordeal.seenAs, problem: expect.stringMatching(ordeal.says) })
    return host
  }, SOON)
  await ordeal.meanwhile?.()
  const later = await hostOf(podwire)
  // Of what the engine told; the kernel's side of this machine is read on.
  for (const { containers, pods } of [lost, later])
    expect({ containers, pods }).toEqual({ containers: before.host.containers, pods: before.host.pods })
  expect(later.ageSeconds).toBeGreaterThanOrEqual(lost.ageSeconds)
  expect(missingFrom(await findingsOf(podwire), before.findings)).toEqual([])
  expect(await statusOf(podwire, '/healthz')).toBe(200)
  expect(await statusOf(podwire, '/readyz')).toBe(503)
  const expected = isChange ? [ordeal.seenAs] : []
  const told = async () => {
    const lines = toldIn((await log()).slice(before.logged))
    // It was live, and is only now told to be: see `lossesIn`.
    return isChange && lines[0] === 'live' ? lines.slice(1) : lines
  }
  await vi.waitFor(async () => expect(await told()).toEqual(expected), SOON)

  // What was lost in the midst of something is noticed before the next attempt.
  await vi.waitFor(async () => expect(await failedPings(podwire)).toBeGreaterThan(0), SOON)
  await ordeal.mend()
  const failed = isCounted ? await failedPings(podwire) : 0
  await vi.waitFor(async () => expect(await hostOf(podwire)).toMatchObject({ status: 'live', problem: null }), SOON)
  if (isCounted) expect(await failedPings(podwire)).toBeLessThanOrEqual(failed + 1)
  expect(missingFrom(await findingsOf(podwire), before.findings)).toEqual([])
  expect(await statusOf(podwire, '/readyz')).toBe(200)
  if (isLogged) await vi.waitFor(async () => expect(await told()).toEqual([...expected, 'live']), SOON)
}
