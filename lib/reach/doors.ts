/** A connection to a published port, at any of the host's addresses where it is bound. */
import type { Network } from '@/lib/topology/types'
import type { ReachContext } from './context'
import { agreed, best, egress, rootlessUplink, toHost, unsharedHostAddresses, unusable, wayBack } from './direct'
import { exemptsDoors, hostRoutes, isolationBetween, isUnmanaged, judge, networkStep, onParent } from './networks'
import { familiesOf, sameAddress, within } from './subnets'
import type { Door, Endpoint, Judgement, NamespaceGroup, PathStep } from './types'

/** `from` is in namespace `fromNamespaceId` (null for host and neighbours): needed to tell one's own door from a like one. */
export function throughDoor(
  context: ReachContext,
  from: Endpoint,
  fromNamespaceId: string | null,
  door: Door,
): Judgement {
  const { port } = door
  if (port.forwarded === 'no') return judge('blocked', { code: 'door-dead', because: port.because })
  if (from.kind === 'namespace') {
    const stuck = unusable(from.group, 'from')
    if (stuck) return stuck
  }
  if (port.forwarded === 'unknown') return judge('unknown', { code: 'door-unknown', because: port.because })
  return heldByProcess(context, door)
    ? throughProcess(context, from, fromNamespaceId, door)
    : throughDnat(context, from, fromNamespaceId, door)
}

/**
 * pasta, slirp4netns and rootlessport hold the port with a socket of the host's namespace, so a door of theirs is reached
 * like any service of the host; rootful bridge doors are rules of the firewall instead.
 */
function heldByProcess(context: ReachContext, door: Door): boolean {
  if (context.rootless) return true
  return (
    door.owner.kind === 'namespace' && (door.owner.group.kind === 'pasta' || door.owner.group.kind === 'slirp4netns')
  )
}

const isWildcard = (door: Door) => door.port.scope === 'wildcard'

const opened = (door: Door, path: readonly PathStep[]): Judgement => ({
  verdict: 'reachable',
  reasons: [{ code: 'door-open', address: door.port.hostIp, port: door.port.hostPort }],
  path,
})

function throughProcess(context: ReachContext, from: Endpoint, own: string | null, door: Door): Judgement {
  const { port } = door
  if (from.kind === 'host') return opened(door, [{ kind: 'host' }])
  if (port.scope === 'loopback') return loopbackOnly(from, door)
  if (from.kind === 'neighbour') return fromNeighbour(context, from, door)
  const { group } = from
  if (isWildcard(door)) {
    const host = toHost(context, from)
    if (host.verdict === 'reachable')
      return { ...opened(door, host.path), reasons: [...host.reasons, { code: 'door-process' }] }
    return host.verdict === 'unknown' ? insideRootless(context, group, own, door, host) : host
  }
  // One address: pasta's copy of it leads to itself, whichever way the packet goes.
  const pasta =
    group.kind === 'pasta' || (context.rootless && group.kind === 'private' && rootlessUplink(context) === 'pasta')
  const host = toHost(context, from)
  if (host.verdict === 'blocked') return host
  if (!pasta) return addressedAt(context, group, door, host)
  const unshared = unsharedHostAddresses(context)
  if (unshared?.some(address => sameAddress(address, port.hostIp))) return opened(door, host.path)
  return judge('unknown', {
    code: 'shares-host-address',
    because: unshared === null ? 'interfaces-unknown' : 'no-other',
  })
}

/** Behind the user's rootless namespace its own rules forward the copied address as well; isolation decides there. */
function insideRootless(
  context: ReachContext,
  group: NamespaceGroup,
  own: string | null,
  door: Door,
  otherwise: Judgement,
): Judgement {
  if (
    !context.rootless ||
    door.owner.kind !== 'namespace' ||
    group.kind !== 'private' ||
    door.owner.group.kind !== 'private'
  )
    return otherwise
  if (own === door.ownerNamespaceId) return otherwise
  const bridges = dnatTargets(door.owner.group)
  const routes = egress(context, group)
  if (bridges.length === 0 || routes.length === 0) return otherwise
  const verdicts = routes.flatMap(from =>
    bridges.map(to =>
      from === to ? judge('reachable', { code: 'same-network', network: to.name }) : isolationBetween(from, to),
    ),
  )
  const inside = agreed(
    verdicts,
    bridges.map(network => network.name),
  )
  return inside.verdict === 'reachable'
    ? { ...opened(door, routes.map(networkStep)), reasons: inside.reasons }
    : otherwise
}

/** A host address that `group` can send to. Members of internal networks have a route to their own gateway only. */
function addressedAt(context: ReachContext, group: NamespaceGroup, door: Door, host: Judgement): Judgement {
  if (group.kind === 'slirp4netns' || egress(context, group).some(network => !onParent(network)))
    return opened(door, host.path)
  const onLink = group.attachments.some(({ network }) =>
    network?.subnets.some(({ cidr }) => within(door.port.hostIp, [cidr])),
  )
  return onLink ? opened(door, host.path) : judge('blocked', { code: 'no-route', end: 'from' })
}

/** Bound to loopback: the host's namespace alone, unless somebody was given the host's loopback on purpose. */
function loopbackOnly(from: Exclude<Endpoint, { kind: 'host' }>, door: Door): Judgement {
  const closed = judge('blocked', { code: 'door-loopback', address: door.port.hostIp })
  if (from.kind !== 'namespace' || from.group.userMode === null) return closed
  const words = from.group.userMode.words.join(' ')
  const opensLoopback =
    /allow_host_loopback=true|--map-gw|--map-host-loopback|(?:^|\s)-[TU](?:\s|$)|--(?:tcp|udp)-ns/.test(words)
  return opensLoopback ? judge('unknown', { code: 'host-loopback-option', words }) : closed
}

function fromNeighbour(context: ReachContext, from: Extract<Endpoint, { kind: 'neighbour' }>, door: Door): Judgement {
  const { port } = door
  const { interface: face, routed } = from
  const path: PathStep[] = [{ kind: 'interface', name: face.name }, { kind: 'host' }]
  if (port.scope === 'loopback') return judge('blocked', { code: 'door-loopback', address: port.hostIp }, path)
  const addresses = face.addresses.map(cidr => cidr.split('/')[0] ?? cidr)
  if (isWildcard(door)) {
    const families = familiesOf(port.hostIp)
    const usable = addresses.filter(address => (address.includes(':') ? families.ipv6 : families.ipv4))
    if (usable.length > 0) return opened(door, path)
    return judge('blocked', { code: 'host-without-address', interface: face.name }, path)
  }
  if (addresses.some(address => sameAddress(address, port.hostIp))) return opened(door, path)
  if (context.hostAddresses === null)
    return judge('unknown', { code: 'door-address-unknown', address: port.hostIp }, path)
  // A neighbour that routes has routes to the containers' subnets, and so to the host's gateway addresses in them.
  const subnets = context.host.networks.flatMap(network => network.subnets.map(({ cidr }) => cidr))
  if (routed && within(port.hostIp, subnets)) return opened(door, path)
  return judge('blocked', { code: 'door-elsewhere', address: port.hostIp, interface: face.name }, path)
}

/** The bridges that netavark forwards a port to: every managed one of the owner that is not internal. */
const dnatTargets = (group: NamespaceGroup): Network[] =>
  group.attachments.flatMap(({ network }) =>
    network && network.driver === 'bridge' && !network.internal && !isUnmanaged(network) ? [network] : [],
  )

function throughDnat(context: ReachContext, from: Endpoint, own: string | null, door: Door): Judgement {
  if (door.owner.kind !== 'namespace') return judge('unknown', { code: 'door-unknown', because: door.port.because })
  const targets = dnatTargets(door.owner.group)
  const [target] = targets
  if (target === undefined) return judge('unknown', { code: 'door-unknown', because: door.port.because })
  const arrival: PathStep[] = [{ kind: 'host' }, networkStep(target)]
  if (from.kind === 'host') return opened(door, arrival)
  if (door.port.scope === 'loopback') return loopbackOnly(from, door)
  if (from.kind === 'neighbour') {
    const at = fromNeighbour(context, from, door)
    if (at.verdict !== 'reachable') return at
    const path = [...at.path, networkStep(target)]
    const back = wayBack(context, door.owner.group)
    return back ? { ...back, path } : { ...at, path }
  }
  const { group } = from
  if (group.kind === 'pasta' || group.kind === 'slirp4netns') return throughProcess(context, from, own, door)
  const { ingress, chosen } = ingressBridges(context, group, door)
  const [first] = ingress
  if (first === undefined) return judge('blocked', { code: 'no-route', end: 'from' })
  // netavark rewrites the source of what comes from its own bridges; what comes from others needs a way back of its own.
  const back = wayBack(context, door.owner.group)
  const verdicts = ingress.map(via =>
    isUnmanaged(via) && back
      ? back
      : agreed(
          targets.map(to => forwardedBetween(context, via, to, own === door.ownerNamespaceId, targets.length)),
          targets.map(network => network.name),
        ),
  )
  return chosen
    ? agreed(
        verdicts,
        ingress.map(network => network.name),
      )
    : best(verdicts)
}

/**
 * The bridges by which a namespace can hand a packet to the host for this door. A wildcard door answers on each bridge's own
 * gateway address, so the sender may choose; for one address the routing table chooses.
 */
function ingressBridges(
  context: ReachContext,
  group: NamespaceGroup,
  door: Door,
): { ingress: Network[]; chosen: boolean } {
  const bridges = group.attachments.flatMap(({ network }) =>
    network?.driver === 'bridge' && hostRoutes(context, network) ? [network] : [],
  )
  if (isWildcard(door)) return { ingress: bridges, chosen: false }
  const onLink = bridges.filter(network =>
    within(
      door.port.hostIp,
      network.subnets.map(({ cidr }) => cidr),
    ),
  )
  if (onLink.length > 0) return { ingress: onLink, chosen: false }
  return { ingress: egress(context, group).filter(network => network.driver === 'bridge'), chosen: true }
}

/** After DNAT: from the bridge where the packet came in to the bridge of the door's owner. */
function forwardedBetween(context: ReachContext, from: Network, to: Network, own: boolean, targets: number): Judgement {
  const path: PathStep[] = [networkStep(from), { kind: 'host' }, networkStep(to)]
  if (from.internal) return judge('blocked', { code: 'internal-from', network: from.name }, path)
  if (from.name === to.name) {
    if (!own) return { ...judge('reachable', { code: 'same-network', network: to.name }), path }
    // The bridge does not send a frame back out of the port it came in by (no hairpin mode), so nobody reaches himself.
    return targets === 1
      ? judge('blocked', { code: 'door-own' }, path)
      : judge('unknown', { code: 'door-own-several' }, path)
  }
  if (own) return judge('unknown', { code: 'door-own-several' }, path)
  if (!context.rootless && context.model.facts.forwarding?.ipv4 === false)
    return judge('blocked', { code: 'forwarding-off' }, path)
  if (exemptsDoors(context)) return judge('reachable', { code: 'door-exempt' }, path)
  if (isUnmanaged(from)) return judge('reachable', { code: 'unmanaged-open', network: from.name }, path)
  return { ...isolationBetween(from, to), path }
}
