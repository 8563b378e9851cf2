/** What all doors have in common: where they are bound, who gets there, and where netavark forwards them to. */
import type { Network } from '@/lib/topology/types'
import type { ReachContext } from './context'
import { type Family, familyOf, isGlobal, speaks } from './families'
import { cidrsOf, isUnmanaged, judge, onParent } from './networks'
import { sameAddress, within } from './subnets'
import type { Door, Endpoint, Judgement, PathStep } from './types'

export const opened = (door: Door, path: readonly PathStep[]): Judgement => ({
  verdict: 'reachable',
  reasons: [{ code: 'door-open', address: door.port.hostIp, port: door.port.hostPort }],
  path,
})

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
  const subnets = context.host.networks.flatMap(network => (onParent(network) ? [] : cidrsOf(network)))
  if (routed && addresses.length > 0 && within(port.hostIp, subnets)) return opened(door, path)
  return judge('blocked', { code: 'door-elsewhere', address: port.hostIp, interface: face.name }, path)
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
