/**
 * What the browser believes of the server's answers, parsed at the boundary. A key that is not listed here does not reach
 * the page. Every schema is checked against the contract's type, so that a new field breaks the build, not the page.
 */
import { z } from 'zod/mini'
import type { Finding, FindingsReport } from '@/lib/exposure/types'
import type { Ping } from '@/lib/server/types'
import type { Container, Host, Interface, Namespace, Network, Pod, Topology, TopologyPatch } from '@/lib/topology/types'

// zod would compile its parsers with `new Function`, which the content security policy bars and reports.
z.config({ jitless: true })

const text = z.string()
const textOrNull = z.nullable(z.string())
const count = z.number()
const flag = z.boolean()
const texts = z.array(z.string())
const protocol = z.enum(['tcp', 'udp', 'sctp'])
const status = z.enum(['live', 'polling', 'stale', 'unreachable'])

const interfaceSchema: z.ZodMiniType<Interface> = z.object({
  name: text,
  kind: z.enum(['physical', 'bridge', 'veth', 'macvlan', 'ipvlan', 'vlan', 'loopback', 'tap', 'other']),
  addresses: texts,
  up: flag,
  master: textOrNull,
})

const network: z.ZodMiniType<Network> = z.object({
  id: text,
  name: text,
  driver: text,
  mode: textOrNull,
  interface: textOrNull,
  subnets: z.array(z.object({ cidr: text, gateway: textOrNull })),
  internal: flag,
  dns: flag,
  isDefault: flag,
  vlan: z.nullable(count),
  mtu: z.nullable(count),
  isolation: z.object({
    configured: textOrNull,
    effective: z.enum(['none', 'isolated', 'strict', 'unknown']),
    because: text,
  }),
})

const namespace: z.ZodMiniType<Namespace> = z.object({
  id: text,
  kind: z.enum(['host', 'private', 'none', 'pasta', 'slirp4netns', 'path', 'rootless']),
  ownerId: textOrNull,
  memberIds: texts,
  podId: textOrNull,
  attachments: z.array(z.object({ networkName: text, addresses: texts, mac: textOrNull, aliases: texts })),
  published: z.array(
    z.object({
      hostIp: text,
      hostPort: count,
      containerPort: count,
      protocol,
      ownerId: text,
      scope: z.enum(['wildcard', 'loopback', 'private', 'public']),
      forwarded: z.enum(['yes', 'no', 'unknown']),
      because: text,
    }),
  ),
  listeners: z.nullable(
    z.array(z.object({ address: text, port: count, protocol, containerId: textOrNull, process: textOrNull })),
  ),
  listenersUnknownBecause: textOrNull,
})

const container: z.ZodMiniType<Container> = z.object({
  id: text,
  name: text,
  image: text,
  state: z.enum([
    'created',
    'initialized',
    'running',
    'paused',
    'stopping',
    'stopped',
    'exited',
    'removing',
    'unknown',
  ]),
  namespaceId: text,
  podId: textOrNull,
  isInfra: flag,
  createdAt: textOrNull,
  startedAt: textOrNull,
  unit: textOrNull,
  health: textOrNull,
  privileged: flag,
  capabilities: texts,
  labels: z.record(z.string(), z.string()),
})

const pod: z.ZodMiniType<Pod> = z.object({ id: text, name: text, namespaceId: textOrNull, containerIds: texts })

const host: z.ZodMiniType<Host> = z.object({
  id: text,
  name: text,
  machine: text,
  source: z.enum(['socket', 'ssh', 'tcp', 'recording']),
  rootless: z.nullable(flag),
  status,
  ageSeconds: count,
  problem: textOrNull,
  engine: z.nullable(z.object({ podman: text, netavark: textOrNull, defaultNetwork: text })),
  probe: z.object({ available: flag, reason: textOrNull }),
  interfaces: z.nullable(z.array(interfaceSchema)),
  networks: z.array(network),
  namespaces: z.array(namespace),
  pods: z.array(pod),
  containers: z.array(container),
})

export const topologySchema: z.ZodMiniType<Topology> = z.object({
  schemaVersion: z.literal(1),
  revision: count,
  generatedAt: text,
  hosts: z.array(host),
})

/** Whether a host that a patch made is still one. */
export const isHost = (value: unknown): value is Host => host.safeParse(value).success

export const patchSchema: z.ZodMiniType<TopologyPatch> = z.object({
  from: count,
  revision: count,
  generatedAt: text,
  operations: z.array(
    z.union([
      z.object({ op: z.literal('add'), path: text, value: z.unknown() }),
      z.object({ op: z.literal('replace'), path: text, value: z.unknown() }),
      z.object({ op: z.literal('remove'), path: text }),
    ]),
  ),
})

const finding: z.ZodMiniType<Finding> = z.object({
  id: text,
  ruleId: text,
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  confidence: z.enum(['high', 'medium', 'low']),
  hostId: text,
  subject: z.object({ kind: z.enum(['container', 'namespace', 'network', 'host']), id: text, name: text }),
  title: text,
  message: text,
  evidence: z.array(z.object({ field: text, value: text })),
  fix: z.object({ podman: textOrNull, quadlet: textOrNull }),
  references: texts,
  suppressed: z.nullable(z.object({ by: text, reason: text, until: textOrNull })),
})

export const findingsSchema: z.ZodMiniType<FindingsReport> = z.object({
  findings: z.array(finding),
  notExamined: texts,
})

export const pingSchema: z.ZodMiniType<Ping> = z.object({
  revision: count,
  serverTime: text,
  build: text,
  hosts: z.array(z.object({ id: text, status, ageSeconds: count })),
})

/** GET /api/v1/about: what the start message says, for the page. */
export interface About {
  version: string
  build: string
  /** Set when Podwire shows a recording because there is no Podman; `hint` says how to enable the socket. */
  demo: { recording: string; hint: string } | null
  /** Connections that were found and cannot be used yet. */
  unsupported: { name: string; uri: string; reason: string }[]
}

export const aboutSchema: z.ZodMiniType<About> = z.object({
  version: text,
  build: text,
  demo: z.nullable(z.object({ recording: text, hint: text })),
  unsupported: z.array(z.object({ name: text, uri: text, reason: text })),
})

/** Reads JSON text of the wire; null when it is not what the schema says. */
export function parseWire<T>(schema: z.ZodMiniType<T>, json: string): T | null {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  const result = schema.safeParse(value)
  return result.success ? result.data : null
}
