/** Readers for iproute2's JSON. Tolerant: an entry that is not understood is left out, a document that is none is null. */
import { z } from 'zod'
import type { InterfaceKind, ProbeInterface, ProbeRoute } from './types'

const addressSchema = z.object({ local: z.string(), prefixlen: z.number() })

const linkSchema = z.object({
  ifname: z.string(),
  ifindex: z.number(),
  flags: z.array(z.string()).catch([]),
  mtu: z.number().optional(),
  link_type: z.string().optional(),
  address: z.string().optional(),
  master: z.string().optional(),
  /** Name of the lower device or veth peer when it is in the same namespace; otherwise only link_index is there. */
  link: z.string().optional(),
  linkinfo: z
    .object({ info_kind: z.string().optional(), info_data: z.looseObject({}).optional() })
    .optional()
    .catch(undefined),
  addr_info: z.array(z.unknown()).catch([]),
})

/** rtnl link kinds that have a name of their own in the model; everything else with a kind is "other". */
const kindOfLink: ReadonlyMap<string, InterfaceKind> = new Map<string, InterfaceKind>([
  ['bridge', 'bridge'],
  ['veth', 'veth'],
  ['macvlan', 'macvlan'],
  ['macvtap', 'macvlan'],
  ['ipvlan', 'ipvlan'],
  ['ipvtap', 'ipvlan'],
  ['vlan', 'vlan'],
])

function kindOf(link: z.infer<typeof linkSchema>): InterfaceKind {
  if (link.link_type === 'loopback') return 'loopback'
  const kind = link.linkinfo?.info_kind
  // A driver's device has no rtnl kind: https://github.com/torvalds/linux/blob/v6.12/net/core/rtnetlink.c
  if (kind === undefined) return link.link_type === 'ether' || link.link_type === 'infiniband' ? 'physical' : 'other'
  if (kind === 'tun') return link.linkinfo?.info_data?.['type'] === 'tap' ? 'tap' : 'other'
  return kindOfLink.get(kind) ?? 'other'
}

const entries = (document: unknown): unknown[] | null => (Array.isArray(document) ? document : null)

/** Reads `ip -j -d addr`. */
export function parseAddrJson(document: unknown): ProbeInterface[] | null {
  return (
    entries(document)?.flatMap(entry => {
      // iproute2 prints {} for links that another filter took out.
      const link = linkSchema.safeParse(entry)
      if (!link.success) return []
      const { ifname, ifindex, flags, mtu, address, master, link: parent, addr_info } = link.data
      return [
        {
          name: ifname,
          index: ifindex,
          kind: kindOf(link.data),
          mac: address ?? null,
          mtu: mtu ?? null,
          addresses: addr_info.flatMap(info => {
            const parsed = addressSchema.safeParse(info)
            return parsed.success ? [`${parsed.data.local}/${parsed.data.prefixlen}`] : []
          }),
          up: flags.includes('UP'),
          master: master ?? null,
          parent: parent ?? null,
        },
      ]
    }) ?? null
  )
}

const hopSchema = z.object({
  gateway: z.string().optional(),
  via: z.object({ host: z.string() }).optional(),
  dev: z.string().optional(),
})
const routeSchema = hopSchema.extend({
  type: z.string().optional(),
  dst: z.string(),
  nexthops: z.array(z.unknown()).optional(),
})

const destinationOf = (dst: string, family: 4 | 6): string => {
  if (dst === 'default') return family === 4 ? '0.0.0.0/0' : '::/0'
  return dst.includes('/') ? dst : `${dst}/${family === 4 ? 32 : 128}`
}

/** Reads `ip -j route` or `ip -j -6 route`; several next hops become several routes; only routes that lead somewhere. */
export function parseRouteJson(document: unknown, family: 4 | 6): ProbeRoute[] | null {
  return (
    entries(document)?.flatMap(entry => {
      const route = routeSchema.safeParse(entry)
      if (!route.success || (route.data.type ?? 'unicast') !== 'unicast') return []
      const hops = (route.data.nexthops ?? [route.data]).flatMap(hop => {
        const parsed = hopSchema.safeParse(hop)
        return parsed.success ? [parsed.data] : []
      })
      return hops.map(hop => ({
        destination: destinationOf(route.data.dst, family),
        gateway: hop.gateway ?? hop.via?.host ?? null,
        interface: hop.dev ?? null,
      }))
    }) ?? null
  )
}

/** JSON or null; iproute2 prints nothing at all for an empty list with some versions, which is an empty list. */
export function parseIpOutput(text: string): unknown {
  if (text.trim() === '') return []
  try {
    const document: unknown = JSON.parse(text)
    return document
  } catch {
    return null
  }
}
