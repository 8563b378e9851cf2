/** Facts of a probe as a recording holds them: as they are, for there is nothing else in them than what was read. */
import { z } from 'zod'
import { noProbe } from './facts'
import type { ProbeFacts } from './types'

const known = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('known', [
    z.object({ known: z.literal(true), value, source: z.string() }),
    z.object({ known: z.literal(false), because: z.string() }),
  ])

const listeners = known(
  z.array(
    z.object({
      address: z.string(),
      port: z.int().min(0).max(65_535),
      protocol: z.enum(['tcp', 'udp', 'sctp']),
      containerId: z.string().nullable(),
      process: z.string().nullable(),
    }),
  ),
)

const facts = z.object({
  available: z.boolean(),
  reason: z.string().nullable(),
  hostNetns: z.string().nullable(),
  rootlessNetns: z.string().optional(),
  interfaces: known(
    z.array(
      z.object({
        name: z.string(),
        index: z.int(),
        kind: z.enum(['physical', 'bridge', 'veth', 'macvlan', 'ipvlan', 'vlan', 'loopback', 'tap', 'other']),
        mac: z.string().nullable(),
        mtu: z.number().nullable(),
        addresses: z.array(z.string()),
        up: z.boolean(),
        master: z.string().nullable(),
        parent: z.string().nullable(),
      }),
    ),
  ),
  routes: known(
    z.array(z.object({ destination: z.string(), gateway: z.string().nullable(), interface: z.string().nullable() })),
  ),
  forwarding: known(z.object({ ipv4: z.boolean(), ipv6: z.boolean() })),
  unprivilegedPortStart: known(z.number()),
  firewall: known(z.enum(['nftables', 'iptables', 'none'])),
  hostListeners: listeners,
  listenersByNetns: z.record(z.string(), listeners),
  defaultRoutesByNetns: z
    .record(z.string(), known(z.array(z.object({ gateway: z.string(), metric: z.number() }))))
    .optional(),
  interfaceForwarding: known(z.record(z.string(), z.boolean())).optional(),
  innerEngines: known(z.record(z.string(), z.string())).optional(),
  portForwards: known(
    z.array(
      z.object({
        networkId: z.string().nullable(),
        networkName: z.string().nullable(),
        family: z.enum(['ipv4', 'ipv6']),
        protocol: z.enum(['tcp', 'udp', 'sctp']),
        address: z.string().nullable(),
        first: z.int(),
        last: z.int(),
      }),
    ),
  ).optional(),
})

const holder = z.object({ facts: z.unknown() })

/** null when `kernel` holds no facts; when it holds what are none, nothing is known and the reason says so. */
export function recordedFacts(kernel: unknown): ProbeFacts | null {
  const held = holder.safeParse(kernel)
  if (!held.success || held.data.facts === undefined) return null
  const parsed = facts.safeParse(held.data.facts)
  if (!parsed.success) return noProbe("The kernel's side in the recording is malformed.")
  const { rootlessNetns, defaultRoutesByNetns, interfaceForwarding, innerEngines, portForwards, ...rest } = parsed.data
  // Wherever this is replayed, it is another machine's.
  return {
    ...rest,
    hostNetnsIsOwn: false,
    ...(rootlessNetns === undefined ? {} : { rootlessNetns }),
    ...(defaultRoutesByNetns === undefined ? {} : { defaultRoutesByNetns }),
    ...(interfaceForwarding === undefined ? {} : { interfaceForwarding }),
    ...(innerEngines === undefined ? {} : { innerEngines }),
    ...(portForwards === undefined ? {} : { portForwards }),
  }
}

/** The `kernel` part of a recording. */
export const recordFacts = (read: ProbeFacts): { facts: ProbeFacts } => ({ facts: read })
