/** Small builders for tests: a whole, plausible snapshot from the few facts that a test is about. */
import type { ContainerRecord, HostSnapshot, PodRecord } from '@/lib/collector/types'
import type {
  ContainerAttachment,
  ContainerDetail,
  ContainerSummary,
  EngineInfo,
  NetworkSummary,
  PodDetail,
  PodSummary,
  PortMapping,
  VolumeSummary,
} from '@/lib/podman/types'
import type { Known, ProbeFacts } from '@/lib/probe/types'

/** A full engine id that depends on nothing but the name. */
export function engineId(name: string): string {
  let hex = ''
  for (let round = 0; hex.length < 64; round++) {
    let hash = 0x811c9dc5 ^ Math.imul(round, 0x9e3779b1)
    for (const unit of name) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0
    hex += hash.toString(16).padStart(8, '0')
  }
  return hex
}

export interface ContainerSpec {
  /** Default engineId(name). */
  id?: string
  /** NetworkMode. Default "bridge". */
  mode?: string
  /** Own networks, by name, with their addresses. */
  networks?: Readonly<Record<string, readonly string[]>>
  ports?: readonly Partial<PortMapping>[]
  /** Default "running". */
  state?: ContainerSummary['state']
  /** Default: an inode of its own while running; give one to share it, null for "not listed". */
  netns?: string | null
  /** Name of its pod. */
  pod?: string
  infra?: boolean
  /** Inspect failed with this. */
  failed?: string
  summary?: Partial<ContainerSummary>
  detail?: Partial<ContainerDetail>
}

const LIVE: ReadonlySet<ContainerSummary['state']> = new Set(['running', 'paused', 'stopping', 'initialized'])

export const port = (spec: Partial<PortMapping>): PortMapping => ({
  hostIp: '',
  hostPort: 8080,
  containerPort: 80,
  range: 1,
  protocol: 'tcp',
  ...spec,
})

export const attachment = (networkName: string, addresses: readonly string[]): ContainerAttachment => ({
  networkName,
  networkId: null,
  addresses,
  mac: null,
  gateway: null,
  aliases: [],
})

export function container(name: string, spec: ContainerSpec = {}): ContainerRecord {
  const id = spec.id ?? engineId(name)
  const state = spec.state ?? 'running'
  const mode = spec.mode ?? 'bridge'
  const live = LIVE.has(state)
  const networks = Object.entries(spec.networks ?? {})
  const podId = spec.pod === undefined ? null : engineId(spec.pod)
  const summary: ContainerSummary = {
    id,
    name,
    image: 'localhost/busybox:latest',
    state,
    health: null,
    pid: live ? 1000 : null,
    podId,
    isInfra: spec.infra ?? false,
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: live ? '2026-01-01T00:00:01.000Z' : null,
    labels: {},
    networks: networks.map(([network]) => network),
    ports: (spec.ports ?? []).map(port),
    netns: spec.netns === undefined ? (live ? `inode of ${id}` : null) : spec.netns,
    problems: [],
    ...spec.summary,
  }
  const detail: ContainerDetail = {
    id,
    name,
    state,
    pid: summary.pid,
    conmonPid: null,
    podId,
    isInfra: summary.isInfra,
    isService: false,
    networkMode: mode,
    sandboxKey: null,
    attachments: networks.map(([network, addresses]) => attachment(network, live ? addresses : [])),
    portBindings: [],
    exposedPorts: [],
    publishAllPorts: false,
    privileged: false,
    capAdd: [],
    capDrop: [],
    boundingCaps: null,
    effectiveCaps: null,
    securityOpt: [],
    pidMode: 'private',
    ipcMode: 'shareable',
    utsMode: 'private',
    usernsMode: '',
    readonlyRootfs: false,
    mounts: [],
    devices: [],
    user: '',
    restartPolicy: null,
    extraHosts: [],
    dependencies: [],
    rootfs: null,
    selinuxType: null,
    annotations: {},
    unaskedAnnotations: [],
    userModeOptions: null,
    problems: [],
    ...spec.detail,
  }
  return spec.failed === undefined
    ? { summary, detail, problem: null }
    : { summary, detail: null, problem: spec.failed }
}

export const network = (name: string, spec: Partial<NetworkSummary> = {}): NetworkSummary => ({
  id: engineId(`network ${name}`),
  name,
  driver: 'bridge',
  networkInterface: `${name}0`,
  createdAt: '2026-01-01T00:00:00.000Z',
  subnets: [{ cidr: '10.89.0.0/24', gateway: '10.89.0.1', leaseRange: null }],
  routes: [],
  ipv6Enabled: false,
  internal: false,
  dnsEnabled: true,
  labels: {},
  options: {},
  ipamDriver: 'host-local',
  ...spec,
})

export interface PodSpec {
  /** Name of the infra container; default "NAME-infra"; null for a pod without. */
  infra?: string | null
  /** Default: net, ipc, uts. */
  shares?: readonly string[]
  hostNetwork?: boolean
  failed?: string
  summary?: Partial<PodSummary>
  detail?: Partial<PodDetail>
}

export function pod(name: string, spec: PodSpec = {}): PodRecord {
  const id = engineId(name)
  const infra = spec.infra === undefined ? `${name}-infra` : spec.infra
  const infraId = infra === null ? null : engineId(infra)
  const summary: PodSummary = {
    id,
    name,
    state: 'Running',
    createdAt: '2026-01-01T00:00:00.000Z',
    infraId,
    containerIds: [],
    networks: [],
    ...spec.summary,
  }
  const detail: PodDetail = {
    id,
    sharedNamespaces: spec.shares ?? ['ipc', 'net', 'uts'],
    hostNetwork: spec.hostNetwork ?? false,
    infraId,
    userModeOptions: null,
    ...spec.detail,
  }
  return spec.failed === undefined
    ? { summary, detail, problem: null }
    : { summary, detail: null, problem: spec.failed }
}

export const volume = (name: string, options: Record<string, string> = {}, driver = 'local'): VolumeSummary => ({
  name,
  driver,
  options,
})

export const engineInfo = (spec: Partial<EngineInfo> = {}): EngineInfo => ({
  podmanVersion: '5.4.2',
  hostname: 'lab',
  rootless: false,
  networkBackend: 'netavark',
  netavarkVersion: '1.14.0',
  dnsVersion: '1.14.0',
  defaultNetwork: null,
  rootlessNetworkCmd: 'pasta',
  rootlessPortForwarder: null,
  eventLogger: 'journald',
  ...spec,
})

export const known = <T>(value: T): Known<T> => ({ known: true, value, source: 'test' })
export const notKnown = (because: string): Known<never> => ({ known: false, because })

/** A probe that could read nothing. */
export const blindProbe = (spec: Partial<ProbeFacts> = {}): ProbeFacts => ({
  available: false,
  reason: 'not on this machine',
  hostNetns: null,
  hostNetnsIsOwn: false,
  interfaces: notKnown('not on this machine'),
  routes: notKnown('not on this machine'),
  forwarding: notKnown('not on this machine'),
  unprivilegedPortStart: notKnown('not on this machine'),
  firewall: notKnown('not on this machine'),
  hostListeners: notKnown('not on this machine'),
  listenersByNetns: {},
  ...spec,
})

/** A probe that read everything of a quiet host with netavark's rules in place. */
export const probe = (spec: Partial<ProbeFacts> = {}): ProbeFacts => ({
  available: true,
  reason: null,
  hostNetns: 'inode of the host',
  hostNetnsIsOwn: true,
  interfaces: known([
    {
      name: 'lo',
      index: 1,
      kind: 'loopback',
      mac: null,
      mtu: 65_536,
      addresses: ['127.0.0.1/8', '::1/128'],
      up: true,
      master: null,
      parent: null,
    },
    {
      name: 'eth0',
      index: 2,
      kind: 'physical',
      mac: null,
      mtu: 1500,
      addresses: ['198.51.100.2/24', '2001:db8:1::2/64'],
      up: true,
      master: null,
      parent: null,
    },
  ]),
  routes: known([{ destination: '0.0.0.0/0', gateway: '198.51.100.1', interface: 'eth0' }]),
  forwarding: known({ ipv4: true, ipv6: true }),
  unprivilegedPortStart: known(1024),
  firewall: known('nftables'),
  hostListeners: known([]),
  listenersByNetns: {},
  ...spec,
})

/** One rootful host, "root", on netavark 1.14 with the default network and whatever `spec` replaces. */
export const snapshot = (spec: Partial<HostSnapshot> = {}): HostSnapshot => ({
  connection: {
    id: 'root',
    name: 'root',
    uri: 'unix:///run/podman/podman.sock',
    transport: 'unix',
    path: '/run/podman/podman.sock',
    foundBy: 'the rootful socket',
    ownerUid: 0,
  },
  revision: 1,
  status: 'live',
  problem: null,
  readAt: '2026-01-01T00:00:00.000Z',
  info: engineInfo(),
  podmanVersion: '5.4.2',
  machine: 'lab',
  rootless: false,
  containers: [],
  networks: [
    network('podman', {
      dnsEnabled: false,
      subnets: [{ cidr: '10.88.0.0/16', gateway: '10.88.0.1', leaseRange: null }],
    }),
  ],
  pods: [],
  volumes: [],
  probe: blindProbe(),
  ...spec,
})
