/** Where netavark's rules are: its own nftables table, or chains that iptables made (which nft shows too, when it is iptables-nft). */
import { z } from 'zod'
import { known, unknown } from './facts'
import type { Known } from './types'

const chainsSchema = z.object({ nftables: z.array(z.unknown()) })
const chainSchema = z.object({ chain: z.object({ family: z.string(), table: z.string(), name: z.string() }) })

/** What the two tools said; null = it was not there or refused. */
export interface FirewallListings {
  /** JSON document of `nft -j list chains` or `… list ruleset`. */
  nft: unknown
  /** Output of iptables-save. */
  iptables: string | null
  /** Tables of the legacy iptables, /proc/net/ip_tables_names; null = unreadable. */
  legacyTables: readonly string[] | null
}

/**
 * Names of table and chains: https://github.com/containers/netavark/blob/v1.14.0/src/firewall/nft.rs and
 * https://github.com/containers/netavark/blob/v1.14.0/src/firewall/varktables/types.rs
 */
export function readFirewall({
  nft,
  iptables,
  legacyTables,
}: FirewallListings): Known<'nftables' | 'iptables' | 'none'> {
  const listing = chainsSchema.safeParse(nft)
  const chains = listing.success
    ? listing.data.nftables.flatMap(entry => {
        const parsed = chainSchema.safeParse(entry)
        return parsed.success ? [parsed.data.chain] : []
      })
    : null
  if (chains?.some(chain => chain.table === 'netavark') === true) return known('nftables', 'nft')
  if (chains?.some(chain => chain.name.startsWith('NETAVARK')) === true) return known('iptables', 'nft')
  if (iptables !== null && /^:NETAVARK/m.test(iptables)) return known('iptables', 'iptables-save')
  if (chains === null) return unknown('nft is not installed or may not list rules here')
  if (chains.some(chain => chain.table === 'firewalld')) return unknown('firewalld holds the rules')
  if (iptables === null && legacyTables === null) return unknown('legacy iptables could not be read')
  if (iptables === null && legacyTables !== null && legacyTables.length > 0) {
    return unknown('legacy iptables has tables, and iptables-save is not there to read them')
  }
  return known('none', 'nft and iptables')
}
