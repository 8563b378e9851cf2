/** The host's interfaces that something stands behind, and the segments they stand on. */
import ipaddr from 'ipaddr.js'
import type { Host, Interface } from '@/lib/topology/types'
import { byName } from './order'

/** Interfaces on one segment share a subnet. */
export interface Segment {
  /** Stable: the subnet, else the interface. */
  key: string
  /** CIDRs, the host's own first. */
  subnets: string[]
  /** Empty when the host's interfaces were not read. */
  interfaces: string[]
  up: boolean
}

/** "10.1.2.3/24" → "10.1.2.0/24"; null for what is no CIDR, and for link-local addresses, which every segment has. */
export function subnetOf(cidr: string): string | null {
  if (!ipaddr.isValidCIDR(cidr)) return null
  const [address, bits] = ipaddr.parseCIDR(cidr)
  if (address.range() === 'linkLocal') return null
  const network =
    address instanceof ipaddr.IPv6 ? ipaddr.IPv6.networkAddressFromCIDR(cidr) : ipaddr.IPv4.networkAddressFromCIDR(cidr)
  return `${network.toString()}/${bits}`
}

function isDrawn(candidate: Interface, bridges: ReadonlySet<string>, parents: ReadonlySet<string>): boolean {
  if (parents.has(candidate.name)) return true
  // A veth end with an address and no master is how a host that is itself a container or a namespace has its uplink.
  if (bridges.has(candidate.name) || candidate.kind === 'loopback' || candidate.master !== null) return false
  return candidate.addresses.some(address => subnetOf(address) !== null)
}

/** Where the interfaces were not read, the parents of macvlan and ipvlan networks are known to exist all the same. */
export function gatherOutside(host: Host): { segments: Segment[]; interfaces: Interface[] } {
  const bridges = new Set<string>()
  const subnetsBehind = new Map<string, string[]>()
  for (const network of host.networks) {
    if (network.interface === null) continue
    if (network.driver === 'macvlan' || network.driver === 'ipvlan') {
      // A user's macvlan has its parent in the user's own namespace, not among the host's interfaces.
      if (host.rootless === true) continue
      const list = subnetsBehind.get(network.interface) ?? []
      list.push(...network.subnets.map(subnet => subnet.cidr))
      subnetsBehind.set(network.interface, list)
    } else bridges.add(network.interface)
  }
  const parents = new Set(subnetsBehind.keys())
  const read = host.interfaces ?? []
  const interfaces = read.filter(candidate => isDrawn(candidate, bridges, parents))
  for (const name of parents) {
    if (read.some(known => known.name === name)) continue
    interfaces.push({ name, kind: 'other', addresses: [], up: host.interfaces === null, master: null })
  }
  interfaces.sort(byName)

  const segments = new Map<string, Segment>()
  for (const { name, addresses, up } of interfaces) {
    const own = [...new Set(addresses.map(subnetOf).filter(subnet => subnet !== null))]
    const subnets = own.length > 0 ? own : [...new Set(subnetsBehind.get(name) ?? [])]
    const key = own[0] ?? `behind ${name}`
    const known = segments.get(key)
    if (known) {
      known.interfaces.push(name)
      known.up ||= up
    } else segments.set(key, { key, subnets, interfaces: [name], up })
  }
  // Not knowing what is outside is no reason to draw nothing there.
  if (host.interfaces === null && segments.size === 0)
    segments.set('unknown', { key: 'unknown', subnets: [], interfaces: [], up: false })
  return { segments: [...segments.values()], interfaces }
}
