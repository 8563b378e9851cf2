/**
 * IPv4 and IPv6 are two networks that share wires: routes, forwarding, isolation and doors are the kernel's and netavark's
 * per family, so every verdict is made per family, and one open family is enough.
 */
import type { ReachContext } from './context'
import type { GroupAttachment, NamespaceGroup } from './types'

export type Family = 'ipv4' | 'ipv6'

export const FAMILIES: readonly Family[] = ['ipv4', 'ipv6']

// A colon is enough: these are addresses and CIDRs of engine and kernel.
export const familyOf = (address: string): Family => (address.includes(':') ? 'ipv6' : 'ipv4')

/** An address that others can be told: link-local ones mean nothing without their interface. */
export const isGlobal = (address: string): boolean => !address.startsWith('fe80:')

/** Whether members have an address of this family there. Where none is known (DHCP, just starting) the subnets say. */
export function speaks({ ipv4, ipv6, network }: GroupAttachment, family: Family): boolean {
  if (ipv4 || ipv6) return family === 'ipv4' ? ipv4 : ipv6
  const subnets = network?.subnets ?? []
  return subnets.length === 0 || subnets.some(({ cidr }) => familyOf(cidr) === family)
}

export const groupSpeaks = (group: NamespaceGroup, family: Family): boolean =>
  group.attachments.some(attachment => speaks(attachment, family))

/** Whether the host forwards at all; null when that was not read. The rootless namespace's own switch cannot be seen. */
export const forwards = (context: ReachContext, family: Family): boolean | null =>
  context.rootless ? null : (context.model.facts.forwarding?.[family] ?? null)
