/**
 * The contract as schemas, for GET /api/v1/schema and for tests of real answers. Strict: an answer with a field that is not
 * listed here fails. schema.test.ts sees to it that they say the same as the TypeScript types.
 */
import { z } from 'zod'
import {
  address,
  interfaceSchema,
  publishedPort,
  unit,
  container,
  count,
  host,
  namespace,
  network,
  orNull,
  pod,
  port,
  protocol,
  status,
  text,
  time,
} from './host-schema'
import { privateAndHostSchema, whatIfSchema } from './what-if-schema'

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
