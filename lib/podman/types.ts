/**
 * What Podwire keeps of Podman's answers: the wire shapes of every generation (4.x, 5.x, 6.x), normalised once here.
 *
 * A field that is not listed does not leave lib/podman. Env, Cmd, CreateCommand, health logs, secrets and labels outside
 * the allow-list are dropped by the schemas, so that no later stage can leak what it never had.
 */

/** Transport protocols that a port mapping may name. */
export type Protocol = 'tcp' | 'udp' | 'sctp'

/** One published mapping. `range` consecutive ports start at `hostPort` and `containerPort` (1 = a single port). */
export interface PortMapping {
  /** As the list endpoint gives it: "" means every address of both families; never rewritten to 0.0.0.0. */
  hostIp: string
  hostPort: number
  containerPort: number
  range: number
  protocol: Protocol
}

/**
 * The rows of a list endpoint. `problems` says in words what of the answer could not be used: rows that were left out,
 * and parts of rows whose type has no place for it.
 */
export type Listed<T> = T[] & { readonly problems?: readonly string[] }

/** Container states of libpod, https://github.com/containers/podman/blob/v5.8.2/libpod/define/containerstate.go */
export type ContainerState =
  | 'created'
  | 'initialized'
  | 'running'
  | 'paused'
  | 'stopping'
  | 'stopped'
  | 'exited'
  | 'removing'
  | 'unknown'

/** GET /info, the part that decides behaviour. Absent in the answer = null. */
export interface EngineInfo {
  /** "5.4.2" */
  podmanVersion: string | null
  hostname: string | null
  rootless: boolean | null
  /** "netavark" | "cni" */
  networkBackend: string | null
  /** "1.14.0", from networkBackendInfo.version "netavark 1.14.0"; absent before Podman 4.6. */
  netavarkVersion: string | null
  dnsVersion: string | null
  /** networkBackendInfo.defaultNetwork (5.8+); null = not said, which means "podman". */
  defaultNetwork: string | null
  /** "pasta" | "slirp4netns" (5.1+). */
  rootlessNetworkCmd: string | null
  /** 6.0+: "rootlessport" | "pasta". */
  rootlessPortForwarder: string | null
  /** "journald" | "file" | "none" */
  eventLogger: string | null
}

/** One row of GET /containers/json?all=true&namespace=true. */
export interface ContainerSummary {
  /** Full 64-hex id. */
  id: string
  name: string
  image: string
  state: ContainerState
  /** "healthy" | "unhealthy" | "starting"; null without a healthcheck. */
  health: string | null
  /** Pid in the engine's pid namespace; null when not running. */
  pid: number | null
  podId: string | null
  isInfra: boolean
  /** ISO 8601. */
  createdAt: string | null
  startedAt: string | null
  /** Allow-listed keys only, see labels.ts. */
  labels: Readonly<Record<string, string>>
  /** The container's own networks, by name; empty for joiners, host, none, pasta. */
  networks: readonly string[]
  /** Of the namespace's owner: joiners and pod members repeat them. */
  ports: readonly PortMapping[]
  /** Inode of its network namespace, only while running: the best ground truth for "shares a namespace". */
  netns: string | null
  /** Port mappings that could not be understood, in words. */
  problems: readonly string[]
}

/** One entry of NetworkSettings.Networks. Addresses are empty while stopped. */
export interface ContainerAttachment {
  networkName: string
  /** Name up to 5.3, id from 5.4. */
  networkId: string | null
  /** Without prefix length, IPv4 first; secondary addresses included. */
  addresses: readonly string[]
  mac: string | null
  /** "<nil>" and "" are null. */
  gateway: string | null
  aliases: readonly string[]
}

/** Mounts[] of inspect. */
export interface ContainerMount {
  type: string
  /** Host path for binds, name for volumes. */
  source: string
  destination: string
  writable: boolean
  propagation: string | null
  /** Volume name, for type "volume". */
  name: string | null
}

/** The pasta and slirp4netns option words that are known and harmless to show; everything else of a command line is dropped. */
export interface UserModeNetworkOptions {
  mode: 'pasta' | 'slirp4netns'
  /** e.g. ["--map-gw", "-T", "5432"] or ["allow_host_loopback=true"] */
  words: readonly string[]
}

/** GET /containers/{id}/json. */
export interface ContainerDetail {
  id: string
  name: string
  state: ContainerState
  /** As in the list, where 4.3 leaves it empty; absent when the answer has no such field. */
  health?: string | null
  pid: number | null
  conmonPid: number | null
  podId: string | null
  isInfra: boolean
  isService: boolean
  /** "bridge" | "host" | "none" | "container:<id>" | "ns:<path>" | "pasta" | "slirp4netns[:opts]" | … */
  networkMode: string
  sandboxKey: string | null
  /** null = the field is absent (pasta and slirp4netns while running), which is not the same as "no network". */
  attachments: readonly ContainerAttachment[] | null
  /** Own bindings only (empty for joiners); 5.x writes 0.0.0.0 for an unset host address, so prefer the list's ports. */
  portBindings: readonly PortMapping[]
  /** "80/tcp" declared by the image or --expose. */
  exposedPorts: readonly string[]
  publishAllPorts: boolean
  privileged: boolean
  capAdd: readonly string[]
  capDrop: readonly string[]
  /** null when the answer has no such field. */
  boundingCaps: readonly string[] | null
  effectiveCaps: readonly string[] | null
  securityOpt: readonly string[]
  pidMode: string
  ipcMode: string
  utsMode: string
  usernsMode: string
  readonlyRootfs: boolean
  mounts: readonly ContainerMount[]
  /** PathOnHost of HostConfig.Devices. */
  devices: readonly string[]
  user: string
  restartPolicy: string | null
  /** "name:address" */
  extraHosts: readonly string[]
  dependencies: readonly string[]
  /** Rootfs path when the container runs from one (QM does), else null. */
  rootfs: string | null
  /** SELinux type of the process label, e.g. "qm_t"; null when unlabelled. */
  selinuxType: string | null
  /** Only keys below io.podwire. that the command which created the container has: no image can set those. */
  annotations: Readonly<Record<string, string>>
  /** Other keys below io.podwire. : of the image, or of who created it without a command line. */
  unaskedAnnotations: readonly string[]
  userModeOptions: UserModeNetworkOptions | null
  /** Fields that were there and could not be understood, in words. */
  problems: readonly string[]
}

/** GET /pods/json and GET /pods/{id}/json, joined. */
export interface PodSummary {
  id: string
  name: string
  state: string
  createdAt: string | null
  infraId: string | null
  containerIds: readonly string[]
  networks: readonly string[]
}
export interface PodDetail {
  id: string
  /** Contains "net" when members share the infra's network namespace. */
  sharedNamespaces: readonly string[]
  hostNetwork: boolean
  infraId: string | null
  userModeOptions: UserModeNetworkOptions | null
}

/** One row of GET /networks/json. */
export interface NetworkSummary {
  id: string
  name: string
  driver: string
  /** The bridge, or the parent of macvlan/ipvlan; not unique. */
  networkInterface: string | null
  createdAt: string | null
  subnets: readonly {
    cidr: string
    gateway: string | null
    leaseRange: { start: string | null; end: string | null } | null
  }[]
  routes: readonly { destination: string; gateway: string | null }[]
  ipv6Enabled: boolean
  internal: boolean
  dnsEnabled: boolean
  /** Allow-listed keys only. */
  labels: Readonly<Record<string, string>>
  /** isolate, mtu, vlan, mode, vrf, metric, no_default_route, … values are strings. */
  options: Readonly<Record<string, string>>
  /** "host-local" | "dhcp" | "none" */
  ipamDriver: string | null
}

/** One row of GET /volumes/json: what is needed to see a bind mount in disguise. */
export interface VolumeSummary {
  name: string
  driver: string
  /** Options.type, Options.o and Options.device only. */
  options: Readonly<Record<string, string>>
}

/** One line of GET /events. */
export interface EngineEvent {
  /** "container" | "pod" | "network" | … */
  type: string
  action: string
  /** Actor.ID; for network connect and disconnect it is the container's id. "" when the engine gave none that is one. */
  id: string
  name: string | null
}

/**
 * Every way an exchange with an engine can fail.
 * `missing` no socket file · `denied` EACCES · `refused` nobody listens · `not-a-socket` · `not-podman` something answers and
 * it is not libpod · `docker-only` it speaks Docker's API and not libpod's · `timeout` · `reset` the connection broke ·
 * `http` an error status · `malformed` not the JSON we know · `too-large` · `aborted` by us · `unsupported` transport
 */
export type PodmanErrorCode =
  | 'missing'
  | 'denied'
  | 'refused'
  | 'not-a-socket'
  | 'not-podman'
  | 'docker-only'
  | 'timeout'
  | 'reset'
  | 'http'
  | 'malformed'
  | 'too-large'
  /** This process has no file descriptor left to connect with. */
  | 'exhausted'
  | 'aborted'
  | 'unsupported'

/** Where an engine is, as Podman itself would find it. */
export interface Connection {
  /** URL-safe, stable over restarts, unique: "root", "user-1000", "env", the connection's name, "demo". */
  id: string
  /** For people. */
  name: string
  /** unix:///…, ssh://…, tcp://… ; userinfo removed. For a recording: recording:NAME. */
  uri: string
  transport: 'unix' | 'ssh' | 'tcp' | 'recording'
  /** Path for unix sockets and recordings, else null. */
  path: string | null
  /** How it was found, in words: "CONTAINER_HOST", "podman-connections.json", … */
  foundBy: string
  /** Owner of the socket file, when it could be read: 0 means rootful. */
  ownerUid: number | null
  /** Of an engine that runs inside a container of another one. */
  nestedIn?: NestedIn
}

/** The container that an engine runs in, as it was when its socket was opened. */
export interface NestedIn {
  /** Id of the outer engine's connection. */
  hostId: string
  /** The container's full id. */
  containerId: string
  /** Inode of the container's network namespace; null when the outer engine did not tell. */
  netns: string | null
  /** Name of the outer machine when the container is in its own network namespace, else null. */
  machine: string | null
}

/**
 * The ten GETs, and nothing else, of one engine. Implemented over a unix socket and over a recording.
 * Every method rejects with PodmanError only. Ids given to container() and pod() must be full 64-hex ids of the lists.
 */
export interface PodmanClient {
  readonly connection: Connection
  /** Libpod-API-Version of the answer, e.g. "5.4.2". */
  ping(signal?: AbortSignal): Promise<{ version: string | null }>
  version(signal?: AbortSignal): Promise<{ podmanVersion: string | null }>
  info(signal?: AbortSignal): Promise<EngineInfo>
  containers(signal?: AbortSignal): Promise<Listed<ContainerSummary>>
  container(id: string, signal?: AbortSignal): Promise<ContainerDetail>
  networks(signal?: AbortSignal): Promise<Listed<NetworkSummary>>
  pods(signal?: AbortSignal): Promise<Listed<PodSummary>>
  pod(id: string, signal?: AbortSignal): Promise<PodDetail>
  volumes(signal?: AbortSignal): Promise<Listed<VolumeSummary>>
  /**
   * Follows events until the peer closes or `signal` aborts, which both end it quietly, or an error, which is thrown. A
   * line that is not an event yields `malformed`.
   * `onOpen` is called once the engine has accepted the request (which some versions only say with the first event).
   */
  events(signal: AbortSignal, onOpen?: () => void): AsyncIterable<EngineEvent | 'malformed'>
  /** Counts for metrics: calls and errors by path template. */
  readonly counters: Readonly<Record<string, { calls: number; errors: number }>>
  close(): Promise<void>
}
