/**
 * What a page remembers since it was opened: the log of changes, and the pictures round each of them. Pure.
 * Pictures share what did not change, so that many cost little; what they do not share is bounded.
 */
import type { FindingsReport } from '@/lib/exposure/types'
import type { Topology } from '@/lib/topology/types'
import { type Change, type ChangeLog, EMPTY_LOG, logFindings, logTopology } from '../changes'

export interface Picture {
  topology: Topology
  findings: FindingsReport | null
}

/** What was seen at once: the changes numbered `first` to `last`, and the pictures before and after them. */
export interface Moment {
  first: number
  last: number
  before: Picture
  after: Picture
}

/** Up to where the reader has looked. */
export interface Looked {
  /** Changes below this number were seen on this page. */
  number: number
  /** Changes up to this time were seen on any page: ISO 8601, by the server's clock; "" = never. */
  seen: string
  /** When somebody last looked, by this machine's clock; null = never. */
  at: string | null
}

export interface History {
  log: ChangeLog
  /** The newest last; those of older changes are gone. */
  moments: readonly Moment[]
  looked: Looked
}

export const NEVER_LOOKED: Looked = { number: 0, seen: '', at: null }
export const EMPTY_HISTORY: History = { log: EMPTY_LOG, moments: [], looked: NEVER_LOOKED }

export const MAX_MOMENTS = 200
/** Things and findings that are kept for the past alone; each is some kilobytes at most. */
export const MAX_KEPT = 20_000

/** History after another picture, which came in place of `before`; null when it is the first. */
export function recordTopology(history: History, before: Picture | null, topology: Topology): History {
  const log = logTopology(history.log, topology)
  if (before === null || log.next === history.log.next) return { ...history, log }
  const after = { topology, findings: before.findings }
  const moment = { first: history.log.next, last: log.next - 1, before, after }
  return { ...history, log, moments: bounded([...history.moments, moment], log) }
}

/** History after another report on the picture that is shown; the report that follows a picture belongs to its moment. */
export function recordFindings(history: History, before: Picture, report: FindingsReport): History {
  const log = logFindings(history.log, report, before.topology.generatedAt)
  const after = { ...before, findings: report }
  const latest = history.moments.at(-1)
  const isExamined = latest === undefined || latest.before.findings !== latest.after.findings
  if (latest !== undefined && !isExamined && latest.after.topology === before.topology) {
    const moments = [...history.moments.slice(0, -1), { ...latest, last: log.next - 1, after }]
    return { ...history, log, moments: bounded(moments, log) }
  }
  if (log.next === history.log.next) return { ...history, log }
  const moment = { first: history.log.next, last: log.next - 1, before, after }
  return { ...history, log, moments: bounded([...history.moments, moment], log) }
}

/** The pictures round a change; null when they are no longer kept. */
export const momentOf = ({ moments }: History, { number }: Change): Moment | null =>
  moments.find(({ first, last }) => first <= number && number <= last) ?? null

export const isNew = ({ looked }: Pick<History, 'looked'>, { number, at }: Change): boolean =>
  number >= looked.number && at > looked.seen

/** The newest moments that the bounds allow: at least one, and none whose changes are all gone from the log. */
function bounded(moments: readonly Moment[], log: ChangeLog): readonly Moment[] {
  const oldest = log.changes[0]?.number ?? log.next
  let kept = 0
  let from = moments.length
  while (from > 0 && moments.length - from < MAX_MOMENTS) {
    const moment = moments[from - 1]
    if (moment === undefined || moment.last < oldest) break
    kept += onlyIn(moment.before, moment.after)
    const next = moments[from]
    if (next !== undefined) kept += onlyIn(moment.after, next.before)
    if (kept > MAX_KEPT && from < moments.length) break
    from -= 1
  }
  return from === 0 ? moments : moments.slice(from)
}

const counted = new WeakMap<Picture, { than: Picture; count: number }>()

/** How much of a picture the next one does not share. */
function onlyIn(picture: Picture, next: Picture): number {
  const known = counted.get(picture)
  if (known?.than === next) return known.count
  const shared = new Set(next.topology === picture.topology ? [] : next.topology.hosts.flatMap(thingsOf))
  const things =
    next.topology === picture.topology
      ? []
      : picture.topology.hosts.flatMap(thingsOf).filter(thing => !shared.has(thing))
  const findings = next.findings === picture.findings ? 0 : (picture.findings?.findings.length ?? 0)
  const count = things.length + findings
  counted.set(picture, { than: next, count })
  return count
}

const thingsOf = (host: Topology['hosts'][number]): object[] => [
  host,
  ...host.containers,
  ...host.namespaces,
  ...host.networks,
  ...host.pods,
]
