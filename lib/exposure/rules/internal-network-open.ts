import { explain } from '@/lib/reach/explain'
import { FAMILIES, type Family, familyOf } from '@/lib/reach/families'
import { betweenNetworks } from '@/lib/reach/networks'
import type { Network } from '@/lib/topology/types'
import { comment, type Fix, NO_FIX, recreateWithout } from '../fix'
import { isInUse } from '../networks'
import { listed, networkSubject } from '../subjects'
import type { Evidence, Rule, RuleResult } from '../types'
import type { HostView } from '../view'

/** How many of the others are named. */
const NAMED = 4

const WORDS: Record<Family, string> = { ipv4: 'IPv4', ipv6: 'IPv6' }

const WHY: Record<Family, string> = {
  ipv4: 'Its bridge was there before forwarding was turned on for the host, which opened it.',
  ipv6: 'Forwarding is off on its bridge, which the kernel heeds for IPv4 only.',
}

export const internalNetworkOpen: Rule = {
  id: 'internal-network-open',
  title: 'Internal, and reached from other networks',
  severity: 'high',
  when:
    'A bridge with internal=true that members of another bridge reach by address. netavark turns forwarding off on the bridge ' +
    'itself, which the kernel heeds for IPv4 only; and for IPv4 that is undone when forwarding on the host is turned on ' +
    'after the bridge was made, as the first container on a network that is not internal does. Measured on Podman 4.3, ' +
    '5.4 and 6.1.',
  fix: 'For IPv6: no IPv6 on the internal network. For IPv4: turn forwarding off on the bridge again.',
  falsePositives: null,
  references: [
    'https://github.com/containers/netavark/blob/v2.1.0/src/network/bridge.rs#L781-L793',
    'https://docs.kernel.org/networking/ip-sysctl.html',
  ],
  enabledByDefault: true,
  examine(view) {
    const result: RuleResult = { hits: [], unknown: [] }
    const inUse = view.host.networks.filter(one => isBridge(one) && isInUse(view, one))
    for (const network of inUse) {
      if (!network.internal) continue
      for (const family of FAMILIES) examineFamily(view, network, inUse, family, result)
    }
    return result
  },
}

const isBridge = ({ driver, mode }: Network): boolean => driver === 'bridge' && mode !== 'unmanaged'

const has = ({ subnets }: Network, family: Family): boolean => subnets.some(({ cidr }) => familyOf(cidr) === family)

function examineFamily(
  view: HostView,
  network: Network,
  bridges: readonly Network[],
  family: Family,
  result: RuleResult,
): void {
  if (!has(network, family)) return
  const others = bridges.filter(one => !one.internal && has(one, family))
  const [from] = others
  if (from === undefined) return
  // The internal network alone decides, whichever managed bridge the packet came from.
  const { verdict, reasons } = betweenNetworks(view.reach.context, from, network, family)
  const [reason] = reasons
  if (reason?.code === 'internal-unknown') {
    const because = explain(reason, { from: from.name, to: network.name })
    result.unknown.push(`network ${network.name}: ${because}`)
    return
  }
  if (verdict !== 'reachable') return
  const names = listed(others.slice(0, NAMED).map(one => one.name))
  result.hits.push({
    subject: networkSubject(network),
    severity: 'high',
    confidence: view.host.rootless === true ? 'medium' : 'high',
    message:
      `Containers on ${names}${others.length > NAMED ? ' and other networks' : ''} reach every port on ${network.name} by ` +
      `${WORDS[family]} address, though it is internal. ${WHY[family]}`,
    evidence: evidenceOf(view, network, family),
    fix: fixOf(view, network, family),
  })
}

function evidenceOf(view: HostView, network: Network, family: Family): Evidence[] {
  const known = network.interface === null ? undefined : view.facts.interfaceForwarding?.[network.interface]
  const subnet: Evidence = {
    field: `subnets (${WORDS[family]})`,
    value: listed(network.subnets.map(({ cidr }) => cidr).filter(cidr => familyOf(cidr) === family)),
  }
  if (family === 'ipv6' || known === undefined || network.interface === null) return [subnet]
  return [subnet, { field: `net.ipv4.conf.${network.interface}.forwarding`, value: known ? '1' : '0' }]
}

function fixOf(view: HostView, network: Network, family: Family): Fix {
  if (family === 'ipv6') return { podman: recreateWithout(networkSubject(network), '--ipv6'), quadlet: null }
  if (network.interface === null || view.host.rootless === true) return NO_FIX
  return {
    podman: comment(
      `as root, until a container starts it anew: sysctl -w net.ipv4.conf.${network.interface}.forwarding=0`,
    ),
    quadlet: null,
  }
}
