/** Which network a published port is forwarded to first, as netavark's own rules have it. */
import { z } from 'zod'
import type { ProbePortForward } from './types'

const listing = z.object({ nftables: z.array(z.unknown()) })
const rule = z.object({ rule: z.object({ chain: z.string(), expr: z.array(z.unknown()) }) })
const jump = z.object({ jump: z.object({ target: z.string() }) })
const port = z.int().min(0).max(65_535)
const match = z.object({
  match: z.object({
    left: z.object({ payload: z.object({ protocol: z.string(), field: z.enum(['daddr', 'dport']) }) }),
    right: z.union([z.string(), port, z.object({ range: z.tuple([port, port]) })]),
  }),
})
const protocolOf = z.enum(['tcp', 'udp', 'sctp'])

const CHAIN = 'NETAVARK-HOSTPORT-DNAT'

/**
 * Rules of `nft -j list chain inet netavark NETAVARK-HOSTPORT-DNAT`, in order; the chain that a rule jumps to is named after
 * the network's id and subnet. null when it is no such listing.
 * https://github.com/containers/netavark/blob/v2.1.0/src/firewall/nft.rs#L920-L940
 */
export function parseNftForwards(document: unknown): ProbePortForward[] | null {
  const parsed = listing.safeParse(document)
  if (!parsed.success) return null
  return parsed.data.nftables.flatMap(entry => {
    const one = rule.safeParse(entry)
    return one.success && one.data.rule.chain === CHAIN ? forwardOf(one.data.rule.expr) : []
  })
}

function forwardOf(statements: readonly unknown[]): ProbePortForward[] {
  let target: RegExpExecArray | null = null
  let address: string | null = null
  let ports: Pick<ProbePortForward, 'protocol' | 'first' | 'last'> | null = null
  for (const statement of statements) {
    const jumped = jump.safeParse(statement)
    if (jumped.success) target = /^nv_([^_]+)_(.+)_nm\d+_dnat$/.exec(jumped.data.jump.target)
    const matched = match.safeParse(statement)
    if (!matched.success) continue
    const { left, right } = matched.data.match
    if (left.payload.field === 'daddr') address = typeof right === 'string' ? right : null
    const protocol = protocolOf.safeParse(left.payload.protocol)
    if (!protocol.success || typeof right === 'string') continue
    const [first, last] = typeof right === 'number' ? [right, right] : right.range
    ports = { protocol: protocol.data, first, last }
  }
  const [, networkId, subnet] = target ?? []
  if (networkId === undefined || subnet === undefined || ports === null) return []
  const family = /^\d+_\d+_\d+_\d+$/.test(subnet) ? 'ipv4' : 'ipv6'
  return [{ networkId, networkName: null, family, address, ...ports }]
}

const JUMP =
  /^-A NETAVARK-HOSTPORT-DNAT .*?-p (tcp|udp|sctp) .*?--dports? ([\d:]+) .*?"dnat name: (\S+) id: .*? -j (NETAVARK-DN-\S+)/gm
const DNAT = /^-A (NETAVARK-DN-\S+) (?:-d (\S+?)\/\d+ )?-p (tcp|udp|sctp) .*?--dports? ([\d:]+) -j DNAT /gm

/**
 * Rules of iptables-save or ip6tables-save: the order is that of the jumps, whose comments name the network; the bound address
 * is in the network's own chain.
 * https://github.com/containers/netavark/blob/v1.4.0/src/firewall/varktables/types.rs
 */
export function parseIptablesForwards(text: string, family: ProbePortForward['family']): ProbePortForward[] {
  const targets = [...text.matchAll(DNAT)]
  return [...text.matchAll(JUMP)].flatMap(([, protocol, ports = '', networkName = '', chain]) => {
    const [first = 0, last = first] = ports.split(':').map(Number)
    const parsed = protocolOf.safeParse(protocol)
    if (!parsed.success) return []
    const own = targets.filter(([, of, , by, at]) => of === chain && by === protocol && at === ports)
    return own.map(
      ([, , address]): ProbePortForward => ({
        networkId: null,
        networkName,
        family,
        address: address ?? null,
        protocol: parsed.data,
        first,
        last,
      }),
    )
  })
}
