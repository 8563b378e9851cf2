/**
 * From one network to another: what the host does with a packet that came in from a member of `from` for an address on `to`.
 * Measured on Podman 4.3.1, 5.4.2, 5.8 and 6.1.1; rules of netavark 1.17.2 and 2.1.0, src/firewall/nft.rs.
 */
import type { Network } from '@/lib/topology/types'
import { hasStartedFirst, once, type ReachContext } from './context'
import { type Family, familyOf, forwards } from './families'
import { sameAddress } from './subnets'
import type { Judgement, PathStep, Reason } from './types'

export const judge = (verdict: Judgement['verdict'], reason: Reason, path: readonly PathStep[] = []): Judgement => ({
  verdict,
  reasons: [reason],
  path,
})

export const cidrsOf = (network: Network): string[] => network.subnets.map(({ cidr }) => cidr)

export const networkStep = (network: Network): PathStep => ({ kind: 'network', network })

/** Drivers whose members stand on the segment of a parent interface, past the host. */
export const onParent = (network: Network): boolean => network.driver === 'macvlan' || network.driver === 'ipvlan'

/** ipvlan l3 and l3s: no ARP, so nobody finds a child who has no route to it. */
const routedMode = (network: Network): boolean =>
  network.driver === 'ipvlan' && network.mode !== 'l2' && network.mode !== null

export const isUnmanaged = (network: Network): boolean => network.driver === 'bridge' && network.mode === 'unmanaged'

const optionsOf = (context: ReachContext, network: Network): Readonly<Record<string, string>> =>
  context.model.facts.networks[network.id]?.options ?? {}

export const hasVrf = (context: ReachContext, network: Network): boolean =>
  optionsOf(context, network)['vrf'] !== undefined

/** A member of `network` and another member of the same network. */
export function withinNetwork(network: Network): Judgement {
  const path = [networkStep(network)]
  if (network.driver === 'bridge') return judge('reachable', { code: 'same-network', network: network.name }, path)
  if (network.driver === 'ipvlan') return judge('reachable', { code: 'same-network', network: network.name }, path)
  if (network.driver !== 'macvlan')
    return judge('unknown', { code: 'unknown-driver', network: network.name, driver: network.driver }, path)
  switch (network.mode) {
    case 'bridge':
    case null:
      return judge('reachable', { code: 'same-network', network: network.name }, path)
    case 'private':
      return judge('blocked', { code: 'macvlan-private', network: network.name }, path)
    case 'passthru':
      return judge('unknown', { code: 'macvlan-passthru', network: network.name }, path)
    case 'vepa':
    default:
      return judge('unknown', { code: 'macvlan-vepa', network: network.name }, path)
  }
}

/** From a member of `from` that leaves by its default route to an address on `to`, through the host. `from` ≠ `to`. */
export const betweenNetworks = (context: ReachContext, from: Network, to: Network, family: Family): Judgement =>
  once(
    once(context.memo.between[family], from, () => new Map<Network, Judgement>()),
    to,
    () => judgeBetween(context, from, to, family),
  )

function judgeBetween(context: ReachContext, from: Network, to: Network, family: Family): Judgement {
  const path: PathStep[] = [networkStep(from), { kind: 'host' }, networkStep(to)]
  if (onParent(from)) return judge('blocked', { code: 'through-lan', network: from.name }, [networkStep(from)])
  if (from.driver !== 'bridge')
    return judge('unknown', { code: 'unknown-driver', network: from.name, driver: from.driver })
  if (!hostRoutes(context, from)) return judge('unknown', { code: 'unmanaged-bridge', network: from.name }, path)
  if (from.internal) return judge('blocked', { code: 'internal-from', network: from.name }, [networkStep(from)])
  if (onParent(to)) return hostToParent(context, to)
  if (to.driver !== 'bridge') return judge('unknown', { code: 'unknown-driver', network: to.name, driver: to.driver })
  return betweenBridges(context, from, to, family)
}

/** What the host does with a packet that came in by one bridge for an address on another. */
export function betweenBridges(context: ReachContext, from: Network, to: Network, family: Family): Judgement {
  const path: PathStep[] = [networkStep(from), { kind: 'host' }, networkStep(to)]
  if (!hostRoutes(context, to)) return judge('unknown', { code: 'unmanaged-bridge', network: to.name }, path)
  const internal = crossInternal(context, from, to, family)
  if (internal) return { ...internal, path }
  for (const network of [from, to])
    if (hasVrf(context, network)) return judge('unknown', { code: 'vrf', network: network.name }, path)
  if (forwards(context, family) === false) return judge('blocked', { code: 'forwarding-off' }, path)
  if (context.model.facts.firewall === 'none' && !context.rootless)
    return judge('reachable', { code: 'no-firewall' }, path)
  // Measured on Podman 6.1: an unmanaged bridge is in none of netavark's chains, so even strict networks meet it.
  const unmanaged = [from, to].find(isUnmanaged)
  if (unmanaged) return judge('reachable', { code: 'unmanaged-open', network: unmanaged.name }, path)
  const isolation = isolationBetween(from, to)
  // Networks that share a bridge differ by VLAN: the host's address is not on their VLAN, so how it routes is not ours to say.
  if (isolation.verdict === 'reachable' && from.interface !== null && from.interface === to.interface)
    return judge('unknown', { code: 'shared-bridge', from: from.name, to: to.name, bridge: from.interface }, path)
  return { ...isolation, path }
}

/**
 * netavark turns forwarding off on an internal bridge, for both families. The kernel heeds that for IPv4 only: for IPv6 it asks
 * net.ipv6.conf.all.forwarding, which any network with IPv6 turns on. And no isolation rule names an internal bridge. Measured
 * on Podman 4.3.1, 5.4.2 and 6.1.1: members of bridges with IPv6 reach those of internal ones, and these reach doors.
 * https://github.com/containers/netavark/blob/v2.1.0/src/network/bridge.rs#L781-L793
 * https://docs.kernel.org/networking/ip-sysctl.html (conf/all/forwarding)
 */
function crossInternal(context: ReachContext, from: Network, to: Network, family: Family): Judgement | null {
  const internal = [from, to].find(network => network.internal)
  if (internal === undefined) return null
  const { name } = internal
  const closed = judge('blocked', { code: internal === from ? 'internal-from' : 'internal-to', network: name })
  // Members have no default route: what reaches them asks with the host's address there, which Podman leaves out without DNS.
  if (!hasGateway(internal, family)) return closed
  switch (family === 'ipv4' ? forwardsFromInternal(context, internal) : forwardsIpv6(context)) {
    case false:
      return closed
    case true:
      return judge('reachable', { code: 'internal-open', network: name, family })
    case null:
      return judge('unknown', { code: 'internal-unknown', network: name, family })
  }
}

/** Whether the host has an address of this family on a bridge that Podman manages. */
export const hasGateway = ({ subnets }: Network, family: Family): boolean =>
  subnets.some(({ cidr, gateway }) => gateway !== null && familyOf(cidr) === family)

// In the rootless namespace the network that is not internal has turned it on.
const forwardsIpv6 = (context: ReachContext) => (context.rootless ? true : forwards(context, 'ipv6'))

/**
 * net.ipv4.ip_forward turned on sets every interface's own switch anew. netavark does so when the first container on a network
 * that is not internal starts, and thereby opens internal bridges that are there already. Measured on 5.4.2 and 6.1.1.
 * https://docs.kernel.org/networking/ip-sysctl.html (ip_forward)
 */
export function forwardsFromInternal(context: ReachContext, network: Network): boolean | null {
  const switches = context.model.facts.interfaceForwarding
  const known = network.interface === null ? undefined : switches?.[network.interface]
  if (!context.rootless && known !== undefined) return known
  // Not read: what started last found forwarding turned on already.
  return hasStartedFirst(context, network) ? null : false
}

/**
 * Isolation for a connection, both ways: replies are filtered before "established" is accepted, so strict on either side ends it.
 * https://github.com/containers/netavark/blob/v2.1.0/src/firewall/nft.rs#L277-L405
 */
export function isolationBetween(from: Network, to: Network): Judgement {
  const names = { from: from.name, to: to.name }
  const a = from.isolation
  const b = to.isolation
  const blocks = (because: string) => judge('blocked', { code: 'isolation-blocks', ...names, because })
  if (a.effective === 'strict') return blocks(`${from.name}: ${a.because}`)
  if (b.effective === 'strict') return blocks(`${to.name}: ${b.because}`)
  if (a.effective === 'unknown' || b.effective === 'unknown') {
    const because = a.effective === 'unknown' ? `${from.name}: ${a.because}` : `${to.name}: ${b.because}`
    return judge('unknown', { code: 'isolation-unknown', ...names, because })
  }
  if (a.effective === 'isolated' && b.effective === 'isolated')
    return blocks(`${from.name}: ${a.because}; ${to.name}: ${b.because}`)
  const open = a.effective === 'none' ? `${from.name}: ${a.because}` : `${to.name}: ${b.because}`
  return judge('reachable', { code: 'isolation-open', ...names, because: open })
}

/**
 * From the host (or through it) to a child of a parent interface. The kernel does not let a parent talk to its own children;
 * what leaves by another interface comes back only if a switch or router outside sends it.
 */
export function hostToParent(context: ReachContext, to: Network): Judgement {
  const path: PathStep[] = [{ kind: 'host' }, networkStep(to)]
  const parent = to.interface ?? context.defaultInterface
  return judge('blocked', { code: 'own-parent', network: to.name, parent }, path)
}

/** Another machine on the segment of `interfaceName` to a child of a parent interface. */
export function neighbourToParent(
  context: ReachContext,
  to: Network,
  from: { name: string; routed: boolean; subnets: readonly string[] },
  overlaps: (cidr: string, subnets: readonly string[]) => boolean,
): Judgement {
  const path: PathStep[] = [{ kind: 'interface', name: from.name }, networkStep(to)]
  const parent = to.interface ?? context.defaultInterface
  if (parent === null) return judge('unknown', { code: 'own-parent', network: to.name, parent }, path)
  if (parent !== from.name)
    return judge('blocked', { code: 'neighbour-other-segment', interface: from.name, network: to.name }, path)
  if (routedMode(to))
    return judge(from.routed ? 'unknown' : 'blocked', { code: 'ipvlan-routed', network: to.name }, path)
  // A machine there may have an address of another subnet than the containers: then a router decides, not this host.
  if (from.subnets.length > 0 && !to.subnets.some(({ cidr }) => overlaps(cidr, from.subnets)))
    return judge('unknown', { code: 'neighbour-other-subnet', network: to.name }, path)
  return judge('reachable', { code: 'neighbour-on-segment', interface: from.name }, path)
}

/** Whether the host itself has an address on a bridge, and so answers there: yes, no, or null = not known. */
export function hostStandsOn(context: ReachContext, network: Network): boolean | null {
  if (network.interface !== null && context.hostAddresses !== null && !context.rootless) {
    const here = context.hostAddresses.some(({ interface: name }) => name === network.interface)
    // Podman makes the bridge and its address when the first container starts, and a probe may be a moment older.
    if (here) return true
    return context.host.interfaces?.some(({ name }) => name === network.interface) ? false : null
  }
  if (isUnmanaged(network)) return null
  return network.subnets.some(({ gateway }) => gateway !== null) ? true : null
}

/** Whether the host is the router of a bridge: always for managed ones; for unmanaged ones if their gateway is the host's address. */
export function hostRoutes(context: ReachContext, network: Network): boolean {
  if (!isUnmanaged(network)) return true
  const own = context.hostAddresses?.filter(({ interface: name }) => name === network.interface) ?? []
  return network.subnets.some(
    ({ gateway }) => gateway !== null && own.some(({ address }) => sameAddress(address, gateway)),
  )
}

/** Metric of a network's default route, as netavark sets it: macvlan 99 from 2.0, else 100. null = none in this family. */
export function defaultRoute(context: ReachContext, network: Network, family: Family): { metric: number } | null {
  if (network.internal) return null
  if (network.subnets.length > 0 && !network.subnets.some(({ cidr }) => familyOf(cidr) === family)) return null
  const options = optionsOf(context, network)
  if (options['no_default_route'] === 'true' || options['no_default_route'] === '1') return null
  if (isUnmanaged(network) && network.subnets.length === 0) return { metric: Number(options['metric'] ?? 100) }
  if (options['metric'] !== undefined) return { metric: Number(options['metric']) }
  return { metric: onParent(network) && (context.netavark?.[0] ?? 0) >= 2 ? 99 : 100 }
}

/** netavark 2.1 lets connections through published ports pass isolation (ct mark 0x1000). */
export const exemptsDoors = (context: ReachContext): boolean => {
  const [major, minor] = context.netavark ?? [0, 0]
  return major > 2 || (major === 2 && minor >= 1)
}
