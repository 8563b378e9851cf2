/** Answers of /api/v1/what-if as schemas; strict, like those of schema.ts. */
import { z } from 'zod'

const text = z.string()
const protocol = z.enum(['tcp', 'udp', 'sctp'])
const verdict = z.enum(['reachable', 'blocked', 'unknown'])
const port = z.int().min(0).max(65_535)
const forwarded = z.enum(['yes', 'no', 'unknown']).nullable().describe('null: the port is not published.')

const turned = <T extends z.ZodType>(one: T) =>
  z.strictObject({
    gained: z.array(one),
    lost: z.array(one),
    unknown: z.array(one).describe('One of the two, before or after, is not known.'),
  })

const doorChange = z.strictObject({
  ref: text,
  hostIp: text,
  hostPort: port,
  containerPort: port,
  protocol,
  was: forwarded,
  is: forwarded,
  because: text,
})

const listenerChange = z.strictObject({ ref: text, address: text, port, protocol, process: text.nullable() })

const way = z.union([
  z.strictObject({ kind: z.literal('direct') }).describe("Any port that listens at the target's own addresses."),
  z.strictObject({ kind: z.enum(['door', 'listener']), ref: text }),
])

const reachChange = z.strictObject({
  others: z.array(z.strictObject({ ref: text, name: text })),
  ways: z.array(way),
  was: verdict,
  is: verdict,
  because: z.array(text).describe('Why it would be so.'),
})

const findingChange = z.strictObject({
  id: text,
  ruleId: text,
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  subject: z.strictObject({ kind: z.enum(['container', 'namespace', 'network', 'host']), id: text, name: text }),
  title: text,
  message: text,
})

const difference = z.strictObject({
  doors: z.strictObject({
    ...turned(doorChange).shape,
    dead: z.array(doorChange).describe('Published, and nothing gets through.'),
  }),
  listeners: z
    .strictObject({ gained: z.array(listenerChange), lost: z.array(listenerChange) })
    .describe("Sockets of the host's own namespace."),
  reachedBy: turned(reachChange),
  reaches: turned(reachChange),
  findings: z.strictObject({ gained: z.array(findingChange), lost: z.array(findingChange) }),
})

const refusalCode = z.enum([
  'nothing-asked',
  'not-read',
  'joins-another',
  'in-pod',
  'unknown-network',
  'network-exists',
  'bad-network-name',
  'bad-isolate',
  'isolate-unsupported',
  'lan-rootless',
  'driver-unknown',
  'address-outside',
  'address-taken',
  'publishes-nothing',
  'not-published',
  'asked-twice',
  'address-not-here',
  'not-an-address',
  'port-taken',
  'port-privileged',
  'protocol-unsupported',
])

const remarkCode = z.enum([
  'address',
  'subnet',
  'names',
  'listeners-move',
  'listeners-unknown',
  'listener-address',
  'listener-taken',
  'ports-discarded',
  'followers',
  'not-running',
  'mode',
  'forwarding',
  'addresses-unknown',
  'port-may-be-taken',
])

export const whatIfSchema = z.strictObject({
  hostId: text,
  target: text,
  refusals: z
    .array(
      z.strictObject({
        code: refusalCode,
        asked: z.enum(['container', 'network', 'publish', 'unpublish']),
        because: text,
      }),
    )
    .describe('Why it cannot exist; nothing is computed then.'),
  outcome: z
    .strictObject({
      difference,
      remarks: z
        .array(z.strictObject({ code: remarkCode, kind: z.enum(['assumed', 'unknown']), text }))
        .describe('What was not computed but assumed, or is not known.'),
      lines: z.strictObject({
        podman: text.nullable(),
        quadlet: z.array(z.strictObject({ file: text, text: text.nullable() })),
      }),
    })
    .nullable(),
})

export const privateAndHostSchema = z.strictObject({
  now: z.enum(['host', 'private', 'other']),
  private: whatIfSchema,
  host: whatIfSchema,
})
