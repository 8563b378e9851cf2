/** A connection to an address of the target's own: what a listener there can be reached by. */
import type { Network } from '@/lib/topology/types'
import { once, type ReachContext } from './context'
import {
  betweenNetworks,
  cidrsOf,
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
import { FAMILIES, type Family, familyOf, forwards, groupSpeaks, isGlobal, speaks } from './families'
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

/** Judged for each family that there is an address of, and the best of them. */
function byFamily(target: GroupAttachment, judgeFamily: (family: Family) => Judgement): Judgement {
  if (!target.ipv4 && !target.ipv6) return judge('unknown', { code: 'no-address', end: 'to' })
  return best(FAMILIES.filter(family => target[family]).map(judgeFamily))
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
  return agreed(
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

/**
 * The networks that a namespace's packets leave by when no subnet of its own fits. As its kernel says, where that was asked;
 * else those of the lowest metric, and several if equal.
 */
export const egress = (context: ReachContext, group: NamespaceGroup, family: Family): Network[] =>
  once(context.memo.egress[family], group, () => defaultRoutes(context, group, family))

function defaultRoutes(context: ReachContext, group: NamespaceGroup, family: Family): Network[] {
  const seen = group.leavesBy[family]
  if (seen !== null) return seen.flatMap(name => context.networks.get(name) ?? [])
  const routes = group.attachments.flatMap(attachment => {
    const { network } = attachment
    if (network === null || !speaks(attachment, family)) return []
    const route = defaultRoute(context, network, family)
    return route ? [{ network, metric: route.metric }] : []
  })
  const lowest = Math.min(...routes.map(({ metric }) => metric))
  return routes.filter(({ metric }) => metric === lowest).map(({ network }) => network)
}

/**
 * How a namespace answers somebody whose address nobody rewrites on the way in: one in `subnets`, CIDR. null = through the host,
 * as it came; else why it does not, or why that is not certain.
 */
export function wayBack(
  context: ReachContext,
  group: NamespaceGroup,
  family: Family,
  subnets: readonly string[],
): Judgement | null {
  // A route to a subnet of its own is taken before any default route.
  const asked = subnets.filter(cidr => familyOf(cidr) === family)
  const beside = group.attachments.find(({ network }) =>
    network?.subnets.some(({ cidr }) => overlaps(cidr, asked)),
  )?.network
  // Frames of a bridge pass the host's connection tracking when br_netfilter is loaded, which is not read.
  if (beside)
    return judge(onParent(beside) ? 'blocked' : 'unknown', {
      code: 'answers-elsewhere',
      end: 'to',
      network: beside.name,
    })
  const routes = egress(context, group, family)
  if (routes.length === 0) {
    const internal = group.attachments.find(({ network }) => network?.internal)
    return internal
      ? judge('blocked', { code: 'internal-to', network: internal.name })
      : judge('blocked', { code: 'no-way-back', end: 'to' })
  }
  const past = routes.filter(onParent)
  const [first] = past
  if (first === undefined) return null
  const verdict = past.length === routes.length ? 'blocked' : 'unknown'
  return judge(verdict, { code: 'answers-elsewhere', end: 'to', network: first.name })
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
  if (group.kind === 'pasta') return best(FAMILIES.map(family => sharingHostAddress(context, family)))
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
  const families = FAMILIES.filter(family => egress(context, group, family).length > 0)
  const routes = families.flatMap(family => egress(context, group, family))
  if (routes.length === 0) {
    const internal = group.attachments.find(({ network }) => network?.internal)
    return internal
      ? judge('blocked', { code: 'internal-from', network: internal.name })
      : judge('blocked', { code: 'no-route', end: 'from' })
  }
  const [first] = routes
  const path: PathStep[] = first ? [networkStep(first), { kind: 'host' }] : []
  return { ...best(families.map(family => rootlessOut(context, family))), path }
}

/** From a rootless bridge to any address of the host of one family. */
export function rootlessOut(context: ReachContext, family: Family): Judgement {
  const mode = rootlessUplink(context)
  // Measured: with IPv6 an address of the host's led to the host on Podman 6.1, to nowhere on 5.4 and 4.3.
  if (family === 'ipv6') return judge('unknown', { code: 'rootless-ipv6', mode })
  return mode === 'slirp4netns'
    ? judge('reachable', { code: 'user-mode-out', mode })
    : sharingHostAddress(context, family)
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
export function sharingHostAddress(context: ReachContext, family: Family): Judgement {
  const others = unsharedHostAddresses(context)?.filter(address => familyOf(address) === family)
  const path: PathStep[] = [{ kind: 'host' }]
  if (others === undefined)
    return judge('unknown', { code: 'shares-host-address', because: 'interfaces-unknown' }, path)
  if (others.length > 0) return judge('reachable', { code: 'user-mode-out', mode: 'pasta' }, path)
  // 169.254.1.2, which may lead to the host all the same, is IPv4.
  if (family === 'ipv6') return judge('blocked', { code: 'copied-address' }, path)
  return judge('unknown', { code: 'shares-host-address', because: 'no-other' }, path)
}

/** The host's addresses that pasta does not copy; null when interfaces or the default route are unknown. */
export function unsharedHostAddresses(context: ReachContext): string[] | null {
  if (context.hostAddresses === null) return null
  const copied = context.defaultInterface
  if (copied === null) return null
  return context.hostAddresses.filter(one => one.interface !== copied).map(one => one.address)
}
