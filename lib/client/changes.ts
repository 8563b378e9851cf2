/**
 * What changed, in the order in which it was seen: between one picture and the next, and between one report and the next.
 * Pure. A host that was not read this time has not lost anything: it is compared with what was last read of it.
 */
import { foldDoors } from '@/lib/topology/ranges'
import type { Finding, FindingsReport, Severity } from '@/lib/exposure/types'
import { indexHost, namespaceName, refOfContainer, refOfNetwork, refOfPort } from '@/lib/topology/lookup'
import { formatRef, type Ref } from '@/lib/topology/ref'
import type { Container, Host, Namespace, Network, PublishedPort, Topology } from '@/lib/topology/types'

/**
 * What happened to the thing that `ref` names.
 * appeared, vanished   it is there, or no longer there
 * recreated            another one answers to its name
 * renamed              `was` is its old name
 * state                of a container; `health` is that of its health check
 * joined, left         a container and a network
 * opened, closed       a published port on another address than loopback; `range` when it stands for several
 * isolation            a network's isolation in effect
 * status               of the connection to a host
 * finding, cleared     a warning; `was` is its severity before, when only that changed
 */
export type ChangeDetail =
  | { what: 'appeared' | 'vanished' | 'recreated' }
  | { what: 'renamed'; was: string }
  | { what: 'state'; was: string; is: string }
  | { what: 'joined' | 'left'; network: string }
  | { what: 'opened' | 'closed'; port: PublishedPort; last: number; to: string }
  | { what: 'isolation'; was: string; is: string }
  | { what: 'status'; was: Host['status']; is: Host['status'] }
  | { what: 'finding'; id: string; ruleId: string; severity: Severity; was: Severity | null; title: string }
  | { what: 'cleared'; id: string; ruleId: string; severity: Severity; title: string }

export interface Change {
  /** Grows by one with every change of a log. */
  number: number
  /** ISO 8601: when the picture that shows it was made. */
  at: string
  hostId: string
  ref: Ref
  /** Name of the thing, as free text of the engine. */
  name: string
  detail: ChangeDetail
}

/** The last picture of every host, the last report, and what changed since the first; the newest last. */
export interface ChangeLog {
  hosts: ReadonlyMap<string, Host>
  findings: ReadonlyMap<string, Finding> | null
  changes: readonly Change[]
  /** Number of the next change. */
  next: number
  /** When the first picture was made; null = there was none yet. */
  since: string | null
}

export const EMPTY_LOG: ChangeLog = { hosts: new Map(), findings: null, changes: [], next: 0, since: null }

/** Changes that are kept; the oldest go. */
export const MAX_CHANGES = 500

type Unnumbered = Omit<Change, 'number' | 'at'>

/** An unreachable host was never read: its lists are empty for want of knowledge. */
const isRead = (host: Host): boolean => host.status !== 'unreachable'

function append(log: ChangeLog, at: string, found: readonly Unnumbered[]): Pick<ChangeLog, 'changes' | 'next'> {
  if (found.length === 0) return { changes: log.changes, next: log.next }
  const numbered = found.map((change, index) => ({ ...change, number: log.next + index, at }))
  return { changes: [...log.changes, ...numbered].slice(-MAX_CHANGES), next: log.next + found.length }
}

/** The log after another picture. The first picture of a host is where its history begins, and no change. */
export function logTopology(log: ChangeLog, topology: Topology): ChangeLog {
  const hosts = new Map<string, Host>()
  const found: Unnumbered[] = []
  for (const host of topology.hosts) {
    const before = log.hosts.get(host.id)
    if (before === host) {
      hosts.set(host.id, host)
      continue
    }
    if (before !== undefined) found.push(...hostChanges(before, host))
    // What was read last stays the measure, under the status of now.
    hosts.set(host.id, before === undefined || isRead(host) ? host : { ...before, status: host.status })
  }
  return {
    ...append(log, topology.generatedAt, found),
    hosts,
    findings: log.findings,
    since: log.since ?? topology.generatedAt,
  }
}

/** The log after another report, as of the picture that the log has seen last. Suppressed findings do not count. */
export function logFindings(log: ChangeLog, report: FindingsReport, at: string): ChangeLog {
  const active = report.findings.filter(finding => finding.suppressed === null)
  const findings = new Map(active.map(finding => [finding.id, finding]))
  const before = log.findings
  if (before === null) return { ...log, findings }
  const found: Unnumbered[] = []
  for (const finding of active) {
    const old = before.get(finding.id)
    if (old?.severity === finding.severity) continue
    const { id, ruleId, severity, title } = finding
    found.push(told(finding, { what: 'finding', id, ruleId, severity, was: old?.severity ?? null, title }))
  }
  for (const [id, finding] of before) {
    if (findings.has(id)) continue
    const host = log.hosts.get(finding.hostId)
    // Nobody looked at a host that is not reached: its findings have not gone away.
    if (host !== undefined && !isRead(host)) findings.set(id, finding)
    else {
      const { ruleId, severity, title } = finding
      found.push(told(finding, { what: 'cleared', id, ruleId, severity, title }))
    }
  }
  return { ...log, ...append(log, at, found), findings }
}

const told = ({ hostId, subject }: Finding, detail: ChangeDetail): Unnumbered => ({
  hostId,
  ref: subject.kind === 'host' ? { kind: 'host' } : { kind: subject.kind, name: subject.name },
  name: subject.name,
  detail,
})

/** What became of one host; `before` is what was last read of it. */
function hostChanges(before: Host, after: Host): Unnumbered[] {
  const say = (ref: Ref, name: string, detail: ChangeDetail): Unnumbered => ({ hostId: after.id, ref, name, detail })
  const found: Unnumbered[] = []
  if (before.status !== after.status)
    found.push(say({ kind: 'host' }, after.name, { what: 'status', was: before.status, is: after.status }))
  const comparable = isRead(after) && (isRead(before) || before.containers.length + before.networks.length > 0)
  if (!comparable) return found

  for (const { one, was, what } of paired(before.networks, after.networks)) {
    const ref = refOfNetwork(what === 'vanished' ? before : after, one)
    if (what !== 'kept') found.push(say(ref, one.name, { what }))
    if (was !== null) found.push(...networkChanges(was, one).map(detail => say(ref, one.name, detail)))
  }
  for (const { one, was, what } of paired(before.containers, after.containers)) {
    if (one.isInfra) continue
    const ref = refOfContainer(what === 'vanished' ? before : after, one)
    if (what !== 'kept') found.push(say(ref, one.name, { what }))
    if (was !== null) found.push(...containerChanges(before, was, after, one).map(detail => say(ref, one.name, detail)))
  }
  const [closed, opened] = [outsideDoors(before), outsideDoors(after)]
  for (const [key, { ref, name, port, last }] of opened)
    if (!closed.has(key)) found.push(say(ref, name, { what: 'opened', port, last, to: name }))
  for (const [key, { ref, name, port, last }] of closed)
    if (!opened.has(key)) found.push(say(ref, name, { what: 'closed', port, last, to: name }))
  return found
}

interface Paired<T> {
  one: T
  /** The same thing before; null when there was none to compare with. */
  was: T | null
  what: 'appeared' | 'vanished' | 'recreated' | 'kept'
}

/** Things by id, and those that are new under a name that went away. */
function paired<T extends { id: string; name: string }>(before: readonly T[], after: readonly T[]): Paired<T>[] {
  const known = new Map(before.map(one => [one.id, one]))
  const now = new Set(after.map(one => one.id))
  const gone = new Map(before.filter(one => !now.has(one.id)).map(one => [one.name, one]))
  const pairs: Paired<T>[] = []
  for (const one of after) {
    const was = known.get(one.id)
    if (was === one) continue
    if (was !== undefined) pairs.push({ one, was, what: 'kept' })
    else {
      const replaced = gone.get(one.name)
      gone.delete(one.name)
      pairs.push({ one, was: replaced ?? null, what: replaced === undefined ? 'appeared' : 'recreated' })
    }
  }
  for (const one of gone.values()) pairs.push({ one, was: null, what: 'vanished' })
  return pairs
}

const networkChanges = (was: Network, is: Network): ChangeDetail[] => [
  ...(was.name === is.name ? [] : [{ what: 'renamed' as const, was: was.name }]),
  ...(was.isolation.effective === is.isolation.effective
    ? []
    : [{ what: 'isolation' as const, was: was.isolation.effective, is: is.isolation.effective }]),
]

/** "running", "running, unhealthy": a health check that passes, or is only beginning, is no change of anything. */
const stateOf = ({ state, health }: Container): string => (health === 'unhealthy' ? `${state}, unhealthy` : state)

function containerChanges(hostBefore: Host, was: Container, hostAfter: Host, is: Container): ChangeDetail[] {
  const details: ChangeDetail[] = []
  if (was.name !== is.name) details.push({ what: 'renamed', was: was.name })
  if (stateOf(was) !== stateOf(is)) details.push({ what: 'state', was: stateOf(was), is: stateOf(is) })
  const [old, now] = [networksOf(hostBefore, was), networksOf(hostAfter, is)]
  for (const network of now) if (!old.has(network)) details.push({ what: 'joined', network })
  for (const network of old) if (!now.has(network)) details.push({ what: 'left', network })
  return details
}

const networksOf = (host: Host, container: Container): ReadonlySet<string> =>
  new Set(
    indexHost(host)
      .namespaces.get(container.namespaceId)
      ?.attachments.map(({ networkName }) => networkName),
  )

interface DoorSeen {
  ref: Ref
  name: string
  port: PublishedPort
  /** Last host port of a range; else that of `port`. */
  last: number
}

const doorsSeen = new WeakMap<Namespace, readonly [string, DoorSeen][]>()

/** What others than the host may come through, by what it is: the port and the name behind it. */
function outsideDoors(host: Host): Map<string, DoorSeen> {
  const doors = new Map<string, DoorSeen>()
  for (const namespace of host.namespaces) {
    if (namespace.published.length === 0) continue
    const known = doorsSeen.get(namespace) ?? doorsOfNamespace(host, namespace)
    doorsSeen.set(namespace, known)
    for (const [key, door] of known) doors.set(key, door)
  }
  return doors
}

function doorsOfNamespace(host: Host, namespace: Namespace): [string, DoorSeen][] {
  const name = namespaceName(host, namespace)
  const open = namespace.published.filter(({ scope, forwarded }) => scope !== 'loopback' && forwarded !== 'no')
  return foldDoors(open).map(({ first, last }) => {
    const ref = refOfPort(first)
    return [`${formatRef(ref)} ${last.hostPort} ${name}`, { ref, name, port: first, last: last.hostPort }]
  })
}
