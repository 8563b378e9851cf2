/** Builders for tests: a host in a few words, and rules run on it as the engine runs them. */
import type { HostSnapshot } from '@/lib/collector/types'
import { declareUnits } from '@/lib/quadlet/declare'
import { buildTopology } from '@/lib/topology/build'
import * as ids from '@/lib/topology/ids'
import * as snapshots from '@/lib/topology/testing'
import type {
  Container,
  ContainerFacts,
  Host,
  HostFacts,
  HostModel,
  Interface,
  Listener,
  Namespace,
  NamespaceKind,
  Network,
  PublishedPort,
} from '@/lib/topology/types'
import { examine } from './engine'
import { fingerprint } from './fingerprint'
import type { FindingsReport, Rule, Settings } from './types'

export interface ContainerSpec extends Partial<Omit<Container, 'id' | 'name' | 'namespaceId' | 'podId'>> {
  name: string
  /** Addresses by network; a namespace of kind "private" unless `mode` says otherwise. */
  networks?: Record<string, string[]>
  mode?: NamespaceKind
  /** Name of the container whose namespace it shares. */
  joins?: string
  /** Name of its pod; the pod's infra container, made by `infra`, owns the namespace. */
  pod?: string
  ports?: PublishedPort[]
  listeners?: Listener[]
  facts?: Partial<ContainerFacts>
}

export interface HostSpec {
  rootless?: boolean | null
  containers?: ContainerSpec[]
  networks?: NetworkSpec[]
  interfaces?: Interface[] | null
  listeners?: Listener[] | null
  host?: Partial<Host>
  facts?: Partial<HostFacts>
}

export interface NetworkSpec extends Partial<Network> {
  name: string
  options?: Record<string, string>
  labels?: Record<string, string>
  routes?: { destination: string; gateway: string | null }[]
}

const HOST = 'test'
const engineId = (name: string) => fingerprint(name) + fingerprint(`${name}'`)
export const containerId = (name: string): string => ids.containerId(HOST, engineId(name))
const namespaceId = (name: string) => ids.namespaceId(HOST, name === 'host' ? name : engineId(name))

export const door = (given: Partial<PublishedPort> = {}): PublishedPort => ({
  hostIp: '',
  hostPort: 8080,
  containerPort: 80,
  protocol: 'tcp',
  ownerId: '',
  scope: 'wildcard',
  forwarded: 'yes',
  because: 'measured',
  ...given,
})

export const listener = (given: Partial<Listener> = {}): Listener => ({
  address: '0.0.0.0',
  port: 80,
  protocol: 'tcp',
  containerId: null,
  process: null,
  ...given,
})

const plainFacts: ContainerFacts = {
  networkMode: 'bridge',
  incomplete: [],
  boundingCaps: [],
  securityOpt: [],
  pidMode: 'private',
  ipcMode: 'shareable',
  usernsMode: '',
  readonlyRootfs: false,
  mounts: [],
  devices: [],
  publishAllPorts: false,
  restartPolicy: null,
  extraHosts: [],
  exposedPorts: [],
  userModeOptions: null,
  rootfs: null,
  selinuxType: null,
  annotations: {},
  unaskedAnnotations: [],
}

export const network = (spec: NetworkSpec): Network => {
  const { options: _options, labels: _labels, routes: _routes, ...given } = spec
  return {
    id: ids.networkId(HOST, engineId(spec.name)),
    driver: 'bridge',
    mode: null,
    interface: null,
    subnets: [],
    internal: false,
    dns: true,
    isDefault: false,
    vlan: null,
    mtu: null,
    isolation: { configured: null, effective: 'none', because: 'netavark 1.x leaves it open' },
    ...given,
  }
}

const modeWords: Record<NamespaceKind, string> = {
  host: 'host',
  private: 'bridge',
  none: 'none',
  pasta: 'pasta',
  slirp4netns: 'slirp4netns',
  path: 'ns:/run/netns/blue',
  rootless: 'bridge',
}

/** A consistent model. Join by naming the owner; a pod's infra container is a spec with `isInfra: true` and `pod`. */
export function model(spec: HostSpec = {}): HostModel {
  const specs = spec.containers ?? []
  const hostNamespace: Namespace = {
    id: namespaceId('host'),
    kind: 'host',
    ownerId: null,
    memberIds: [],
    podId: null,
    attachments: [],
    published: [],
    listeners: spec.listeners ?? null,
    listenersUnknownBecause: spec.listeners ? null : 'not probed',
  }
  const namespaces = new Map([['host', hostNamespace]])
  const podId = (name: string) => ids.podId(HOST, engineId(name))
  const ownerOf = (one: ContainerSpec): ContainerSpec => {
    if (one.pod !== undefined && one.isInfra !== true) {
      const infra = specs.find(other => other.pod === one.pod && other.isInfra === true)
      if (infra) return infra
    }
    const joined = specs.find(other => other.name === one.joins)
    return joined ? ownerOf(joined) : one
  }
  const keyOf = (one: ContainerSpec) => (ownerOf(one).mode === 'host' ? 'host' : ownerOf(one).name)
  for (const one of specs) {
    if (ownerOf(one) !== one || one.mode === 'host') continue
    namespaces.set(one.name, {
      ...hostNamespace,
      id: namespaceId(one.name),
      kind: one.mode ?? 'private',
      ownerId: containerId(one.name),
      memberIds: [],
      podId: one.pod === undefined ? null : podId(one.pod),
      attachments: Object.entries(one.networks ?? {}).map(([networkName, addresses]) => ({
        networkName,
        addresses,
        mac: null,
        aliases: [],
      })),
      published: (one.ports ?? []).map(port => ({ ...port, ownerId: containerId(one.name) })),
      listeners: one.listeners ?? null,
      listenersUnknownBecause: one.listeners ? null : 'not probed',
    })
  }
  const containers = specs.map((one): Container => {
    const { networks: _n, mode: _m, joins: _j, pod, ports: _p, listeners: _l, facts: _f, name, ...given } = one
    const namespace = namespaces.get(keyOf(one)) ?? hostNamespace
    namespace.memberIds.push(containerId(name))
    return {
      id: containerId(name),
      name,
      image: 'localhost/busybox',
      state: 'running',
      namespaceId: namespace.id,
      podId: pod === undefined ? null : podId(pod),
      isInfra: false,
      createdAt: null,
      startedAt: null,
      unit: null,
      health: null,
      privileged: false,
      capabilities: [],
      labels: {},
      engine: null,
      ...given,
    }
  })
  const networks = (spec.networks ?? []).map(network)
  const infraKey = (pod: string) => {
    const infra = specs.find(one => one.pod === pod && one.isInfra === true)
    return infra ? keyOf(infra) : ''
  }
  const podNames = [...new Set(specs.flatMap(one => one.pod ?? []))]
  const facts = (one: ContainerSpec): ContainerFacts => {
    const owner = ownerOf(one)
    const networkMode = owner === one ? modeWords[one.mode ?? 'private'] : `container:${engineId(owner.name)}`
    return { ...plainFacts, networkMode, ...one.facts }
  }
  return {
    host: {
      id: HOST,
      name: 'testhost',
      machine: 'testhost',
      source: 'socket',
      rootless: spec.rootless === undefined ? false : spec.rootless,
      status: 'live',
      ageSeconds: 0,
      problem: null,
      engine: { podman: '5.4.2', netavark: '1.14.0', defaultNetwork: 'podman' },
      probe: { available: true, reason: null },
      interfaces: spec.interfaces === undefined ? [] : spec.interfaces,
      networks,
      namespaces: [...namespaces.values()],
      pods: podNames.map(name => ({
        id: podId(name),
        name,
        namespaceId: namespaces.get(infraKey(name))?.id ?? null,
        containerIds: specs.filter(one => one.pod === name).map(one => containerId(one.name)),
      })),
      containers,
      units: [],
      nestedIn: null,
      enginesUnknownBecause: null,
      declared: null,
      unitsUnknownBecause: null,
      ...spec.host,
    },
    facts: {
      containers: Object.fromEntries(specs.map(one => [containerId(one.name), facts(one)])),
      networks: Object.fromEntries(
        (spec.networks ?? []).map((one, i) => [
          networks[i]?.id ?? '',
          { options: one.options ?? {}, labels: one.labels ?? {}, routes: one.routes ?? [], ipv6Enabled: false },
        ]),
      ),
      forwarding: { ipv4: true, ipv6: false },
      routes: [],
      rootlessNetworkCmd: null,
      rootlessPortForwarder: null,
      networkBackend: 'netavark',
      firewall: null,
      volumesUnknown: false,
      ...spec.facts,
    },
  }
}

/** A container whose inspect failed. */
export const unread = (name: string, given: Partial<ContainerSpec> = {}): ContainerSpec => ({
  name,
  ...given,
  facts: { ...given.facts, incomplete: ['inspect answered 500'] },
})

/** One rule, as the engine runs it. */
export const run = (rule: Rule, spec: HostSpec, settings: Partial<Settings> = {}): FindingsReport =>
  examine([model(spec)], { rules: [rule], settings })

/** Names of the subjects that a rule hits. */
export const hitsOf = (rule: Rule, spec: HostSpec): string[] =>
  run(rule, spec).findings.map(finding => finding.subject.name)

/** What a rule could not tell; the lines that every report has are left out. */
export const unknownOf = (rule: Rule, spec: HostSpec): string[] =>
  run(rule, spec).notExamined.filter(line => line !== 'host firewall')

/** Files in the admin's directory by name, or with the time of their change. */
export type Files = Readonly<Record<string, string | { text: string; modifiedAt: string }>>

/** One rule on a host with these quadlet files, and what of the snapshot the test is about. */
export function runOnFiles(rule: Rule, files: Files, given: Partial<HostSnapshot> = {}): FindingsReport {
  const texts = Object.entries(files).map(([name, file]) => ({
    path: `/etc/containers/systemd/${name}`,
    text: typeof file === 'string' ? file : file.text,
    dropIns: [],
    modifiedAt: typeof file === 'string' ? null : file.modifiedAt,
  }))
  const times = new Map(texts.map(({ path, modifiedAt }) => [path, modifiedAt]))
  const units = declareUnits(texts, { podman: given.podmanVersion ?? null }).map(unit => ({
    unit,
    modifiedAt: times.get(unit.path) ?? null,
    systemd: null,
    systemdUnknownBecause: 'the test',
  }))
  const read = { known: true as const, units, notes: [] }
  return examine([buildTopology(snapshots.snapshot({ units: read, probe: snapshots.probe(), ...given }))], {
    rules: [rule],
  })
}

/** A container of a service. */
export const ofService = (service: string): Pick<snapshots.ContainerSpec, 'summary'> => ({
  summary: { labels: { PODMAN_SYSTEMD_UNIT: service } },
})
