/** The headline numbers. */
import { outsideInterfaces } from '@/lib/reach/ends'
import { sameAddress } from '@/lib/reach/subnets'
import { type DoorRange, foldDoors } from '@/lib/topology/ranges'
import { doorsOf, hostNamespace } from '@/lib/topology/lookup'
import { isReservation } from '@/lib/topology/reservations'
import { readBindAddress } from '@/lib/topology/scope'
import type { Host, Listener, Namespace, Topology } from '@/lib/topology/types'

export interface Counts {
  /** Without the infra containers of pods. */
  containers: number
  running: number
  networks: number
  doors: OutsideDoors
}

/** What others than the host itself may come through. */
export interface OutsideDoors {
  /** Published ports that the host passes on, or may pass on; a range counts once, as it is drawn. */
  published: number
  /** Ports that something in the host's own namespace listens on. */
  listening: number
  /** Why listening ports are not all counted; null when they are. */
  unknownBecause: string | null
}

/** The doors of one host that others than the host itself may come through. */
export interface OutsideDoorList {
  published: { range: DoorRange; namespace: Namespace }[]
  /** Both families of one socket pair are one door; the first of its sockets stands for it. */
  listening: Listener[]
  unknownBecause: string | null
}

/** What `countThings` counts, one by one. `siblings` are all connections to the host's machine, itself included. */
export function listOutsideDoors(host: Host, siblings: readonly Host[]): OutsideDoorList {
  const isInside = insideOf(host)
  const published = host.namespaces.flatMap(namespace =>
    foldDoors(namespace.published)
      .filter(({ first }) => first.scope !== 'loopback' && first.forwarded !== 'no' && !isInside(first.hostIp))
      .map(range => ({ range, namespace })),
  )
  const own = hostNamespace(host)
  const doors = siblings.flatMap(each => doorsOf(each).map(({ port }) => port))
  const listening = new Map<string, Listener>()
  for (const one of own?.listeners ?? []) {
    const key = `${one.port}/${one.protocol}`
    if (readBindAddress(one.address).scope === 'loopback' || isReservation(one, doors)) continue
    if (isInside(one.address)) continue
    // Whose socket it is may be known of one family only.
    const known = listening.get(key)
    if (known === undefined || (known.containerId === null && one.containerId !== null)) listening.set(key, one)
  }
  return {
    published,
    listening: [...listening.values()],
    unknownBecause: own === null || own.listeners === null ? (own?.listenersUnknownBecause ?? 'not read') : null,
  }
}

/**
 * Whether an address is only one of Podman's own bridges, where DNS answers for instance: from a segment outside nobody is led
 * there but by a route over this host.
 */
function insideOf(host: Host): (address: string) => boolean {
  const outside = new Set(outsideInterfaces(host))
  const addressesOf = (isOutside: boolean): string[] =>
    (host.interfaces ?? [])
      .filter(face => outside.has(face) === isOutside)
      .flatMap(({ addresses }) => addresses.map(cidr => cidr.split('/')[0] ?? cidr))
  const [inner, outer] = [addressesOf(false), addressesOf(true)]
  const isOneOf = (addresses: readonly string[], address: string) => addresses.some(one => sameAddress(one, address))
  return address => isOneOf(inner, address) && !isOneOf(outer, address)
}

function countDoors(host: Host, siblings: readonly Host[]): OutsideDoors {
  const { published, listening, unknownBecause } = listOutsideDoors(host, siblings)
  return { published: published.length, listening: listening.length, unknownBecause }
}

/** Listening ports of a machine are counted once, however many connections lead to it. */
export function countThings({ hosts }: Pick<Topology, 'hosts'>): Counts {
  const containers = hosts.flatMap(host => host.containers.filter(container => !container.isInfra))
  const seen = new Set<string>()
  const doors: OutsideDoors = { published: 0, listening: 0, unknownBecause: null }
  for (const host of hosts) {
    const one = countDoors(
      host,
      hosts.filter(({ machine }) => machine === host.machine),
    )
    doors.published += one.published
    doors.unknownBecause ??= one.unknownBecause
    if (!seen.has(host.machine)) doors.listening += one.listening
    if (one.unknownBecause === null) seen.add(host.machine)
  }
  return {
    containers: containers.length,
    running: containers.filter(({ state }) => state === 'running' || state === 'stopping').length,
    networks: hosts.reduce((sum, host) => sum + host.networks.length, 0),
    doors,
  }
}
