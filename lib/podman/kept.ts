/**
 * What a recording keeps of an answer: the fields that the schemas read, cut down by the schemas' own filters where they keep
 * a part only. What is kept is listed, not what is dropped. kept.test.ts sees to it that parsing the rest gives the same.
 */
import type * as z from 'zod'
import { annotationArguments, networkArguments } from './create-command'
import { containerLabels, isOwnKey, networkLabels, ownAnnotations } from './labels'
import { plainNetworkMode, podNetworkOptions } from './network-options'
import { securityWord } from './schemas/container-inspect'
import { networkOptions } from './schemas/network'
import { volumeOptions } from './schemas/volume'
import { withoutImageCredentials } from './text'

/** true: text, numbers and lists of them · a function: what it makes · an object: these fields of an object, or of every entry of a list */
type Keep = true | ((value: unknown) => unknown) | { [field: string]: Keep }

/** The same for every value of an object whose keys are names. */
const EACH = '*'

/** An object where none belongs stays one, for that is a fault that is told; what is in it does not. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === 'object' && value !== null ? {} : value
}

/** Of the same kind, and without content. */
function hollow(value: unknown): unknown {
  if (typeof value === 'string') return ''
  return Array.isArray(value) ? [] : plain(value)
}

const through =
  (schema: z.ZodType) =>
  (value: unknown): unknown => {
    const parsed = schema.safeParse(value)
    return parsed.success ? parsed.data : hollow(value)
  }

const ifText =
  (change: (text: string) => unknown) =>
  (value: unknown): unknown =>
    typeof value === 'string' ? change(value) : plain(value)

const words = (value: unknown): string[] => (Array.isArray(value) ? value.filter(word => typeof word === 'string') : [])

/** A command line may hold anything; what pasta and slirp4netns were told is read of it, and who set which of our annotations. */
const createCommand = (argv: unknown): string[] => [
  'podman',
  'run',
  ...networkArguments(words(argv))
    .filter(value => /^(pasta|slirp4netns)(:|$)/.test(value))
    .flatMap(value => ['--network', plainNetworkMode(value)]),
  ...annotationArguments(words(argv))
    .filter(isOwnKey)
    .flatMap(value => ['--annotation', value.slice(0, value.indexOf('=') + 1)]),
]

/** The SELinux type alone; user, role and level are not read. */
const processLabel = ifText(label => {
  const type = /^[^:]+:[^:]+:([^:]{1,64})/.exec(label)?.[1]
  return type === undefined ? '' : `u:r:${type}`
})

const podOptions = (value: unknown): unknown => {
  const parsed = podNetworkOptions.safeParse(value)
  if (!parsed.success) return hollow(value)
  return parsed.data === null ? null : { [parsed.data.mode]: parsed.data.words }
}

const CONTAINER: Keep = {
  Id: true,
  Name: true,
  State: { Status: true, Pid: true, ConmonPid: true, Health: { Status: true } },
  Pod: true,
  IsInfra: true,
  IsService: true,
  Rootfs: true,
  ProcessLabel: processLabel,
  EffectiveCaps: true,
  BoundingCaps: true,
  Mounts: { Type: true, Source: true, Destination: true, RW: true, Propagation: true, Name: true },
  Dependencies: true,
  NetworkSettings: {
    SandboxKey: true,
    Ports: { [EACH]: bindings => (bindings === null ? null : []) },
    Networks: {
      [EACH]: {
        NetworkID: true,
        IPAddress: true,
        GlobalIPv6Address: true,
        SecondaryIPAddresses: { Addr: true },
        SecondaryIPv6Addresses: { Addr: true },
        MacAddress: true,
        Gateway: true,
        IPv6Gateway: true,
        Aliases: true,
      },
    },
  },
  HostConfig: {
    NetworkMode: ifText(plainNetworkMode),
    PortBindings: { [EACH]: { HostIp: true, HostPort: true } },
    PublishAllPorts: true,
    Privileged: true,
    CapAdd: true,
    CapDrop: true,
    SecurityOpt: value =>
      Array.isArray(value)
        ? value.filter(word => typeof word !== 'string' || securityWord.test(word)).map(plain)
        : plain(value),
    PidMode: true,
    IpcMode: true,
    UTSMode: true,
    UsernsMode: true,
    ReadonlyRootfs: true,
    Devices: { PathOnHost: true },
    RestartPolicy: { Name: true },
    ExtraHosts: true,
  },
  Config: {
    ExposedPorts: { [EACH]: () => ({}) },
    User: true,
    Annotations: through(ownAnnotations),
    CreateCommand: createCommand,
  },
}

const LISTED: Keep = {
  Id: true,
  Names: true,
  Image: ifText(withoutImageCredentials),
  State: true,
  Status: true,
  Pid: true,
  Pod: true,
  IsInfra: true,
  Created: true,
  StartedAt: true,
  Labels: through(containerLabels),
  Networks: true,
  Ports: { host_ip: true, container_port: true, host_port: true, range: true, protocol: true },
  Namespaces: { Net: true },
}

const INFO: Keep = {
  host: {
    hostname: true,
    security: { rootless: true },
    networkBackend: true,
    networkBackendInfo: { version: true, dns: { version: true }, defaultNetwork: true },
    rootlessNetworkCmd: true,
    rootlessPortForwarder: true,
    eventLogger: true,
  },
  version: { Version: true },
}

const NETWORK: Keep = {
  name: true,
  id: true,
  driver: true,
  network_interface: true,
  created: true,
  subnets: { subnet: true, gateway: true, lease_range: { start_ip: true, end_ip: true } },
  routes: { destination: true, gateway: true },
  ipv6_enabled: true,
  internal: true,
  dns_enabled: true,
  labels: through(networkLabels),
  options: through(networkOptions),
  ipam_options: { driver: true },
}

const POD_LISTED: Keep = {
  Id: true,
  Name: true,
  Status: true,
  Created: true,
  InfraId: true,
  Containers: { Id: true },
  Networks: true,
}

const POD: Keep = {
  Id: true,
  Name: true,
  InfraContainerID: true,
  SharedNamespaces: true,
  InfraConfig: { HostNetwork: true, NetworkOptions: podOptions },
}

const ANSWERS: readonly (readonly [path: RegExp, keep: Keep])[] = [
  [/^\/_ping$/, () => 'OK'],
  [/^\/version$/, { Version: true }],
  [/^\/info$/, INFO],
  [/^\/containers\/json\?all=true&namespace=true$/, LISTED],
  [/^\/containers\/[0-9a-f]{64}\/json$/, CONTAINER],
  [/^\/networks\/json$/, NETWORK],
  [/^\/pods\/json$/, POD_LISTED],
  [/^\/pods\/[0-9a-f]{64}\/json$/, POD],
  [/^\/volumes\/json$/, { Name: true, Driver: true, Options: through(volumeOptions) }],
]

function prune(value: unknown, keep: Keep): unknown {
  if (keep === true) return plain(value)
  if (typeof keep === 'function') return keep(value)
  if (Array.isArray(value)) return value.map(entry => prune(entry, keep))
  if (typeof value !== 'object' || value === null) return value
  const kept: [string, unknown][] = []
  for (const [field, inner] of Object.entries(value)) {
    const how = Object.hasOwn(keep, field) ? keep[field] : keep[EACH]
    if (how !== undefined) kept.push([field, prune(inner, how)])
  }
  return Object.fromEntries(kept)
}

/** The body of a successful answer to `path` (without its version prefix), cut down; undefined for what is never asked. */
export function keptBody(path: string, body: unknown): unknown {
  const keep = ANSWERS.find(([pattern]) => pattern.test(path))?.[1]
  return keep === undefined ? undefined : prune(body, keep)
}
