/** Ends that are asked about by themselves: namespaces, and whoever stands outside of the host. */
import { containersIn } from '@/lib/topology/lookup'
import type { Container, Host, Interface, Namespace } from '@/lib/topology/types'
import type { Reach } from './reach'
import type { ReachEnd } from './refs'

/** The container that speaks for its namespace: the first that is not a pod's infra container; null when it has none. */
export function speakerOf(host: Host, namespace: Namespace): Container | null {
  const members = containersIn(host, namespace)
  return members.find(({ isInfra }) => !isInfra) ?? members[0] ?? null
}

/** A namespace as an end, whichever of its members run; null for one without containers. */
export function namespaceEnd(reach: Reach, namespace: Namespace): ReachEnd | null {
  const endpoint = reach.context.endpointByNamespace.get(namespace.id)
  const speaker = speakerOf(reach.context.host, namespace)
  if (endpoint === undefined || speaker === null) return null
  return { ref: `container:${speaker.name}`, endpoint, namespaceId: namespace.id, container: null }
}

/**
 * The interfaces that somebody outside stands behind: those that are up and no part of Podman's own wiring. Empty when the
 * interfaces are not known.
 */
export function outsideInterfaces(host: Host): Interface[] {
  const bridges = new Set<string | null>()
  const parents = new Set<string | null>()
  for (const { driver, interface: name } of host.networks)
    (driver === 'macvlan' || driver === 'ipvlan' ? parents : bridges).add(name)
  const hasUplink = new Set(host.interfaces?.filter(({ kind }) => kind !== 'veth').map(({ master }) => master))
  return (host.interfaces ?? []).filter(({ name, kind, up, master, addresses }) => {
    if (!up || kind === 'loopback') return false
    // A user's macvlan has its parent in the user's own namespace.
    if (parents.has(name) && host.rootless !== true) return true
    // A cable that is plugged into a bridge: the machine's own uplink, or the near end of a container's.
    if (master !== null) return kind === 'physical' || kind === 'vlan'
    // A bridge of nothing but containers' cables is another engine's, or was left over.
    if (kind === 'bridge' && !hasUplink.has(name)) return false
    return !bridges.has(name) && addresses.some(address => !address.startsWith('fe80:'))
  })
}

/** Both kinds of neighbour on each of those interfaces: one that merely stands there, and one that routes by this host. */
export function outsideEnds(reach: Reach): { end: ReachEnd; interface: string; routed: boolean }[] {
  return outsideInterfaces(reach.context.host).flatMap(({ name }) =>
    [false, true].flatMap(routed => {
      const end = reach.end({ kind: routed ? 'routed' : 'neighbour', name })
      return end === null ? [] : [{ end, interface: name, routed }]
    }),
  )
}
