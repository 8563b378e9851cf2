/** The host that quadlet files declare: what would be there if all of them ran, as a snapshot like that of an engine. */
import type { ContainerRecord, HostSnapshot, PodRecord, UnitRecord } from '@/lib/collector/types'
import type { NetworkSummary } from '@/lib/podman/types'
import type { DeclaredUnit } from '@/lib/quadlet/types'
import { openPorts, recordOfUnit, type Wiring } from './declared-container'
import { DEFAULT_NETWORK } from './networks'

/** What no file says of the host that they are meant for. */
export interface DeclaredFor {
  /** Of the host, for people. */
  name: string
  rootless: boolean
  /** Version of its Podman, "5.4.2"; null = not known: what depends on it is unknown then. */
  podman: string | null
  /** Of its netavark, "1.14.0", which decides who reaches whom; null = not known. */
  netavark: string | null
}

const NOT_A_HOST = 'these are files: there is no host'
const notKnown = { known: false, because: NOT_A_HOST } as const

/**
 * A snapshot for buildTopology. Templates, kubes and files that Podman does not take declare nothing that could be drawn: they
 * stand in the notes of `units`.
 */
export function declaredSnapshot(records: readonly UnitRecord[], host: DeclaredFor): HostSnapshot {
  const units = records
    .map(({ unit }) => unit)
    .filter(unit => unit.problems.every(({ effect }) => effect !== 'skipped'))
  const byName = new Map(units.map(unit => [unit.name, unit]))
  const networks = networksOf(units)
  const pods = units.filter(({ kind }) => kind === 'pod')
  const record = (unit: DeclaredUnit) => recordOfUnit(unit, wiringOf(unit, byName, host))
  const infras = pods.map(record)
  const containers = units.filter(({ kind, isTemplate }) => kind === 'container' && !isTemplate).map(record)
  return {
    connection: {
      id: 'files',
      name: host.name,
      uri: 'recording:files',
      transport: 'recording',
      path: null,
      foundBy: 'the files',
      ownerUid: null,
    },
    revision: 1,
    status: 'live',
    problem: null,
    // As if it had been read: there is no time to tell.
    readAt: '1970-01-01T00:00:00.000Z',
    info: {
      podmanVersion: host.podman,
      hostname: null,
      rootless: host.rootless,
      networkBackend: 'netavark',
      netavarkVersion: host.netavark,
      dnsVersion: null,
      defaultNetwork: null,
      rootlessNetworkCmd: null,
      rootlessPortForwarder: null,
      eventLogger: null,
    },
    podmanVersion: host.podman,
    machine: host.name,
    rootless: host.rootless,
    containers: [...infras, ...containers],
    networks,
    pods: pods.map(unit => podOf(unit, containers)),
    volumes: [],
    probe: {
      available: false,
      reason: NOT_A_HOST,
      hostNetns: null,
      hostNetnsIsOwn: false,
      interfaces: notKnown,
      routes: notKnown,
      forwarding: notKnown,
      unprivilegedPortStart: notKnown,
      firewall: notKnown,
      hostListeners: notKnown,
      listenersByNetns: {},
    },
    units: { known: true, units: records, notes: units.flatMap(notesOf) },
  }
}

function notesOf(unit: DeclaredUnit): string[] {
  if (unit.isTemplate) return [`${unit.name}: a template declares nothing without an instance`]
  if (unit.kind === 'kube') return [`${unit.name}: what its YAML declares is not read`]
  return openPorts(unit)
}

/** Podman's own name, or that of the file where systemd decides it. */
export const nameOf = (unit: DeclaredUnit): string => unit.resource ?? unit.name.slice(0, unit.name.lastIndexOf('.'))

/** Id of the infra container of the pod that a file of this name declares. */
export const infraId = (pod: string): string => `${pod} infra`

/** What decides where a container without Network= stands. */
export interface Defaults {
  rootless: boolean
  podman: string | null
  /** "pasta" | "slirp4netns"; absent or null: as the version has it. */
  rootlessNetworkCmd?: string | null
  defaultNetwork?: string | null
}

/** How the container of a file, or the infra container of its pod, is wired. Ids are the names of files. */
export function wiringOf(unit: DeclaredUnit, byName: ReadonlyMap<string, DeclaredUnit>, host: Defaults): Wiring {
  const isPod = unit.kind === 'pod'
  const own = {
    podId: isPod ? unit.name : unit.pod,
    isInfra: isPod,
    id: isPod ? infraId(unit.name) : unit.name,
    name: isPod ? `${nameOf(unit)}-infra` : nameOf(unit),
    networks: [],
    rootless: host.rootless,
    problems: unit.hidden.length === 0 ? [] : [`PodmanArgs= has ${unit.hidden.join(', ')}, so its wiring is not known`],
  }
  if (unit.pod !== null) return { ...own, mode: `container:${infraId(unit.pod)}` }
  const [first] = unit.networks
  if (first === undefined) return { ...own, ...privateMode(host) }
  const { value } = first
  switch (value.kind) {
    case 'host':
    case 'none':
    case 'pasta':
    case 'slirp4netns':
      return { ...own, mode: value.kind }
    case 'path':
      return { ...own, mode: first.at.value }
    case 'private':
      return first.at.value.startsWith('bridge')
        ? { ...own, mode: 'bridge', networks: [host.defaultNetwork ?? DEFAULT_NETWORK] }
        : { ...own, ...privateMode(host) }
    case 'join':
      return { ...own, mode: `container:${idNamed(first.name ?? value.container, byName)}` }
    case 'unit':
      if (byName.get(value.unit)?.kind === 'container') return { ...own, mode: `container:${value.unit}` }
      return { ...own, ...onNetworks(unit) }
    case 'network':
      return { ...own, ...onNetworks(unit) }
  }
}

const onNetworks = (unit: DeclaredUnit) => ({
  mode: 'bridge',
  networks: [...new Set(unit.networks.flatMap(({ name }) => name ?? []))],
})

/** The engine's id of the container of this name; the name itself when no file declares it. */
const idNamed = (name: string, byName: ReadonlyMap<string, DeclaredUnit>): string =>
  [...byName.values()].find(unit => unit.kind === 'container' && unit.resource === name)?.name ?? name

/** https://github.com/containers/podman/blob/v5.8.2/pkg/specgen/namespaces.go: pasta since 5.0, slirp4netns before. */
function privateMode(host: Defaults): { mode: string; networks: string[] } {
  if (!host.rootless) return { mode: 'bridge', networks: [host.defaultNetwork ?? DEFAULT_NETWORK] }
  return {
    mode: host.rootlessNetworkCmd ?? (host.podman?.startsWith('4.') === true ? 'slirp4netns' : 'pasta'),
    networks: [],
  }
}

/** The pod of a file, with these of its members. */
export function podOf(unit: DeclaredUnit, containers: readonly ContainerRecord[]): PodRecord {
  const infra = infraId(unit.name)
  const members = containers.flatMap(({ summary }) => (summary.podId === unit.name ? summary.id : []))
  return {
    summary: {
      id: unit.name,
      name: nameOf(unit),
      state: 'Running',
      createdAt: null,
      infraId: infra,
      containerIds: [infra, ...members],
      networks: [],
    },
    detail: {
      id: unit.name,
      sharedNamespaces: ['ipc', 'net', 'uts'],
      hostNetwork: unit.networks.some(({ value }) => value.kind === 'host'),
      infraId: infra,
      userModeOptions: null,
    },
    problem: null,
  }
}

/** Those of the files, and the one that every engine has. */
function networksOf(units: readonly DeclaredUnit[]): NetworkSummary[] {
  const networks = new Map<string, NetworkSummary>()
  const add = (name: string, given: Partial<NetworkSummary>) =>
    networks.set(name, { ...PLAIN, id: name, name, ...given })
  add(DEFAULT_NETWORK, { dnsEnabled: false })
  for (const unit of units) {
    const given = unit.isTemplate ? null : settingsOf(unit)
    if (given !== null) add(nameOf(unit), given)
  }
  return [...networks.values()]
}

function settingsOf({ settings }: DeclaredUnit): Partial<NetworkSummary> | null {
  if (settings === null) return null
  const options = Object.fromEntries(settings.options.map(({ key, value }) => [key, value]))
  return {
    driver: settings.driver ?? 'bridge',
    networkInterface: settings.interfaceName ?? options['parent'] ?? null,
    subnets: settings.subnets.map((cidr, index) => ({
      cidr,
      gateway: settings.gateways[index] ?? null,
      leaseRange: null,
    })),
    ipv6Enabled: settings.ipv6 ?? settings.subnets.some(cidr => cidr.includes(':')),
    internal: settings.internal ?? false,
    dnsEnabled: !(settings.disableDns ?? false),
    options,
  }
}

/** The network of a file; its id is the name of the file. */
export const networkOf = (unit: DeclaredUnit): NetworkSummary => ({
  ...PLAIN,
  id: unit.name,
  name: nameOf(unit),
  ...settingsOf(unit),
})

const PLAIN: Omit<NetworkSummary, 'id' | 'name'> = {
  driver: 'bridge',
  networkInterface: null,
  createdAt: null,
  subnets: [],
  routes: [],
  ipv6Enabled: false,
  internal: false,
  dnsEnabled: true,
  labels: {},
  options: {},
  ipamDriver: null,
}
