/** A host of the contract as a schema; see schema.ts. */
import { z } from 'zod'

export const text = z.string()
export const orNull = <T extends z.ZodType>(schema: T) => schema.nullable()
export const protocol = z.enum(['tcp', 'udp', 'sctp'])
export const status = z
  .enum(['live', 'polling', 'stale', 'unreachable'])
  .describe('live: follows events. polling: read on a timer. stale: cannot be read now. unreachable: was never read.')
export const count = z.int().min(0)
export const port = z.int().min(0).max(65_535)
export const address = text.describe('Without prefix length.')
export const time = text.describe('ISO 8601.')

export const interfaceSchema = z.strictObject({
  name: text,
  kind: z.enum(['physical', 'bridge', 'veth', 'macvlan', 'ipvlan', 'vlan', 'loopback', 'tap', 'other']),
  addresses: z.array(text.describe('CIDR.')),
  up: z.boolean(),
  master: orNull(text),
})

export const network = z.strictObject({
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

export const publishedPort = z.strictObject({
  hostIp: text.describe('"" is every address of both families.'),
  hostPort: port,
  containerPort: port,
  protocol,
  ownerId: text,
  scope: z.enum(['wildcard', 'loopback', 'private', 'public']),
  forwarded: z.enum(['yes', 'no', 'unknown']),
  because: text,
})

export const namespace = z.strictObject({
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

export const container = z.strictObject({
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

export const pod = z.strictObject({ id: text, name: text, namespaceId: orNull(text), containerIds: z.array(text) })

export const unit = z.strictObject({
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

const ofUnit = { unitId: text.describe('Id of the file.') }

const declared = z.strictObject({
  networks: z.array(network.extend(ofUnit)),
  namespaces: z.array(namespace),
  pods: z.array(pod.extend(ofUnit)),
  containers: z.array(
    container
      .pick({
        id: true,
        name: true,
        namespaceId: true,
        podId: true,
        isInfra: true,
        privileged: true,
        capabilities: true,
      })
      .extend(ofUnit),
  ),
})

export const host = z.strictObject({
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
  declared: orNull(declared).describe(
    'What quadlet files declare and is not there, as it would stand if it ran. Nothing of it is in another list.',
  ),
})
