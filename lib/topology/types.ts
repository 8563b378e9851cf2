/**
 * The model: host → network namespaces → attachments to networks; containers are members of a namespace.
 * These are the types of the HTTP contract (docs/api.md); every list is sorted, so that equal hosts give equal JSON.
 */
import type { HostStatus, UnitRecord } from '@/lib/collector/types'
import type { ContainerState, Protocol } from '@/lib/podman/types'
import type { InterfaceKind, ProbePortForward } from '@/lib/probe/types'
import type { UnitKind } from '@/lib/quadlet/kinds'

export interface Topology {
  schemaVersion: 1
  /** Grows by one with every published change. */
  revision: number
  /** ISO 8601. */
  generatedAt: string
  hosts: Host[]
}

/** One connection to an engine. Ids of everything inside are prefixed with its id and end with the engine's full id. */
export interface Host {
  id: string
  name: string
  /** Equal for connections to one machine. */
  machine: string
  source: 'socket' | 'ssh' | 'tcp' | 'recording'
  rootless: boolean | null
  status: HostStatus
  /** Age of the data at `generatedAt`; changes of it alone are no change of the topology. */
  ageSeconds: number
  problem: string | null
  engine: { podman: string; netavark: string | null; defaultNetwork: string } | null
  probe: { available: boolean; reason: string | null }
  interfaces: Interface[] | null
  networks: Network[]
  namespaces: Namespace[]
  pods: Pod[]
  containers: Container[]
  /** The container of another host that this engine runs in; null for an engine of a machine's own. */
  nestedIn: {
    hostId: string
    /** As the other host lists it. */
    containerId: string
    /** Whether this host's own network namespace is that container's. */
    sharesNamespace: 'yes' | 'no' | 'unknown'
    because: string
  } | null
  /** Why nobody could look which containers run an engine of their own; null when somebody did. */
  enginesUnknownBecause: string | null
  /** Quadlet files; null when they are not known. */
  units: Unit[] | null
  unitsUnknownBecause: string | null
  /** What they declare and is not there; null when they are not known. */
  declared: Declared | null
}

export interface Interface {
  name: string
  kind: InterfaceKind
  /** CIDR. */
  addresses: string[]
  up: boolean
  master: string | null
}

export interface Network {
  id: string
  name: string
  driver: string
  mode: string | null
  /** The bridge, or the parent of macvlan and ipvlan; not unique. */
  interface: string | null
  subnets: { cidr: string; gateway: string | null }[]
  internal: boolean
  dns: boolean
  isDefault: boolean
  vlan: number | null
  mtu: number | null
  isolation: Isolation
}

export interface Isolation {
  /** options.isolate as stored, null when unset. */
  configured: string | null
  /** What the running netavark makes of it. */
  effective: 'none' | 'isolated' | 'strict' | 'unknown'
  because: string
}

export type NamespaceKind = 'host' | 'private' | 'none' | 'pasta' | 'slirp4netns' | 'path' | 'rootless'

export interface Namespace {
  id: string
  kind: NamespaceKind
  /** Container id of the one that made it (a pod's infra included); null for host, rootless and path. */
  ownerId: string | null
  memberIds: string[]
  podId: string | null
  attachments: Attachment[]
  published: PublishedPort[]
  listeners: Listener[] | null
  listenersUnknownBecause: string | null
}

export interface Attachment {
  networkName: string
  /** No prefix length. Empty while stopped. */
  addresses: string[]
  mac: string | null
  aliases: string[]
}

/** wildcard: every address · loopback: the host alone · private: RFC 1918, ULA, link-local, 100.64/10 · public: the rest */
export type BindScope = 'wildcard' | 'loopback' | 'private' | 'public'

/** One door. A range is one entry per port. */
export interface PublishedPort {
  /** "" = every address, both families. */
  hostIp: string
  hostPort: number
  containerPort: number
  protocol: Protocol
  /** Container id of the namespace's owner. */
  ownerId: string
  scope: BindScope
  /** Whether the host passes connections on. */
  forwarded: 'yes' | 'no' | 'unknown'
  because: string
}

export interface Listener {
  address: string
  port: number
  protocol: Protocol
  containerId: string | null
  process: string | null
}

export interface Container {
  id: string
  name: string
  image: string
  state: ContainerState
  namespaceId: string
  podId: string | null
  isInfra: boolean
  createdAt: string | null
  startedAt: string | null
  /** systemd unit, from PODMAN_SYSTEMD_UNIT. */
  unit: string | null
  health: string | null
  privileged: boolean
  /** Beyond Podman's default set, "CAP_NET_ADMIN". */
  capabilities: string[]
  /** Allow-listed keys. */
  labels: Record<string, string>
  /** It runs an engine of its own, and what shows that; null: nothing does (see enginesUnknownBecause). */
  engine: { because: string } | null
}

export interface Pod {
  id: string
  name: string
  namespaceId: string | null
  containerIds: string[]
}

/** A quadlet file: what it declares, and what of that is there. */
export interface Unit {
  id: string
  /** "web.container" */
  name: string
  kind: UnitKind
  path: string
  /** The systemd unit that Podman makes of it, "web.service"; null when systemd decides its name. */
  service: string | null
  /** Declares nothing until it is given an instance. */
  isTemplate: boolean
  /** systemd's words, "active/running"; "Not loaded": systemd has no such unit. null = not known. */
  state: string | null
  stateUnknownBecause: string | null
  /** Name of the container, pod, network or volume that it makes; null for other kinds, and when it is decided elsewhere. */
  makes: string | null
  /** Containers and pods: whether one of it runs. Networks and volumes: whether there is one of this name. */
  present: 'yes' | 'no' | 'unknown'
  /** Ids of its containers, its pod or its network, stopped ones too. */
  thingIds: string[]
  /** The lines that count of those that may be shown: names, wiring, security; of the file and its drop-ins. */
  lines: { file: string; line: number; key: string; value: string }[]
  problems: UnitIssue[]
  /** What PublishPort= opens when it runs. A pod's members have none of their own. */
  doors: UnitDoor[]
}

export interface UnitIssue {
  file: string
  line: number | null
  /** In Podman's own words where it has some. */
  message: string
  /** The form that is accepted. */
  accepted: string | null
  /** skipped: Podman makes no service of the file. fails: the service does not start. odd: it starts, and does something else.
   * unread: Podwire could not read it. */
  effect: 'skipped' | 'fails' | 'odd' | 'unread'
}

/** Consecutive ports that a file publishes. */
export interface UnitDoor {
  /** "" = every address, both families. */
  hostIp: string
  /** null: the engine takes a free one. */
  hostPort: number | null
  containerPort: number
  /** How many, from these on. */
  range: number
  protocol: Protocol
  scope: BindScope
  file: string
  line: number
}

/**
 * As it would stand if it ran, by the rules of what runs. Nothing of it is in the host's other lists, and nothing counts it. Ids
 * may lead there: a container that would join a running one is a member of that one's namespace.
 */
export interface Declared {
  networks: DeclaredNetwork[]
  /** Those that would be made; addresses only where a file gives them, and no listeners. */
  namespaces: Namespace[]
  pods: DeclaredPod[]
  containers: DeclaredContainer[]
}

interface OfUnit {
  /** Id of the file. */
  unitId: string
}
export interface DeclaredNetwork extends Network, OfUnit {}
export interface DeclaredPod extends Pod, OfUnit {}
export interface DeclaredContainer
  extends Pick<Container, 'id' | 'name' | 'namespaceId' | 'podId' | 'isInfra' | 'privileged' | 'capabilities'>,
    OfUnit {}

/** RFC 6902, the three operations that a diff needs. */
export type PatchOperation =
  | { op: 'add'; path: string; value: unknown }
  | { op: 'replace'; path: string; value: unknown }
  | { op: 'remove'; path: string }

/** The SSE event `patch`: turns the topology of revision `from` into that of `revision` = from + 1. */
export interface TopologyPatch {
  from: number
  revision: number
  generatedAt: string
  operations: PatchOperation[]
}

/**
 * What the exposure rules need to know of a container and the contract does not publish. Never sent as such: a finding
 * quotes what it needs as evidence.
 */
export interface ContainerFacts {
  networkMode: string
  /** Empty when inspected fully; else why not ("inspect answered 500", "container:… dangles", …). */
  incomplete: string[]
  /** Why this is what an earlier inspect said; null when it is not. Addresses are missing where they may have changed. */
  outdated?: string | null
  boundingCaps: readonly string[] | null
  securityOpt: readonly string[]
  pidMode: string | null
  ipcMode: string | null
  usernsMode: string | null
  readonlyRootfs: boolean | null
  /** null when inspect failed. Volumes that are bind mounts in disguise carry the device as source. */
  mounts:
    | readonly { type: string; source: string; destination: string; writable: boolean; propagation: string | null }[]
    | null
  devices: readonly string[] | null
  publishAllPorts: boolean | null
  restartPolicy: string | null
  extraHosts: readonly string[]
  exposedPorts: readonly string[]
  userModeOptions: { mode: 'pasta' | 'slirp4netns'; words: readonly string[] } | null
  rootfs: string | null
  selinuxType: string | null
  /** Podwire's own, from the command that created the container. */
  annotations: Readonly<Record<string, string>>
  /** Keys of those that may come from the image. */
  unaskedAnnotations: readonly string[]
}

export interface HostFacts {
  containers: Readonly<Record<string, ContainerFacts>>
  /** Network facts by network id that the contract leaves out. */
  networks: Readonly<
    Record<
      string,
      {
        options: Readonly<Record<string, string>>
        labels: Readonly<Record<string, string>>
        routes: readonly { destination: string; gateway: string | null }[]
        ipv6Enabled: boolean
      }
    >
  >
  forwarding: { ipv4: boolean; ipv6: boolean } | null
  /** Whose rules of netavark are in the kernel; "none" = there are none (firewall_driver=none, or flushed); null = not readable. */
  firewall: 'nftables' | 'iptables' | 'none' | null
  routes: readonly { destination: string; gateway: string | null; interface: string | null }[] | null
  /** Default routes by namespace id, both families; absent where not read. */
  defaultRoutes?: Readonly<Record<string, readonly { gateway: string; metric: number }[]>>
  /** Whether the host passes on what comes in by an interface, IPv4, by its name; absent = not read. */
  interfaceForwarding?: Readonly<Record<string, boolean>>
  /** netavark's rules for published ports, in the order in which the kernel tries them; absent = not read. */
  portForwards?: readonly ProbePortForward[]
  rootlessNetworkCmd: string | null
  rootlessPortForwarder: string | null
  networkBackend: string | null
  /** Volumes could not be read the last time: a bind mount may hide behind one. */
  volumesUnknown: boolean
  /** Quadlet files as they were read; absent = not known. */
  units?: readonly UnitRecord[]
  /** What of the quadlet files was left out, in words. */
  unitNotes?: readonly string[]
}

/** buildTopology's result for one host. */
export interface HostModel {
  host: Host
  facts: HostFacts
}
