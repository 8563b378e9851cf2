/** The headline numbers. */
import { foldDoors } from '@/lib/exposure/doors'
import { doorsOf, hostNamespace } from '@/lib/topology/lookup'
import { readBindAddress } from '@/lib/topology/scope'
import type { Host, Listener, PublishedPort, Topology } from '@/lib/topology/types'

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

/** Podman or its forwarder holds the socket of a published port, which is counted as such already. */
const isReservation = ({ address, port, protocol }: Listener, published: readonly PublishedPort[]): boolean => {
  const { scope } = readBindAddress(address)
  return published.some(
    door =>
      door.hostPort === port &&
      door.protocol === protocol &&
      (door.hostIp === address || (door.scope === 'wildcard' && scope === 'wildcard')),
  )
}

function countDoors(host: Host, siblings: readonly Host[]): OutsideDoors {
  const published = host.namespaces
    .flatMap(namespace => foldDoors(namespace.published))
    .filter(({ first }) => first.scope !== 'loopback' && first.forwarded !== 'no')
  const own = hostNamespace(host)
  const doors = siblings.flatMap(each => doorsOf(each).map(({ port }) => port))
  const listening = (own?.listeners ?? []).filter(
    one => readBindAddress(one.address).scope !== 'loopback' && !isReservation(one, doors),
  )
  return {
    published: published.length,
    // Both families of one socket pair are one door.
    listening: new Set(listening.map(({ port, protocol }) => `${port}/${protocol}`)).size,
    unknownBecause: own === null || own.listeners === null ? (own?.listenersUnknownBecause ?? 'not read') : null,
  }
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
