/** Doors: what of the host's own addresses leads somewhere. Published ports, and sockets that listen on the host itself. */
import { formatRef, type Ref } from '@/lib/topology/ref'
import { isReservation } from '@/lib/topology/reservations'
import { readBindAddress } from '@/lib/topology/scope'
import type { BindScope, Host, Listener, Namespace, PublishedPort } from '@/lib/topology/types'
import type { MapWords } from './map-words'
import { compareNames } from './order'
import type { Item, Lane } from './plan'

export interface Door {
  /** Stable while its first port stays. */
  key: string
  kind: 'door' | 'listener'
  scope: BindScope
  forwarded: PublishedPort['forwarded']
  /** "*:8080/tcp", "127.0.0.1:7000–7010/udp" */
  address: string
  /** "web:80", "node-exporter", "sshd"; null when nobody knows who listens. */
  leadsTo: string | null
  /** Namespace behind it; the host's own for listeners. */
  namespaceId: string | null
  /** For listeners of a container in the host's namespace. */
  containerId: string | null
  /** Whether anybody answers: some member runs. */
  live: boolean
  /** It opens when what a file declares is started. */
  isDeclared: boolean
  ref: Ref
  /** Text forms of the other ports of the range. */
  also: string[]
}

const hostPart = (address: string) => (address === '' ? '*' : address.includes(':') ? `[${address}]` : address)
const span = (from: number, to: number) => (from === to ? String(from) : `${from}–${to}`)

/** Splits into runs in which both ports count up by one; all of one namespace, address, protocol and fate. */
function runsOf(ports: readonly PublishedPort[]): PublishedPort[][] {
  const sorted = [...ports].sort(
    (a, b) =>
      (a.hostIp < b.hostIp ? -1 : a.hostIp > b.hostIp ? 1 : 0) ||
      (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0) ||
      a.hostPort - b.hostPort ||
      a.containerPort - b.containerPort,
  )
  const runs: PublishedPort[][] = []
  for (const port of sorted) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    const follows =
      last !== undefined &&
      last.hostIp === port.hostIp &&
      last.protocol === port.protocol &&
      last.forwarded === port.forwarded &&
      last.ownerId === port.ownerId &&
      last.hostPort + 1 === port.hostPort &&
      last.containerPort + 1 === port.containerPort
    if (follows && run) run.push(port)
    else runs.push([port])
  }
  return runs
}

function publishedDoors(namespace: Namespace, item: Item, file: Ref | null): Door[] {
  const live = item.members.some(member => member.state === 'running' || member.state === 'paused')
  return runsOf(namespace.published).flatMap(run => {
    const [first, last] = [run[0], run.at(-1)]
    if (first === undefined || last === undefined) return []
    const refs = run.map(({ hostIp, hostPort, protocol }): Ref => ({ kind: 'port', hostIp, hostPort, protocol }))
    const [ref, ...others] = refs
    if (ref === undefined) return []
    return [
      {
        key: `${namespace.id} ${formatRef(ref)} ${first.containerPort}`,
        kind: 'door' as const,
        scope: first.scope,
        forwarded: first.forwarded,
        address: `${hostPart(first.hostIp)}:${span(first.hostPort, last.hostPort)}/${first.protocol}`,
        leadsTo: `${item.name}:${span(first.containerPort, last.containerPort)}`,
        namespaceId: namespace.id,
        containerId: null,
        live: live && file === null,
        isDeclared: file !== null,
        ...(file === null ? { ref, also: others.map(formatRef) } : { ref: file, also: [] }),
      },
    ]
  })
}

const WIDEST: readonly BindScope[] = ['wildcard', 'public', 'private', 'loopback']

/** One door per process and port, however many addresses it listens on. */
function listenerDoors(host: Host, namespace: Namespace, published: readonly PublishedPort[], words: MapWords): Door[] {
  const names = new Map(host.containers.map(container => [container.id, container.name]))
  const groups = new Map<string, Listener[]>()
  for (const listener of namespace.listeners ?? []) {
    if (isReservation(listener, published)) continue
    const key = `${listener.containerId ?? ''} ${listener.process ?? ''} ${listener.port}/${listener.protocol}`
    const group = groups.get(key)
    if (group) group.push(listener)
    else groups.set(key, [listener])
  }
  return [...groups].flatMap(([key, listeners]) => {
    const scopes = listeners.map(listener => readBindAddress(listener.address).scope)
    const scope = WIDEST.find(wide => scopes.includes(wide)) ?? 'public'
    const refs = listeners.map(({ address, port, protocol }): Ref => ({ kind: 'listener', address, port, protocol }))
    const [widest, ref] = [listeners[scopes.indexOf(scope)], refs[scopes.indexOf(scope)]]
    if (widest === undefined || ref === undefined) return []
    const { address, port, protocol, containerId, process } = widest
    const where =
      scope === 'wildcard' ? '*' : listeners.length > 1 ? words.addresses(listeners.length) : hostPart(address)
    const door = {
      key: `${namespace.id} ${key}`,
      kind: 'listener' as const,
      scope,
      forwarded: 'yes' as const,
      address: `${where}:${port}/${protocol}`,
      leadsTo: (containerId === null ? null : names.get(containerId)) ?? process,
      namespaceId: namespace.id,
      containerId,
      live: true,
      isDeclared: false,
      ref,
      also: refs.filter(other => other !== ref).map(formatRef),
    }
    return [door]
  })
}

/** `published` is what is open on the machine now. Ordered by where they lead: the lanes in their order, then what has no lane, then the host itself. */
export function gatherDoors(
  {
    host,
    declared,
    published,
  }: { host: Host; declared: ReadonlyMap<string, Ref | null>; published: readonly PublishedPort[] },
  { items, lanes }: { items: ReadonlyMap<string, Item>; lanes: readonly Lane[] },
  words: MapWords,
): Door[] {
  const rank = new Map<string, number>()
  lanes.forEach((lane, index) => {
    for (const item of lane.items) if (item.namespace) rank.set(item.namespace.id, index)
  })
  const doors: { door: Door; rank: number }[] = []
  for (const namespace of host.namespaces) {
    const item = items.get(namespace.id)
    if (item === undefined) continue
    for (const door of publishedDoors(namespace, item, declared.get(namespace.id) ?? null))
      doors.push({ door, rank: rank.get(namespace.id) ?? lanes.length })
    if (namespace.kind !== 'host') continue
    for (const door of listenerDoors(host, namespace, published, words)) doors.push({ door, rank: lanes.length + 1 })
  }
  return doors
    .sort(
      (a, b) =>
        Number(a.door.scope === 'loopback') - Number(b.door.scope === 'loopback') ||
        a.rank - b.rank ||
        compareNames(a.door.leadsTo ?? '', b.door.leadsTo ?? '') ||
        compareNames(a.door.address, b.door.address) ||
        (a.door.key < b.door.key ? -1 : 1),
    )
    .map(({ door }) => door)
}
