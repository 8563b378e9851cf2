/**
 * The contract as schemas, for GET /api/v1/schema and for tests of real answers. Strict: an answer with a field that is not
 * listed here fails. schema.test.ts sees to it that they say the same as the TypeScript types.
 */
import { z } from 'zod'
import { privateAndHostSchema, whatIfSchema } from './what-if-schema'

const text = z.string()
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable()
const protocol = z.enum(['tcp', 'udp', 'sctp'])
const status = z
  .enum(['live', 'polling', 'stale', 'unreachable'])
  .describe('live: follows events. polling: read on a timer. stale: cannot be read now. unreachable: was never read.')
const count = z.int().min(0)
const port = z.int().min(0).max(65_535)
const address = text.describe('Without prefix length.')
const time = text.describe('ISO 8601.')

const interfaceSchema = z.strictObject({
  name: text,
  kind: z.enum(['physical', 'bridge', 'veth', 'macvlan', 'ipvlan', 'vlan', 'loopback', 'tap', 'other']),
  addresses: z.array(text.describe('CIDR.')),
  up: z.boolean(),
  master: orNull(text),
})

const network = z.strictObject({
  id: text,
  name: text,
  driver: text,
  mode: orNull(text),
  interface: orNull(text).describe('The bridge, or the parent of macvlan and ipvlan.'),
  subnets: z.array(z.strictObject({ cidr: text, gateway: orNull(text) })),
  internal: z.boolean(),
  dns: z.boolean(),
  isDefault: z.boolean(),
  vlan: orNull(z.number()),
  mtu: orNull(z.number()),
  isolation: z.strictObject({
    configured: orNull(text),
    effective: z.enum(['none', 'isolated', 'strict', 'unknown']),
    because: text,
  }),
})

const publishedPort = z.strictObject({
  hostIp: text.describe('"" is every address of both families.'),
  hostPort: port,
  containerPort: port,
  protocol,
  ownerId: text,
  scope: z.enum(['wildcard', 'loopback', 'private', 'public']),
  forwarded: z.enum(['yes', 'no', 'unknown']),
  because: text,
})

const namespace = z.strictObject({
  id: text,
  kind: z.enum(['host', 'private', 'none', 'pasta', 'slirp4netns', 'path', 'rootless']),
  ownerId: orNull(text),
  memberIds: z.array(text),
  podId: orNull(text),
  attachments: z.array(
    z.strictObject({ networkName: text, addresses: z.array(address), mac: orNull(text), aliases: z.array(text) }),
  ),
  published: z.array(publishedPort),
  listeners: orNull(
    z.array(z.strictObject({ address, port, protocol, containerId: orNull(text), process: orNull(text) })),
  ),
  listenersUnknownBecause: orNull(text),
})

const container = z.strictObject({
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
  podId: orNull(text),
  isInfra: z.boolean(),
  createdAt: orNull(time),
  startedAt: orNull(time),
  unit: orNull(text).describe('systemd unit.'),
  health: orNull(text),
  privileged: z.boolean(),
  capabilities: z.array(text).describe("Beyond Podman's default set."),
  labels: z.record(text, text).describe('Allow-listed keys.'),
  engine: orNull(z.strictObject({ because: text })).describe('It runs an engine of its own, and what shows that.'),
})

const pod = z.strictObject({ id: text, name: text, namespaceId: orNull(text), containerIds: z.array(text) })

const unit = z.strictObject({
  id: text,
  name: text.describe('File name: web.container.'),
  kind: z.enum(['container', 'pod', 'kube', 'network', 'volume', 'image', 'build', 'artifact']),
  path: text,
  service: orNull(text).describe('The systemd unit that Podman makes of it.'),
  isTemplate: z.boolean(),
  state: orNull(text).describe("systemd's words: active/running. Not loaded: systemd has no such unit."),
  stateUnknownBecause: orNull(text),
  makes: orNull(text).describe('Name of its container, pod, network or volume.'),
  present: z.enum(['yes', 'no', 'unknown']).describe('Whether what it declares runs (networks, volumes: is there).'),
  thingIds: z.array(text).describe('Ids of its containers, pod or network.'),
  lines: z.array(z.strictObject({ file: text, line: count, key: text, value: text })),
  problems: z.array(
    z.strictObject({
      file: text,
      line: orNull(count),
      message: text,
      accepted: orNull(text),
      effect: z.enum(['skipped', 'fails', 'odd', 'unread']),
    }),
  ),
  doors: z
    .array(
      z.strictObject({
        hostIp: text,
        hostPort: orNull(port).describe('null: the engine takes a free one.'),
        containerPort: port,
        range: count.describe('How many consecutive ports.'),
        protocol,
        scope: z.enum(['wildcard', 'loopback', 'private', 'public']),
        file: text,
        line: count,
      }),
    )
    .describe('What PublishPort= opens when it runs.'),
})

const host = z.strictObject({
  id: text,
  name: text,
  machine: text.describe('Equal for connections to one machine.'),
  source: z.enum(['socket', 'ssh', 'tcp', 'recording']),
  rootless: orNull(z.boolean()),
  status,
  ageSeconds: count.describe('Age of the data at generatedAt.'),
  problem: orNull(text),
  engine: orNull(z.strictObject({ podman: text, netavark: orNull(text), defaultNetwork: text })),
  probe: z.strictObject({ available: z.boolean(), reason: orNull(text) }),
  interfaces: orNull(z.array(interfaceSchema)),
  networks: z.array(network),
  namespaces: z.array(namespace),
  pods: z.array(pod),
  containers: z.array(container),
  nestedIn: orNull(
    z.strictObject({
      hostId: text,
      containerId: text.describe('As the other host lists it.'),
      sharesNamespace: z
        .enum(['yes', 'no', 'unknown'])
        .describe("Whether this host's own network namespace is that container's."),
      because: text,
    }),
  ).describe('The container of another host that this engine runs in.'),
  enginesUnknownBecause: orNull(text).describe('Why nobody could look which containers run an engine of their own.'),
  units: orNull(z.array(unit)).describe('Quadlet files.'),
  unitsUnknownBecause: orNull(text),
})

const revision = count.describe(
  'Grows by one with every published change, and is never used again, also after a restart.',
)

export const topologySchema = z.strictObject({
  schemaVersion: z.literal(1),
  revision,
  generatedAt: time,
  hosts: z.array(host),
})

const finding = z.strictObject({
  id: text.describe('Survives re-creation under the same name.'),
  ruleId: text,
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  confidence: z.enum(['high', 'medium', 'low']),
  hostId: text,
  subject: z.strictObject({ kind: z.enum(['container', 'namespace', 'network', 'host']), id: text, name: text }),
  title: text,
  message: text,
  evidence: z.array(z.strictObject({ field: text, value: text })),
  fix: z.strictObject({ podman: orNull(text), quadlet: orNull(text) }),
  references: z.array(text),
  suppressed: orNull(z.strictObject({ by: text, reason: text, until: orNull(text) })).describe(
    'Who accepted it, and why; accepted findings stay in the report.',
  ),
  path: z
    .array(
      z.strictObject({
        kind: z.enum(['segment', 'interface', 'door', 'namespace', 'power', 'host']),
        id: text,
        label: text,
      }),
    )
    .exactOptional()
    .describe(
      'The way from outside to what is handed over, of findings that are about one. An empty id is not on the map.',
    ),
})

export const findingsSchema = z.strictObject({
  findings: z.array(finding),
  notExamined: z.array(text).min(1),
})

const pointer = text.describe('RFC 6901 pointer into the topology.')
export const patchSchema = z.strictObject({
  from: revision,
  revision,
  generatedAt: time,
  operations: z.array(
    z.discriminatedUnion('op', [
      z.strictObject({ op: z.literal('add'), path: pointer, value: z.unknown() }),
      z.strictObject({ op: z.literal('replace'), path: pointer, value: z.unknown() }),
      z.strictObject({ op: z.literal('remove'), path: pointer }),
    ]),
  ),
})

export const findingsEventSchema = z.strictObject({ revision, ...findingsSchema.shape })

const run = z
  .tuple([count, z.int().min(1)])
  .describe('[from, count]: so many findings of the list before, as they are.')
export const findingsPatchEventSchema = z.strictObject({
  revision,
  parts: z.array(z.union([run, finding])).describe('The new list, in order.'),
  notExamined: findingsSchema.shape.notExamined,
})

export const pingSchema = z.strictObject({
  revision,
  serverTime: time,
  build: text.describe('Changes when the server was updated.'),
  hosts: z.array(z.strictObject({ id: text, status, ageSeconds: count })),
})

const neighbour = z.strictObject({ id: text, name: text, addresses: z.array(address) })
const surroundingsSchema = z.strictObject({
  host: host.pick({ id: true, name: true, status: true, ageSeconds: true, problem: true }),
  namespace: orNull(namespace),
  neighbours: z.strictObject({
    members: z.array(neighbour),
    networks: z.array(z.strictObject({ id: orNull(text), name: text, members: z.array(neighbour) })),
  }),
  doors: z.array(publishedPort),
  findings: z.array(finding),
})

export const containerAnswerSchema = z.strictObject({ container, ...surroundingsSchema.shape })
export const networkAnswerSchema = z.strictObject({ network, ...surroundingsSchema.shape })
export const podAnswerSchema = z.strictObject({ pod, ...surroundingsSchema.shape })

export const aboutSchema = z.strictObject({
  version: text,
  build: text,
  demo: orNull(z.strictObject({ recording: text, hint: text })).describe(
    'Set when a recording is shown for want of Podman.',
  ),
  unsupported: z.array(z.strictObject({ name: text, uri: text, reason: text })),
})

export const problemSchema = z.strictObject({
  type: text,
  status: z.int(),
  title: text,
  detail: text,
  parameter: text.optional().describe('The query parameter that is wrong.'),
})

const verdict = z.enum(['reachable', 'blocked', 'unknown'])
const because = z.array(text)

export const reachRowSchema = z.strictObject({
  from: text,
  direct: z
    .array(z.strictObject({ to: text, verdict, because }))
    .describe("A listening TCP port at any of the other end's own addresses."),
  published: z
    .array(z.strictObject({ owner: text, hostIp: text, hostPort: port, protocol, verdict, because }))
    .describe("Through any of the host's addresses."),
})
const hop = z.strictObject({
  kind: z.enum(['namespace', 'interface', 'network', 'host', 'door']),
  id: text,
  label: text,
})
export const reachPairSchema = z.strictObject({
  ...reachRowSchema.shape,
  hops: z.array(hop),
  stop: orNull(z.strictObject({ ...hop.shape, because })).describe('Where a blocked connection is stopped, and why.'),
})

const judgements = z.array(z.strictObject({ verdict, because })).describe('Each kind of verdict once.')
const matrixEnd = z.strictObject({
  kind: z.enum(['host', 'neighbour', 'routed', 'namespaces']),
  networks: z.array(text),
  members: z.array(z.strictObject({ ref: text, name: text })).describe('Ends that no rule can tell apart.'),
})
export const reachMatrixSchema = z.strictObject({
  hostId: text,
  sources: z.array(matrixEnd),
  targets: z.array(matrixEnd),
  judgements,
  cells: z
    .array(z.array(orNull(z.int())))
    .describe('[source][target]: index into judgements; null where an end would ask itself.'),
})
export const reachOutsideSchema = z.strictObject({
  hostId: text,
  targets: z.array(z.strictObject({ kind: z.enum(['door', 'listener', 'container']), ref: text, owner: text })),
  sources: z.array(
    z.strictObject({
      from: text,
      interface: text,
      routed: z.boolean(),
      verdicts: z.array(z.int()).describe('Per target: index into judgements.'),
    }),
  ),
  sourcesUnknownBecause: orNull(text),
  judgements,
  notKnown: z.array(text),
})

/** Names of the published definitions. */
const DEFINITIONS = {
  Topology: topologySchema,
  Host: host,
  Interface: interfaceSchema,
  Network: network,
  Namespace: namespace,
  PublishedPort: publishedPort,
  Container: container,
  Pod: pod,
  Unit: unit,
  FindingsReport: findingsSchema,
  Finding: finding,
  TopologyPatch: patchSchema,
  FindingsEvent: findingsEventSchema,
  FindingsPatchEvent: findingsPatchEventSchema,
  Ping: pingSchema,
  About: aboutSchema,
  ContainerAnswer: containerAnswerSchema,
  NetworkAnswer: networkAnswerSchema,
  PodAnswer: podAnswerSchema,
  ReachRow: reachRowSchema,
  ReachPair: reachPairSchema,
  ReachMatrix: reachMatrixSchema,
  ReachOutside: reachOutsideSchema,
  WhatIf: whatIfSchema,
  PrivateAndHost: privateAndHostSchema,
  Problem: problemSchema,
}

/** One JSON Schema document (2020-12) with a definition per answer and event, each naming the others. */
export function jsonSchemaDocument(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(DEFINITIONS)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, {
    uri: id => `#/$defs/${id}`,
    // Fields may be added within a version: readers must not refuse what they do not know yet. Only our tests do.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Podwire API, version 1',
    $defs: Object.fromEntries(
      Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, ...definition }]) => [id, definition]),
    ),
  }
}
