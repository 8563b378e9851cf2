/** A connection to a service of the host's own namespace. */
import { once, type ReachContext } from './context'
import { FAMILIES, type Family, familyOf } from './families'
import { hostStandsOn, hostToParent, judge, networkStep, onParent } from './networks'
import type { End, Endpoint, Judgement, NamespaceGroup, PathStep } from './types'
import { best, egress } from './ways'

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
