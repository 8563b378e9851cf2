/** A connection to an address of the target's own: what a listener there can be reached by. */
import type { Network } from '@/lib/topology/types'
import type { ReachContext } from './context'
import { FAMILIES, type Family, familyOf, forwards, groupSpeaks, isGlobal } from './families'
import {
  betweenNetworks,
  cidrsOf,
  hostRoutes,
  hostStandsOn,
  hostToParent,
  isUnmanaged,
  judge,
  neighbourToParent,
  networkStep,
  onParent,
  withinNetwork,
} from './networks'
import { overlaps } from './subnets'
import { toHost, unusable } from './to-host'
import type { Endpoint, GroupAttachment, Judgement, NamespaceGroup, PathStep } from './types'
import { agreed, best, egress, wayBack } from './ways'

/**
 * From one end to another, any address of the target's own. The two ends are different namespaces, even if of one group.
 */
export function direct(context: ReachContext, from: Endpoint, to: Endpoint): Judgement {
  if (from.kind === 'namespace') {
    const stuck = unusable(from.group, 'from')
    if (stuck) return stuck
  }
  if (to.kind === 'host') return toHost(context, from)
  if (to.kind === 'neighbour') return judge('unknown', { code: 'through-lan', network: to.interface.name })
  const closed = unusable(to.group, 'to')
  if (closed) return closed
  if (to.group.kind === 'pasta' || to.group.kind === 'slirp4netns')
    return judge('blocked', { code: 'user-mode-inside', end: 'to', mode: to.group.kind })
  switch (from.kind) {
    case 'host':
      return best(to.group.attachments.map(target => hostToAttachment(context, target)))
    case 'neighbour':
      return fromNeighbour(context, from, to.group)
    case 'namespace':
      return betweenGroups(context, from.group, to.group)
  }
}

/** Judged for each family that there is an address of, and the best of them. */
function byFamily(target: GroupAttachment, judgeFamily: (family: Family) => Judgement): Judgement {
  if (!target.ipv4 && !target.ipv6) return judge('unknown', { code: 'no-address', end: 'to' })
  return best(FAMILIES.filter(family => target[family]).map(judgeFamily))
}

function hostToAttachment(context: ReachContext, target: GroupAttachment): Judgement {
  const { network } = target
  if (network === null) return judge('unknown', { code: 'dangling-network', network: target.name })
  if (context.rootless) return judge('blocked', { code: 'rootless-inside', end: 'to' })
  if (!target.ipv4 && !target.ipv6) return judge('unknown', { code: 'no-address', end: 'to' })
  if (onParent(network)) return hostToParent(context, network)
  const path: PathStep[] = [{ kind: 'host' }, networkStep(network)]
  if (network.driver !== 'bridge')
    return judge('unknown', { code: 'unknown-driver', network: network.name, driver: network.driver }, path)
  if (network.vlan !== null) return judge('unknown', { code: 'vlan-host', network: network.name }, path)
  switch (hostStandsOn(context, network)) {
    case true:
      return judge('reachable', { code: 'host-on-bridge', network: network.name }, path)
    case false:
      return judge('blocked', { code: 'host-not-on-bridge', network: network.name }, path)
    case null:
      return judge('unknown', { code: 'host-address-unknown', network: network.name }, path)
  }
}

function betweenGroups(context: ReachContext, from: NamespaceGroup, to: NamespaceGroup): Judgement {
  if (from.kind === 'pasta' || from.kind === 'slirp4netns') {
    // Its packets become the host's own: a process of the host's namespace connects for it.
    if (context.rootless) return judge('blocked', { code: 'rootless-inside', end: 'to' })
    const asHost = best(to.attachments.map(target => hostToAttachment(context, target)))
    return { ...asHost, reasons: [{ code: 'user-mode-out', mode: from.kind }, ...asHost.reasons] }
  }
  return best(to.attachments.map(target => toAttachment(context, from, target, to)))
}

function toAttachment(
  context: ReachContext,
  from: NamespaceGroup,
  target: GroupAttachment,
  group: NamespaceGroup,
): Judgement {
  const to = target.network
  if (to === null) return judge('unknown', { code: 'dangling-network', network: target.name })
  return byFamily(target, family => toAddress(context, from, to, group, family))
}

function toAddress(
  context: ReachContext,
  from: NamespaceGroup,
  to: Network,
  group: NamespaceGroup,
  family: Family,
): Judgement {
  if (!groupSpeaks(from, family)) return judge('blocked', { code: 'no-family', end: 'from', family })
  // A route to one's own subnet is the most specific one: it is taken before any default route.
  if (from.attachments.some(own => own.name === to.name)) return withinNetwork(to)
  const onSegment = from.attachments.flatMap(own =>
    own.network && sameParent(context, own.network, to) ? [own.network] : [],
  )
  const [beside] = onSegment
  if (beside !== undefined) return onOneParent(beside, to)
  const routes = egress(context, from, family)
  if (routes.length === 0) return judge('blocked', { code: 'no-route', end: 'from' })
  const outwards = agreed(
    routes.map(network => {
      const judgement = betweenNetworks(context, network, to, family)
      // netavark rewrites the source of what comes from its own bridges; what comes from others needs a way back of its own.
      const back =
        judgement.verdict === 'reachable' && isUnmanaged(network)
          ? wayBack(context, group, family, cidrsOf(network))
          : null
      return back ? { ...back, path: judgement.path } : judgement
    }),
    routes.map(network => network.name),
  )
  // An inner engine takes its addresses from the same pools, and a subnet of its own is nearer than the way out.
  const detail = 'it runs its own engine, and a network of that may have the same addresses'
  return from.ownEngine && outwards.verdict === 'reachable'
    ? judge('unknown', { code: 'incomplete', end: 'from', detail }, outwards.path)
    : outwards
}

const sameParent = (context: ReachContext, a: Network, b: Network): boolean =>
  onParent(a) &&
  a.driver === b.driver &&
  (a.interface ?? context.defaultInterface) !== null &&
  (a.interface ?? context.defaultInterface) === (b.interface ?? context.defaultInterface)

/** Two networks on one parent are one segment: neither `internal` nor `isolate` separates them, only the mode does. */
function onOneParent(from: Network, to: Network): Judgement {
  const path = [networkStep(from), networkStep(to)]
  for (const network of [from, to])
    if (network.driver === 'macvlan' && network.mode !== 'bridge' && network.mode !== null)
      return { ...withinNetwork(network), path }
  const shared = from.subnets.some(({ cidr }) =>
    overlaps(
      cidr,
      to.subnets.map(subnet => subnet.cidr),
    ),
  )
  const parent = from.interface ?? 'the default route'
  return shared
    ? judge('reachable', { code: 'same-segment', parent }, path)
    : judge('unknown', { code: 'neighbour-other-subnet', network: to.name }, path)
}

function fromNeighbour(
  context: ReachContext,
  from: Extract<Endpoint, { kind: 'neighbour' }>,
  to: NamespaceGroup,
): Judgement {
  const { interface: face, routed } = from
  const subnets = face.addresses.filter(isGlobal)
  return best(
    to.attachments.map(target => {
      const { name, network } = target
      if (network === null) return judge('unknown', { code: 'dangling-network', network: name })
      if (context.rootless) return judge('blocked', { code: 'rootless-inside', end: 'to' })
      if (onParent(network)) return neighbourToParent(context, network, { name: face.name, routed, subnets }, overlaps)
      const path: PathStep[] = [{ kind: 'interface', name: face.name }, { kind: 'host' }, networkStep(network)]
      if (network.driver !== 'bridge')
        return judge('unknown', { code: 'unknown-driver', network: network.name, driver: network.driver }, path)
      // The interface is a port of the bridge: members and neighbours share one segment.
      if (network.interface !== null && (face.master === network.interface || face.name === network.interface))
        return judge('reachable', { code: 'neighbour-on-segment', interface: face.name }, path)
      if (!routed)
        return judge(
          'blocked',
          { code: network.internal ? 'internal-to' : 'neighbour-no-route', network: network.name },
          path,
        )
      if (!hostRoutes(context, network))
        return judge('unknown', { code: 'unmanaged-bridge', network: network.name }, path)
      const judgement = byFamily(target, family => {
        if (!subnets.some(cidr => familyOf(cidr) === family))
          return judge('blocked', { code: 'host-without-address', interface: face.name })
        if (forwards(context, family) === false) return judge('blocked', { code: 'forwarding-off' })
        // An internal bridge lets packets in and none out; its member answers when it has another bridge to answer by.
        const back = wayBack(context, to, family, subnets)
        // Its answer has the right address: whether a router outside brings it there is not for this host to say.
        if (back?.reasons.some(({ code }) => code === 'answers-elsewhere')) return { ...back, verdict: 'unknown' }
        return back ?? judge('reachable', { code: 'neighbour-routed', network: network.name })
      })
      return { ...judgement, path }
    }),
  )
}
