/**
 * Doors that a process of the host holds: pasta, slirp4netns and rootlessport listen with a socket of the host's namespace,
 * so such a door is reached like any service of the host. Rootful bridges have rules of the firewall instead.
 */
import type { Network } from '@/lib/topology/types'
import type { ReachContext } from './context'
import { dnatTargets, loopbackOnly, neighbourAtDoor, opened } from './door-binding'
import { FAMILIES, type Family, groupSpeaks } from './families'
import { cidrsOf, isolationBetween, judge, networkStep, onParent } from './networks'
import { familiesOf, sameAddress, within } from './subnets'
import { rootlessOut, rootlessUplink, sharingHostAddress, toHost, unsharedHostAddresses } from './to-host'
import type { Door, Endpoint, Judgement, NamespaceGroup } from './types'
import { agreed, best, egress } from './ways'

export function heldByProcess(context: ReachContext, door: Door): boolean {
  if (context.rootless) return true
  return (
    door.owner.kind === 'namespace' && (door.owner.group.kind === 'pasta' || door.owner.group.kind === 'slirp4netns')
  )
}

/** To the socket of a process of the host. */
export function throughProcess(context: ReachContext, from: Endpoint, isOwn: boolean, door: Door): Judgement {
  const { port } = door
  if (from.kind === 'host') return opened(door, [{ kind: 'host' }])
  if (port.scope === 'loopback') return loopbackOnly(from, door)
  const families = answered(context, door)
  if (from.kind === 'neighbour') return neighbourAtDoor(context, from, door, families)
  return best(
    FAMILIES.filter(family => families[family]).map(family => groupAtDoor(context, from, isOwn, door, family)),
  )
}

/**
 * The families that the socket answers. rootlessport and the port handler of slirp4netns bind every wildcard for both (Go's
 * net.Listen does) until Podman 6.1; pasta keeps to the one that it was given. Measured on 4.3.1, 5.4.2 and 6.1.1.
 * https://github.com/containers/podman/issues/29692
 */
function answered(context: ReachContext, door: Door): Readonly<Record<Family, boolean>> {
  const families = familiesOf(door.port.hostIp)
  if (door.port.scope !== 'wildcard') return families
  if (door.owner.kind === 'namespace' && door.owner.group.kind === 'pasta') return families
  const [major = 0, minor = 0] = (context.host.engine?.podman ?? '').split('.').map(Number)
  return major > 6 || (major === 6 && minor >= 1) ? families : { ipv4: true, ipv6: true }
}

function groupAtDoor(
  context: ReachContext,
  from: Extract<Endpoint, { kind: 'namespace' }>,
  isOwn: boolean,
  door: Door,
  family: Family,
): Judgement {
  const { group } = from
  switch (group.kind) {
    case 'slirp4netns':
      return held(door, toHost(context, from))
    case 'pasta':
      return behindCopy(context, isOwn, door, sharingHostAddress(context, family))
    case 'private':
    case 'none':
    case 'path':
      break
  }
  if (!groupSpeaks(group, family)) return judge('blocked', { code: 'no-family', end: 'from', family })
  if (!context.rootless) return addressedAt(context, from, door, family)
  if (egress(context, group, family).length === 0) return judge('blocked', { code: 'no-route', end: 'from' })
  const out = rootlessOut(context, family)
  if (rootlessUplink(context) !== 'pasta') {
    if (family === 'ipv4' || door.port.scope === 'wildcard') return held(door, out)
    // The route is only announced, and the kernel drops those that it has when it begins to forward. Measured on 4.3.1.
    // https://docs.kernel.org/networking/ip-sysctl.html (accept_ra)
    return judge('blocked', { code: 'rootless-ipv6-no-route' }, out.path)
  }
  const outside = behindCopy(context, isOwn, door, out)
  return outside.verdict === 'reachable' ? outside : insideRootless(context, group, isOwn, door, family, outside)
}

const held = (door: Door, host: Judgement): Judgement =>
  host.verdict === 'reachable'
    ? { ...opened(door, host.path), reasons: [...host.reasons, { code: 'door-process' }] }
    : host

/** Bound to one address: pasta's copy of it leads to itself, whichever way the packet goes. */
function behindCopy(context: ReachContext, isOwn: boolean, door: Door, out: Judgement): Judgement {
  const { hostIp, hostPort, containerPort, scope } = door.port
  if (scope === 'wildcard') return held(door, out)
  const unshared = unsharedHostAddresses(context)
  if (unshared === null) return judge('unknown', { code: 'shares-host-address', because: 'interfaces-unknown' })
  if (unshared.some(address => sameAddress(address, hostIp))) return held(door, out)
  if (out.reasons.some(({ code }) => code === 'rootless-ipv6')) return out
  // The copy is its own, and so is what listens there.
  if (isOwn && hostPort === containerPort && !context.rootless) return judge('reachable', { code: 'same-namespace' })
  return judge('blocked', { code: 'door-behind-copy', address: hostIp }, out.path)
}

/** Inside of the user's rootless namespace its own rules forward the copied address as well; isolation decides there. */
function insideRootless(
  context: ReachContext,
  group: NamespaceGroup,
  isOwn: boolean,
  door: Door,
  family: Family,
  otherwise: Judgement,
): Judgement {
  if (door.owner.kind !== 'namespace' || door.owner.group.kind !== 'private') return otherwise
  const { hostIp, scope } = door.port
  const copied = context.hostAddresses?.some(({ address }) => sameAddress(address, hostIp)) === true
  if (scope !== 'wildcard' && !copied) return otherwise
  const targets = dnatTargets(door, family)
  const routes = egress(context, group, family)
  if (targets.length === 0 || routes.length === 0) return otherwise
  // One's own door is met by another network than the one it was asked by, or not at all: no bridge sends back where it came from.
  const onOne = (network: Network) =>
    isOwn ? judge('blocked', { code: 'door-own' }) : judge('reachable', { code: 'same-network', network: network.name })
  const verdicts = routes.flatMap(from => targets.map(to => (from === to ? onOne(to) : isolationBetween(from, to))))
  const inside = agreed(
    verdicts,
    targets.map(network => network.name),
  )
  switch (inside.verdict) {
    case 'reachable':
      return { ...opened(door, routes.map(networkStep)), reasons: inside.reasons }
    case 'unknown':
      return inside
    case 'blocked':
      return otherwise
  }
}

/** A rootful bridge, and a door of slirp4netns. Members of internal networks have a route to their own gateway only. */
function addressedAt(
  context: ReachContext,
  from: Extract<Endpoint, { kind: 'namespace' }>,
  door: Door,
  family: Family,
): Judgement {
  const { group } = from
  const host = toHost(context, from)
  if (host.verdict !== 'reachable' || door.port.scope === 'wildcard') return held(door, host)
  const { hostIp } = door.port
  const onLink = group.attachments.flatMap(({ network }) =>
    network && within(hostIp, cidrsOf(network)) ? [network] : [],
  )
  const routes = onLink.length > 0 ? onLink : egress(context, group, family)
  if (routes.length === 0) return judge('blocked', { code: 'no-route', end: 'from' })
  return agreed(
    routes.map(network =>
      onParent(network)
        ? judge('blocked', { code: 'through-lan', network: network.name }, [networkStep(network)])
        : held(door, host),
    ),
    routes.map(network => network.name),
  )
}
