/** Two models of one host, before and after a change of one container: what is gained and lost. */
import { type ExamineOptions, examine } from '@/lib/exposure/engine'
import type { Finding } from '@/lib/exposure/types'
import { hostNamespace, refOfListener, refOfPort } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import { isReservation } from '@/lib/topology/reservations'
import type { Host, HostModel, Listener, PublishedPort } from '@/lib/topology/types'
import { reachChanges } from './reach-changes'
import type { Difference, DoorChange, FindingChange, ListenerChange } from './types'

const NOBODY = { gained: [], lost: [], unknown: [] }

/** Pure. `containerId`: of the contract, the one that changes. Cost: two examinations, and one row and column of verdicts each. */
export function compare(
  before: HostModel,
  after: HostModel,
  containerId: string,
  options: ExamineOptions = {},
): Difference {
  const reach = reachChanges(before, after, containerId) ?? { reachedBy: NOBODY, reaches: NOBODY }
  return {
    doors: doorChanges(before.host, after.host, containerId),
    listeners: listenerChanges(before.host, after.host),
    ...reach,
    findings: findingChanges(before, after, options),
  }
}

function doorChanges(before: Host, after: Host, containerId: string): Difference['doors'] {
  const was = doorsOf(before, containerId)
  const is = doorsOf(after, containerId)
  const all = [...new Map([...was, ...is])].map(([key, port]): DoorChange => {
    const { hostIp, hostPort, containerPort, protocol, because } = port
    const place = { ref: formatRef(refOfPort(port)), hostIp, hostPort, containerPort, protocol }
    return { ...place, was: was.get(key)?.forwarded ?? null, is: is.get(key)?.forwarded ?? null, because }
  })
  const changed = all.filter(door => door.was !== door.is)
  return {
    gained: changed.filter(door => door.is === 'yes'),
    lost: changed.filter(door => door.was !== null && (door.is === null || (door.is === 'no' && door.was === 'yes'))),
    unknown: changed.filter(door => door.is === 'unknown'),
    dead: changed.filter(door => door.is === 'no' && door.was !== 'yes'),
  }
}

const doorsOf = ({ namespaces }: Host, containerId: string): Map<string, PublishedPort> =>
  new Map(
    namespaces.flatMap(({ published }) =>
      published
        .filter(({ ownerId }) => ownerId === containerId)
        .map(port => [`${formatRef(refOfPort(port))} ${port.containerPort}`, port] as const),
    ),
  )

/** Of the host's own namespace. Sockets that stand for published ports are told as doors. */
function listenerChanges(before: Host, after: Host): Difference['listeners'] {
  const was = socketsOf(before)
  const is = socketsOf(after)
  const only = (one: ReadonlyMap<string, ListenerChange>, other: ReadonlyMap<string, ListenerChange>) =>
    [...one].flatMap(([key, listener]) => (other.has(key) ? [] : [listener]))
  return { gained: only(is, was), lost: only(was, is) }
}

function socketsOf(host: Host): Map<string, ListenerChange> {
  const published = host.namespaces.flatMap(one => one.published)
  const sockets = (hostNamespace(host)?.listeners ?? []).filter(one => !isReservation(one, published))
  return new Map(sockets.map(one => [`${formatRef(refOfListener(one))} ${one.containerId ?? ''}`, told(one)]))
}

const told = (listener: Listener): ListenerChange => ({
  ref: formatRef(refOfListener(listener)),
  address: listener.address,
  port: listener.port,
  protocol: listener.protocol,
  process: listener.process,
})

function findingChanges(before: HostModel, after: HostModel, options: ExamineOptions): Difference['findings'] {
  const was = examine([before], options).findings
  const is = examine([after], options).findings
  const only = (one: readonly Finding[], other: readonly Finding[]): FindingChange[] => {
    // The same rule on the same subject is the same finding, at whatever place it was seen now.
    const known = new Set(other.map(keyOf))
    return one
      .filter(finding => !known.has(keyOf(finding)))
      .map(({ id, ruleId, severity, subject, title, message }) => ({ id, ruleId, severity, subject, title, message }))
  }
  return { gained: only(is, was), lost: only(was, is) }
}

const keyOf = ({ ruleId, severity, subject }: Finding): string => `${ruleId} ${severity} ${subject.kind} ${subject.id}`
