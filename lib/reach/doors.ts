/** A connection to a published port, at any of the host's addresses where it is bound. */
import type { Network } from '@/lib/topology/types'
import type { ReachContext } from './context'
import { dnatTargets, loopbackOnly, neighbourAtDoor, opened } from './door-binding'
import { FAMILIES, type Family, groupSpeaks, isGlobal, speaks } from './families'
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
import { familiesOf, within } from './subnets'
import { unusable } from './to-host'
import type { Door, Endpoint, Judgement, NamespaceGroup, PathStep } from './types'
import { agreed, best, egress, wayBack } from './ways'

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

/** Rules of the firewall, for each family on its own. */
function throughDnat(context: ReachContext, from: Endpoint, isOwn: boolean, door: Door): Judgement {
  if (door.owner.kind !== 'namespace') return judge('unknown', { code: 'door-unknown', because: door.port.because })
  const owner = door.owner.group
  const bound = familiesOf(door.port.hostIp)
  const open = FAMILIES.filter(family => bound[family] && dnatTargets(door, family).length > 0)
  if (open.length === 0) return judge('unknown', { code: 'door-unknown', because: door.port.because })
  if (from.kind !== 'host' && door.port.scope === 'loopback') return loopbackOnly(from, door)
  if (from.kind === 'namespace' && (from.group.kind === 'pasta' || from.group.kind === 'slirp4netns'))
    return userModeThroughDnat(context, from, door, owner, open)
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

/** pasta and slirp4netns ask as a process of the host does: with the address that they ask for. */
function userModeThroughDnat(
  context: ReachContext,
  from: Endpoint,
  door: Door,
  owner: NamespaceGroup,
  open: readonly Family[],
): Judgement {
  const out = throughProcess(context, from, false, door)
  if (out.verdict !== 'reachable') return out
  const onwards = best(open.map(family => hostThroughDnat(context, door, owner, family)))
  const reasons = [...out.reasons.filter(({ code }) => code !== 'door-process'), ...onwards.reasons]
  return { verdict: onwards.verdict, reasons, path: [...out.path, ...onwards.path.slice(1)] }
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
    const isRewritten = !isUnmanaged(via) && !via.internal
    const back = !isRewritten && !isOwn ? wayBack(context, owner, family, cidrsOf(via)) : null
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
