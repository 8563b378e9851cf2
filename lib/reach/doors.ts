/** A connection to a published port, at any of the host's addresses where it is bound. */
import type { Network } from '@/lib/topology/types'
import type { ReachContext } from './context'
import { agreed, best, egress, unusable, wayBack } from './direct'
import { FAMILIES, type Family, familyOf, groupSpeaks, isGlobal, speaks } from './families'
import {
  betweenBridges,
  cidrsOf,
  exemptsDoors,
  hostRoutes,
  isUnmanaged,
  judge,
  networkStep,
  onParent,
} from './networks'
import { heldByProcess, throughProcess } from './process-doors'
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
  const isOwn = fromNamespaceId === door.ownerNamespaceId
  return heldByProcess(context, door)
    ? throughProcess(context, from, isOwn, door)
    : throughDnat(context, from, isOwn, door)
}

const opened = (door: Door, path: readonly PathStep[]): Judgement => ({
  verdict: 'reachable',
  reasons: [{ code: 'door-open', address: door.port.hostIp, port: door.port.hostPort }],
  path,
})

/** Rules of the firewall, for each family on its own. */
function throughDnat(context: ReachContext, from: Endpoint, isOwn: boolean, door: Door): Judgement {
  if (door.owner.kind !== 'namespace') return judge('unknown', { code: 'door-unknown', because: door.port.because })
  const owner = door.owner.group
  const bound = familiesOf(door.port.hostIp)
  const open = FAMILIES.filter(family => bound[family] && dnatTargets(door, family).length > 0)
  if (open.length === 0) return judge('unknown', { code: 'door-unknown', because: door.port.because })
  if (from.kind !== 'host' && door.port.scope === 'loopback') return loopbackOnly(from, door)
  if (from.kind === 'namespace' && (from.group.kind === 'pasta' || from.group.kind === 'slirp4netns'))
    return throughProcess(context, from, isOwn, door)
  return best(
    open.map(family => {
      switch (from.kind) {
        case 'host':
          return hostThroughDnat(context, door, owner, family)
        case 'neighbour':
          return neighbourThroughDnat(context, from, door, owner, family)
        case 'namespace':
          return groupThroughDnat(context, from.group, isOwn, door, owner, family)
      }
    }),
  )
}

/**
 * The bridges that netavark may forward a port to: every managed one of the owner that is not internal; the one that it does
 * forward to where its rules were read.
 */
export function dnatTargets(door: Door, family: Family): Network[] {
  if (door.owner.kind !== 'namespace') return []
  const targets = door.owner.group.attachments.flatMap(attachment => {
    const { network } = attachment
    const isTarget = network?.driver === 'bridge' && !network.internal && !isUnmanaged(network)
    return isTarget && speaks(attachment, family) ? [network] : []
  })
  const chosen = targets.filter(({ name }) => name === door.forwardedTo[family])
  return chosen.length > 0 ? chosen : targets
}

function hostThroughDnat(context: ReachContext, door: Door, owner: NamespaceGroup, family: Family): Judgement {
  const targets = dnatTargets(door, family)
  const path: PathStep[] = [{ kind: 'host' }, ...targets.slice(0, 1).map(networkStep)]
  const { hostIp, scope } = door.port
  // netavark rewrites the source of what has an address of a managed bridge.
  const rewritten = context.host.networks.filter(
    network => network.driver === 'bridge' && !network.internal && !isUnmanaged(network),
  )
  const isRewritten = rewritten.some(network => within(hostIp, cidrsOf(network)))
  if (scope === 'wildcard' || scope === 'loopback' || isRewritten) return opened(door, path)
  // The host asks with the address that it asks for: the answer needs a way back to that one.
  const back = wayBack(context, owner, family, [family === 'ipv4' ? `${hostIp}/32` : `${hostIp}/128`])
  return back ? { ...back, path } : opened(door, path)
}

function neighbourThroughDnat(
  context: ReachContext,
  from: Extract<Endpoint, { kind: 'neighbour' }>,
  door: Door,
  owner: NamespaceGroup,
  family: Family,
): Judgement {
  const at = neighbourAtDoor(context, from, door, { ipv4: family === 'ipv4', ipv6: family === 'ipv6' })
  if (at.verdict !== 'reachable') return at
  const path = [...at.path, ...dnatTargets(door, family).slice(0, 1).map(networkStep)]
  const back = wayBack(context, owner, family, from.interface.addresses.filter(isGlobal))
  return back ? { ...back, path } : { ...at, path }
}

/** Whether a neighbour can send to an address where the door is bound, one of these families. */
export function neighbourAtDoor(
  context: ReachContext,
  from: Extract<Endpoint, { kind: 'neighbour' }>,
  door: Door,
  families: Readonly<Record<Family, boolean>>,
): Judgement {
  const { port } = door
  const { interface: face, routed } = from
  const path: PathStep[] = [{ kind: 'interface', name: face.name }, { kind: 'host' }]
  if (port.scope === 'loopback') return judge('blocked', { code: 'door-loopback', address: port.hostIp }, path)
  const addresses = face.addresses
    .filter(isGlobal)
    .map(cidr => cidr.split('/')[0] ?? cidr)
    .filter(address => families[familyOf(address)])
  if (port.scope === 'wildcard') {
    if (addresses.length > 0) return opened(door, path)
    return judge('blocked', { code: 'host-without-address', interface: face.name }, path)
  }
  if (addresses.some(address => sameAddress(address, port.hostIp))) return opened(door, path)
  if (context.hostAddresses === null)
    return judge('unknown', { code: 'door-address-unknown', address: port.hostIp }, path)
  // A neighbour that routes has routes to the containers' subnets, and so to the host's gateway addresses in them.
  const subnets = context.host.networks.flatMap(network =>
    onParent(network) ? [] : network.subnets.map(({ cidr }) => cidr),
  )
  if (routed && addresses.length > 0 && within(port.hostIp, subnets)) return opened(door, path)
  return judge('blocked', { code: 'door-elsewhere', address: port.hostIp, interface: face.name }, path)
}

function groupThroughDnat(
  context: ReachContext,
  group: NamespaceGroup,
  isOwn: boolean,
  door: Door,
  owner: NamespaceGroup,
  family: Family,
): Judgement {
  if (!groupSpeaks(group, family)) return judge('blocked', { code: 'no-family', end: 'from', family })
  const { ingress, chosen } = ingressNetworks(context, group, door, family)
  const [first] = ingress
  if (first === undefined) return judge('blocked', { code: 'no-route', end: 'from' })
  const targets = dnatTargets(door, family)
  const verdicts = ingress.map(via => {
    if (onParent(via)) return judge('blocked', { code: 'through-lan', network: via.name }, [networkStep(via)])
    if (!hostRoutes(context, via)) return judge('unknown', { code: 'unmanaged-bridge', network: via.name })
    // netavark rewrites the source of what comes from its own bridges; what comes from others needs a way back of its own.
    const back = isUnmanaged(via) && !isOwn ? wayBack(context, owner, family, cidrsOf(via)) : null
    if (back) return back
    return agreed(
      targets.map(to => forwardedBetween(context, via, to, isOwn, family)),
      targets.map(network => network.name),
    )
  })
  return chosen
    ? agreed(
        verdicts,
        ingress.map(network => network.name),
      )
    : best(verdicts)
}

/**
 * The networks by which a namespace can hand a packet to the host for this door. A wildcard door answers on each bridge's own
 * gateway address, so the sender may choose; for one address the routing table chooses.
 */
function ingressNetworks(
  context: ReachContext,
  group: NamespaceGroup,
  door: Door,
  family: Family,
): { ingress: Network[]; chosen: boolean } {
  const networks = group.attachments.flatMap(attachment =>
    attachment.network && speaks(attachment, family) ? [attachment.network] : [],
  )
  if (door.port.scope === 'wildcard') {
    const bridges = networks.filter(network => network.driver === 'bridge' && hostRoutes(context, network))
    return { ingress: bridges, chosen: false }
  }
  const onLink = networks.filter(network => within(door.port.hostIp, cidrsOf(network)))
  if (onLink.length > 0) return { ingress: onLink, chosen: true }
  return { ingress: egress(context, group, family), chosen: true }
}

/** After DNAT: from the bridge where the packet came in to the bridge of the door's owner. */
function forwardedBetween(
  context: ReachContext,
  from: Network,
  to: Network,
  isOwn: boolean,
  family: Family,
): Judgement {
  const path: PathStep[] = [networkStep(from), { kind: 'host' }, networkStep(to)]
  if (from.name === to.name)
    // The bridge does not send a frame back out of the port it came in by (no hairpin mode), so nobody reaches himself.
    return isOwn
      ? judge('blocked', { code: 'door-own' }, path)
      : { ...judge('reachable', { code: 'same-network', network: to.name }), path }
  // Nobody rewrites the source of what comes from an internal or unmanaged bridge: one's own address comes back to oneself.
  if (isOwn && (from.internal || isUnmanaged(from))) return judge('blocked', { code: 'door-own' }, path)
  const between = betweenBridges(context, from, to, family)
  const byIsolation = between.reasons.some(({ code }) => code === 'isolation-blocks' || code === 'isolation-unknown')
  return byIsolation && exemptsDoors(context) ? judge('reachable', { code: 'door-exempt' }, path) : between
}

/** Bound to loopback: the host's namespace alone, unless somebody was given the host's loopback on purpose. */
export function loopbackOnly(from: Exclude<Endpoint, { kind: 'host' }>, door: Door): Judgement {
  const closed = judge('blocked', { code: 'door-loopback', address: door.port.hostIp })
  if (from.kind !== 'namespace' || from.group.userMode === null) return closed
  const words = from.group.userMode.words.join(' ')
  const opensLoopback =
    /allow_host_loopback=true|--map-gw|--map-host-loopback|(?:^|\s)-[TU](?:\s|$)|--(?:tcp|udp)-ns/.test(words)
  return opensLoopback ? judge('unknown', { code: 'host-loopback-option', words }) : closed
}
