/** Addresses that Podman would choose, as far as a choice is needed to go on: which one it takes is not known. */
import ipaddr from 'ipaddr.js'
import type { HostSnapshot } from '@/lib/collector/types'
import type { NetworkSummary } from '@/lib/podman/types'
import { overlaps } from '@/lib/reach/subnets'
import { canonical } from '@/lib/topology/scope'

/** Addresses that are in use, one spelling each: of containers, gateways and, where they are known, the host's. */
export function usedAddresses(snapshot: HostSnapshot, except: ReadonlySet<string> = new Set()): Set<string> {
  const used = new Set<string>()
  for (const { summary, detail } of snapshot.containers)
    if (!except.has(summary.id))
      for (const { addresses } of detail?.attachments ?? []) for (const one of addresses) used.add(canonical(one))
  for (const { subnets } of snapshot.networks)
    for (const { gateway } of subnets) if (gateway !== null) used.add(canonical(gateway))
  if (snapshot.probe.interfaces.known)
    for (const one of snapshot.probe.interfaces.value)
      for (const cidr of one.addresses) used.add(canonical(cidr.replace(/\/\d+$/, '')))
  return used
}

/** One address of each subnet that nobody has. None where the subnets are not Podman's to give out. */
export function freeAddresses(network: NetworkSummary, used: ReadonlySet<string>): string[] {
  if (network.ipamDriver === 'dhcp' || network.ipamDriver === 'none') return []
  return network.subnets.flatMap(({ cidr, leaseRange }) => firstFree(cidr, leaseRange?.start ?? null, used) ?? [])
}

/** More than this many in a row that are taken: the subnet is as good as full. */
const TRIES = 4096

function firstFree(cidr: string, start: string | null, used: ReadonlySet<string>): string | null {
  if (!ipaddr.isValidCIDR(cidr)) return null
  const [base] = ipaddr.parseCIDR(cidr)
  const kind = base.kind()
  // The first address of a subnet is the network's own.
  let bytes = start !== null && ipaddr.isValid(start) ? ipaddr.parse(start).toByteArray() : next(base.toByteArray())
  for (let tries = 0; tries < TRIES; tries++) {
    const address = ipaddr.fromByteArray(bytes)
    if (address.kind() !== kind || !address.match(ipaddr.parseCIDR(cidr))) return null
    const text = canonical(address.toString())
    if (!used.has(text)) return text
    bytes = next(bytes)
  }
  return null
}

function next(bytes: readonly number[]): number[] {
  const after = [...bytes]
  for (let at = after.length - 1; at >= 0; at--) {
    const byte = (after[at] ?? 0) + 1
    after[at] = byte % 256
    if (byte < 256) break
  }
  return after
}

/**
 * The first /24 of Podman's default pools that nobody uses:
 * https://github.com/containers/common/blob/v0.62.0/pkg/config/default.go#L101-L110
 */
export function freeSubnet(snapshot: HostSnapshot): string | null {
  const taken = snapshot.networks.flatMap(({ subnets }) => subnets.map(({ cidr }) => cidr))
  if (snapshot.probe.interfaces.known) taken.push(...snapshot.probe.interfaces.value.flatMap(one => one.addresses))
  if (snapshot.probe.routes.known)
    taken.push(
      ...snapshot.probe.routes.value.flatMap(({ destination }) => (destination.endsWith('/0') ? [] : destination)),
    )
  for (let second = 89; second < 255; second++)
    for (let third = 0; third < 256; third++) {
      const cidr = `10.${second}.${third}.0/24`
      if (!overlaps(cidr, taken)) return cidr
    }
  return null
}
