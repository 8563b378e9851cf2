/** Quadlet files as a recording of Podwire's own holds them: what was declared, never their text. */
import * as z from 'zod'
import type { UnitsRead } from './types'

const text = z.string()
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable()
const protocol = z.enum(['tcp', 'udp', 'sctp'])
const effect = z.enum(['skipped', 'fails', 'odd', 'unread'])
const kind = z.enum(['container', 'pod', 'kube', 'network', 'volume', 'image', 'build', 'artifact'])
const line = z.object({ file: text, line: z.int(), section: text, key: text, value: text })

const networkValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['host', 'none', 'private', 'pasta', 'slirp4netns']) }),
  z.object({ kind: z.literal('path') }),
  z.object({ kind: z.literal('join'), container: text }),
  z.object({ kind: z.literal('unit'), unit: text, hasOptions: z.boolean() }),
  z.object({ kind: z.literal('network'), name: text }),
])

const portValue = z.object({
  hostIp: text,
  hostPort: orNull(z.int().min(1).max(65_535)),
  containerPort: z.int().min(1).max(65_535),
  range: z.int().min(1).max(65_535),
  protocol,
})

const unit = z.object({
  name: text,
  kind,
  path: text,
  service: orNull(text),
  isTemplate: z.boolean(),
  resource: orNull(text),
  lines: z.array(line),
  problems: z.array(
    z.object({
      file: text,
      line: orNull(z.int()),
      message: text,
      accepted: orNull(text),
      effect,
      missing: text.exactOptional(),
      refusesText: z.literal(true).exactOptional(),
      besideRefused: z.literal(true).exactOptional(),
    }),
  ),
  pod: orNull(text),
  networks: z.array(z.object({ value: networkValue, name: orNull(text), at: line })),
  ports: z.array(z.object({ ports: z.union([z.array(portValue), z.literal('decided later')]), at: line })),
  settings: orNull(
    z.object({
      driver: orNull(text),
      subnets: z.array(text),
      gateways: z.array(text),
      internal: orNull(z.boolean()),
      ipv6: orNull(z.boolean()),
      disableDns: orNull(z.boolean()),
      interfaceName: orNull(text),
      options: z.array(z.object({ key: text, value: text })),
      hasDockerOptions: z.boolean(),
    }),
  ),
  hidden: z.array(text),
  powers: z.object({ privileged: z.boolean(), pidHost: z.boolean(), ipcHost: z.boolean() }),
})

const unitsRead: z.ZodType<UnitsRead> = z.discriminatedUnion('known', [
  z.object({
    known: z.literal(true),
    units: z.array(
      z.object({
        unit,
        modifiedAt: orNull(text),
        systemd: orNull(text),
        systemdUnknownBecause: orNull(text),
      }),
    ),
    notes: z.array(text),
  }),
  z.object({ known: z.literal(false), because: text }),
])

/** null when it is no such thing. */
export function parseUnitsRead(raw: unknown): UnitsRead | null {
  const parsed = unitsRead.safeParse(raw)
  return parsed.success ? parsed.data : null
}
