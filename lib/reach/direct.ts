/** A connection to an address of the target's own: what a listener there can be reached by. */
import type { Network } from '@/lib/topology/types'
import { once, type ReachContext } from './context'
import {
  betweenNetworks,
  defaultRoute,
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
import type { End, Endpoint, GroupAttachment, Judgement, NamespaceGroup, PathStep } from './types'

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

/** A group that cannot take part, whoever the other end is. */
export function unusable(group: NamespaceGroup, end: End): Judgement | null {
  if (group.stopped !== null) return judge('blocked', { code: 'not-running', end, state: group.stopped })
  if (group.incomplete !== null) return judge('unknown', { code: 'incomplete', end, detail: group.incomplete })
  switch (group.kind) {
    case 'none':
      return judge('blocked', { code: 'no-network', end })
    case 'path':
      return judge('unknown', { code: 'path-namespace', end })
    case 'pasta':
    case 'slirp4netns':
      return null
    case 'private':
      return group.attachments.length === 0 ? judge('blocked', { code: 'no-network', end }) : null
  }
}

/** The best of several ways that are all tried: one open way is enough. */
export function best(judgements: readonly Judgement[]): Judgement {
  const found =
    judgements.find(one => one.verdict === 'reachable') ??
    judgements.find(one => one.verdict === 'unknown') ??
    judgements[0]
  if (found === undefined) throw new Error('best() of nothing: the caller checks that there is a way to judge')
  return found
}

/** One of several ways is taken, and nobody knows which: only what they agree on is certain. */
export function agreed(judgements: readonly Judgement[], networks: readonly string[]): Judgement {
  const [first, ...rest] = judgements
  if (first === undefined) throw new Error('agreed() of nothing: the caller checks that there is a way to judge')
  if (rest.every(one => one.verdict === first.verdict)) return first
  return judge('unknown', { code: 'several-routes', networks }, first.path)
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
  if (!target.ipv4 && !target.ipv6) return judge('unknown', { code: 'no-address', end: 'to' })
  // A route to one's own subnet is the most specific one: it is taken before any default route.
  if (from.attachments.some(own => own.name === target.name)) return withinNetwork(to)
  const onSegment = from.attachments.flatMap(own =>
    own.network && sameParent(context, own.network, to) ? [own.network] : [],
  )
  const [beside] = onSegment
  if (beside !== undefined) return onOneParent(beside, to)
  const routes = egress(context, from)
  if (routes.length === 0) return judge('blocked', { code: 'no-route', end: 'from' })
  return agreed(
    routes.map(network => {
      const judgement = betweenNetworks(context, network, to)
      // netavark rewrites the source of what comes from its own bridges; what comes from others needs a way back of its own.
      const back = judgement.verdict === 'reachable' && isUnmanaged(network) ? wayBack(context, group) : null
      return back ? { ...back, path: judgement.path } : judgement
    }),
    routes.map(network => network.name),
  )
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

/** The networks that a namespace's packets leave by when no subnet of its own fits: lowest metric, several if equal. */
export const egress = (context: ReachContext, group: NamespaceGroup): Network[] =>
  once(context.memo.egress, group, () => defaultRoutes(context, group))

function defaultRoutes(context: ReachContext, group: NamespaceGroup): Network[] {
  const routes = group.attachments.flatMap(({ network }) => {
    const route = network && defaultRoute(context, network)
    return network && route ? [{ network, metric: route.metric }] : []
  })
  const lowest = Math.min(...routes.map(({ metric }) => metric))
  return routes.filter(({ metric }) => metric === lowest).map(({ network }) => network)
}

/**
 * How a namespace answers somebody outside, whose address nobody rewrites on the way in: by its default route. null = through
 * the host, as it came; else why it does not, or why that is not certain.
 */
export function wayBack(context: ReachContext, group: NamespaceGroup): Judgement | null {
  const routes = egress(context, group)
  const [first] = routes
  if (first === undefined) {
    const internal = group.attachments.find(({ network }) => network?.internal)
    return internal
      ? judge('blocked', { code: 'internal-to', network: internal.name })
      : judge('blocked', { code: 'no-way-back', end: 'to' })
  }
  const past = routes.find(onParent)
  return past ? judge('unknown', { code: 'answers-elsewhere', end: 'to', network: past.name }) : null
}

function fromNeighbour(
  context: ReachContext,
  from: Extract<Endpoint, { kind: 'neighbour' }>,
  to: NamespaceGroup,
): Judgement {
  const { interface: face, routed } = from
  const subnets = face.addresses.filter(address => !address.startsWith('fe80:'))
  return best(
    to.attachments.map(({ name, network, ipv4, ipv6 }) => {
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
      if (!ipv4 && !ipv6) return judge('unknown', { code: 'no-address', end: 'to' }, path)
      if (context.model.facts.forwarding?.ipv4 === false) return judge('blocked', { code: 'forwarding-off' }, path)
      if (!hostRoutes(context, network))
        return judge('unknown', { code: 'unmanaged-bridge', network: network.name }, path)
      const back = wayBack(context, to)
      if (back) return { ...back, path }
      // An internal bridge lets packets in and none out; its member answers when it has another bridge to answer by.
      return judge('reachable', { code: 'neighbour-routed', network: network.name }, path)
    }),
  )
}

/** To a service of the host's own namespace, at any of the host's addresses. Host firewalls are not examined. */
export const toHost = (context: ReachContext, from: Endpoint): Judgement =>
  once(context.memo.toHost, from, () => judgeToHost(context, from))

function judgeToHost(context: ReachContext, from: Endpoint): Judgement {
  switch (from.kind) {
    case 'host':
      return judge('reachable', { code: 'same-namespace' })
    case 'neighbour': {
      const path: PathStep[] = [{ kind: 'interface', name: from.interface.name }, { kind: 'host' }]
      return from.interface.addresses.length === 0
        ? judge('blocked', { code: 'host-without-address', interface: from.interface.name }, path)
        : judge('reachable', { code: 'neighbour-on-segment', interface: from.interface.name }, path)
    }
    case 'namespace':
      return groupToHost(context, from.group)
  }
}

function groupToHost(context: ReachContext, group: NamespaceGroup): Judgement {
  const stuck = unusable(group, 'from')
  if (stuck) return stuck
  if (group.kind === 'slirp4netns')
    return judge('reachable', { code: 'user-mode-out', mode: group.kind }, [{ kind: 'host' }])
  if (group.kind === 'pasta') return sharingHostAddress(context)
  if (context.rootless) return rootlessToHost(context, group)
  return best(
    group.attachments.map(({ name, network }) => {
      if (network === null) return judge('unknown', { code: 'dangling-network', network: name })
      const path: PathStep[] = [networkStep(network), { kind: 'host' }]
      if (onParent(network)) return hostToParent(context, network)
      if (network.driver !== 'bridge')
        return judge('unknown', { code: 'unknown-driver', network: network.name, driver: network.driver }, path)
      if (network.vlan !== null) return judge('unknown', { code: 'vlan-host', network: network.name }, path)
      switch (hostStandsOn(context, network)) {
        case true:
          return judge('reachable', { code: 'gateway-is-host', network: network.name }, path)
        case false:
          return judge('blocked', { code: 'host-not-on-bridge', network: network.name }, path)
        case null:
          return judge('unknown', { code: 'host-address-unknown', network: network.name }, path)
      }
    }),
  )
}

/** Members of rootless bridges leave through one pasta or slirp4netns of the user, like its own containers do. */
function rootlessToHost(context: ReachContext, group: NamespaceGroup): Judgement {
  const routes = egress(context, group)
  if (routes.length === 0) {
    const internal = group.attachments.find(({ network }) => network?.internal)
    return internal
      ? judge('blocked', { code: 'internal-from', network: internal.name })
      : judge('blocked', { code: 'no-route', end: 'from' })
  }
  const [first] = routes
  const path: PathStep[] = first ? [networkStep(first), { kind: 'host' }] : []
  if (rootlessUplink(context) === 'slirp4netns')
    return judge('reachable', { code: 'user-mode-out', mode: 'slirp4netns' }, path)
  return { ...sharingHostAddress(context), path }
}

/** What the user's rootless namespace goes out by: said from 5.1 on; before, slirp4netns up to 4.x and pasta from 5.0. */
export function rootlessUplink(context: ReachContext): string {
  const said = context.model.facts.rootlessNetworkCmd
  if (said !== null) return said
  return Number.parseInt(context.host.engine?.podman ?? '', 10) < 5 ? 'slirp4netns' : 'pasta'
}

/**
 * pasta gives the namespace the addresses of the host's default-route interface: those lead to itself, every other address
 * of the host leads to the host.
 */
function sharingHostAddress(context: ReachContext): Judgement {
  const others = unsharedHostAddresses(context)
  const path: PathStep[] = [{ kind: 'host' }]
  if (others === null) return judge('unknown', { code: 'shares-host-address', because: 'interfaces-unknown' }, path)
  if (others.length === 0) return judge('unknown', { code: 'shares-host-address', because: 'no-other' }, path)
  return judge('reachable', { code: 'user-mode-out', mode: 'pasta' }, path)
}

/** The host's addresses that pasta does not copy; null when interfaces or the default route are unknown. */
export function unsharedHostAddresses(context: ReachContext): string[] | null {
  if (context.hostAddresses === null) return null
  const copied = context.defaultInterface
  if (copied === null) return null
  return context.hostAddresses.filter(one => one.interface !== copied).map(one => one.address)
}
