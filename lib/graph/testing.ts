/** Small builders of topologies, and random ones, for tests and benches. */
import fc from 'fast-check'
import type { FindingsReport, Severity, Subject } from '@/lib/exposure/types'
import type { Protocol } from '@/lib/podman/types'
import type {
  Attachment,
  BindScope,
  Container,
  Host,
  Namespace,
  NamespaceKind,
  Network,
  PublishedPort,
  Topology,
} from '@/lib/topology/types'

const hex = (text: string) => {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0').repeat(8)
}

export const network = (name: string, over: Partial<Network> = {}): Network => ({
  id: `root:network:${hex(name)}`,
  name,
  driver: 'bridge',
  mode: null,
  interface: `br-${name.slice(0, 8)}`,
  subnets: [{ cidr: '10.89.0.0/24', gateway: '10.89.0.1' }],
  internal: false,
  dns: true,
  isDefault: name === 'podman',
  vlan: null,
  mtu: null,
  isolation: { configured: null, effective: 'none', because: 'unset' },
  ...over,
})

export interface Placement {
  name: string
  /** Names of networks, or one of the other kinds. */
  on: string[] | Exclude<NamespaceKind, 'private' | 'rootless'>
  ports?: Partial<PublishedPort>[]
  state?: Container['state']
  health?: string
  privileged?: boolean
  /** Shares the namespace of the container of that name. */
  joins?: string
  pod?: string
}

const container = (id: string, placement: Placement, namespaceId: string, podId: string | null): Container => ({
  id,
  name: placement.name,
  image: `docker.io/library/${placement.name.replace(/\d+$/, '')}:latest`,
  state: placement.state ?? 'running',
  namespaceId,
  podId,
  isInfra: false,
  createdAt: '2026-11-01T00:00:00Z',
  startedAt: '2026-11-01T00:00:00Z',
  unit: null,
  health: placement.health ?? null,
  privileged: placement.privileged ?? false,
  capabilities: [],
  labels: {},
  engine: null,
})

/** A host with these networks and containers, in the shape buildTopology gives. */
export function host(networks: Network[], placements: Placement[], over: Partial<Host> = {}): Host {
  const id = over.id ?? 'root'
  const namespaces = new Map<string, Namespace>()
  const hostNamespace: Namespace = {
    id: `${id}:namespace:host`,
    kind: 'host',
    ownerId: null,
    memberIds: [],
    podId: null,
    attachments: [],
    published: [],
    listeners: null,
    listenersUnknownBecause: 'not read',
  }
  namespaces.set(hostNamespace.id, hostNamespace)
  const pods = new Map<string, { id: string; name: string; namespaceId: string; containerIds: string[] }>()
  const containers: Container[] = []
  const namespaceOf = new Map<string, string>()
  placements.forEach((placement, index) => {
    const containerId = `${id}:container:${hex(placement.name)}${index}`
    const podId = placement.pod === undefined ? null : `${id}:pod:${hex(placement.pod)}`
    const joined = placement.joins === undefined ? undefined : namespaceOf.get(placement.joins)
    const kind: NamespaceKind = typeof placement.on === 'string' ? placement.on : 'private'
    const namespaceId =
      joined ??
      (kind === 'host'
        ? hostNamespace.id
        : podId !== null
          ? `${id}:namespace:${podId}`
          : `${id}:namespace:${containerId}`)
    namespaceOf.set(placement.name, namespaceId)
    const attachments = (typeof placement.on === 'string' ? [] : placement.on).map(
      (networkName): Attachment => ({
        networkName,
        addresses: placement.state === undefined ? [`10.89.0.${(index % 250) + 2}`] : [],
        mac: null,
        aliases: [],
      }),
    )
    const namespace = namespaces.get(namespaceId) ?? {
      id: namespaceId,
      kind,
      ownerId: containerId,
      memberIds: [],
      podId,
      attachments,
      published: [],
      listeners: null,
      listenersUnknownBecause: 'not read',
    }
    namespaces.set(namespaceId, namespace)
    namespace.memberIds.push(containerId)
    for (const port of placement.ports ?? []) {
      const hostPort = port.hostPort ?? 8080
      const scope: BindScope = port.hostIp === '127.0.0.1' ? 'loopback' : port.hostIp ? 'private' : 'wildcard'
      const protocol: Protocol = 'tcp'
      namespace.published.push({
        hostIp: '',
        hostPort,
        containerPort: 80,
        protocol,
        ownerId: containerId,
        scope,
        forwarded: 'yes',
        because: '',
        ...port,
      })
    }
    if (podId !== null && placement.pod !== undefined) {
      const pod = pods.get(podId) ?? { id: podId, name: placement.pod, namespaceId, containerIds: [] }
      pod.containerIds.push(containerId)
      pods.set(podId, pod)
    }
    containers.push(container(containerId, placement, namespaceId, podId))
  })
  return {
    id,
    name: 'vm',
    machine: 'vm',
    source: 'socket',
    rootless: false,
    status: 'live',
    ageSeconds: 0,
    problem: null,
    engine: { podman: '5.4.2', netavark: '1.14.0', defaultNetwork: 'podman' },
    probe: { available: true, reason: null },
    interfaces: [
      { name: 'eth0', kind: 'physical', addresses: ['198.51.100.2/24'], up: true, master: null },
      { name: 'eth1', kind: 'physical', addresses: ['203.0.113.2/24'], up: true, master: null },
    ],
    networks,
    namespaces: [...namespaces.values()],
    pods: [...pods.values()],
    containers,
    units: null,
    nestedIn: null,
    enginesUnknownBecause: null,
    declared: null,
    unitsUnknownBecause: 'not looked for',
    ...over,
  }
}

export const topology = (...hosts: Host[]): Topology => ({
  schemaVersion: 1,
  revision: 1,
  generatedAt: '2026-11-21T00:00:00Z',
  hosts,
})

export const findings = (...marks: { kind: Subject['kind']; id: string; severity: Severity }[]): FindingsReport => ({
  findings: marks.map(({ kind, id, severity }) => ({
    id: `${kind} ${id} ${severity}`,
    ruleId: 'test',
    severity,
    confidence: 'high',
    hostId: 'root',
    subject: { kind, id, name: id },
    title: 'test',
    message: 'test',
    evidence: [],
    fix: { podman: null, quadlet: null },
    references: [],
    suppressed: null,
  })),
  notExamined: ['nothing'],
})

const ROLES = ['web', 'api', 'db', 'cache', 'worker', 'queue', 'proxy', 'cron']
const STACKS = ['shop', 'wiki', 'git', 'mail', 'ci', 'crm', 'media', 'auth', 'iot', 'mon']

/**
 * A host of many: bridges with about equal membership, every ninth container on two networks, every eighth published,
 * two host-mode, two without network, a macvlan and an ipvlan network.
 */
export function manyHost(containerCount: number, networkCount: number, over: Partial<Host> = {}): Host {
  const networks = Array.from({ length: networkCount }, (_, index) =>
    index === 0
      ? network('podman', {
          interface: 'podman0',
          subnets: [{ cidr: '10.88.0.0/16', gateway: '10.88.0.1' }],
          dns: false,
        })
      : network(`${STACKS[index % STACKS.length]}-${index}`, {
          interface: `podman${index}`,
          subnets: [{ cidr: `10.89.${index}.0/24`, gateway: `10.89.${index}.1` }],
          internal: index % 7 === 3,
          isolation: { configured: null, effective: index % 5 === 2 ? 'isolated' : 'none', because: 'test' },
        }),
  )
  const lan = network('lan', {
    driver: 'macvlan',
    interface: 'eth0',
    subnets: [{ cidr: '198.51.100.0/24', gateway: null }],
  })
  const cams = network('cams', {
    driver: 'ipvlan',
    mode: 'l2',
    interface: 'eth1',
    subnets: [{ cidr: '203.0.113.0/24', gateway: null }],
  })
  const placements = Array.from({ length: containerCount }, (_, index): Placement => {
    const name = `${ROLES[index % ROLES.length]}-${String(index).padStart(3, '0')}`
    const nth = (salt: number) =>
      networks[Number.parseInt(hex(`${salt} ${name}`).slice(0, 6), 16) % networkCount]?.name ?? 'podman'
    if (index % 97 === 5) return { name, on: 'host' }
    if (index % 97 === 6) return { name, on: 'none' }
    if (index % 61 === 7) return { name, on: ['lan'] }
    if (index % 83 === 9) return { name, on: ['cams'] }
    const on = index % 9 === 4 ? [nth(7), nth(11)] : [nth(7)]
    const ports =
      index % 8 === 0 ? [{ hostPort: 30_000 + index, ...(index % 16 === 0 ? { hostIp: '127.0.0.1' } : {}) }] : []
    return { name, on, ports, ...(index % 23 === 1 ? { state: 'exited' as const } : {}) }
  })
  return host([...networks, lan, cams], placements, over)
}

const placement = (networks: readonly string[]): fc.Arbitrary<Omit<Placement, 'name'>> => {
  const on = fc.oneof(
    { weight: 6, arbitrary: fc.uniqueArray(fc.constantFrom(...networks), { minLength: 1, maxLength: 3 }) },
    fc.constantFrom('host' as const, 'none' as const, 'pasta' as const, 'slirp4netns' as const, 'path' as const),
  )
  const ports = fc.array(
    fc.record({
      hostIp: fc.constantFrom('', '127.0.0.1', '192.0.2.7', '2001:db8::1'),
      hostPort: fc.integer({ min: 1000, max: 1040 }),
      containerPort: fc.integer({ min: 80, max: 120 }),
      forwarded: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
    }),
    { maxLength: 2 },
  )
  return fc
    .record({
      on,
      ports,
      state: fc.constantFrom(undefined, undefined, 'exited' as const, 'paused' as const, 'created' as const),
      health: fc.constantFrom(undefined, 'healthy', 'unhealthy', 'starting'),
      pod: fc.constantFrom(undefined, undefined, undefined, 'shop', 'blog'),
      privileged: fc.boolean(),
    })
    .map(({ state, health, pod, ...rest }) => ({
      ...rest,
      ...(state === undefined ? {} : { state }),
      ...(health === undefined ? {} : { health }),
      ...(pod === undefined || rest.on === 'host' ? {} : { pod: `${pod} ${JSON.stringify(rest.on)}` }),
    }))
}

/** Hosts of 0 to 40 containers with pods, pivots, ties past the host, own uplinks, long names. */
export const anyHost = (id: string): fc.Arbitrary<Host> => {
  const drivers = fc.constantFrom('bridge', 'bridge', 'bridge', 'macvlan', 'ipvlan', 'odd')
  const name = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ROLES) },
    fc.string({ maxLength: 40, unit: 'binary' }),
  )
  const networks = fc.array(fc.record({ name, driver: drivers, internal: fc.boolean(), dns: fc.boolean() }), {
    minLength: 1,
    maxLength: 7,
  })
  return networks
    .chain(given => {
      const made = given.map((each, index) =>
        network(`${each.name}${index}`, {
          ...each,
          name: `${each.name}${index}`,
          id: `${id}:network:${index}`,
          interface: each.driver === 'bridge' ? `podman${index}` : `eth${index % 3}`,
        }),
      )
      const containers = fc.array(fc.tuple(name, placement(made.map(each => each.name))), { maxLength: 40 })
      return fc.tuple(fc.constant(made), containers, fc.boolean(), fc.boolean())
    })
    .map(([made, containers, rootless, blind]) => {
      const placements = containers.map(([text, rest], index) => ({ ...rest, name: `${text}${index}` }))
      const built = host(made, placements, {
        id,
        machine: id === 'c' ? 'a' : id,
        rootless,
        ...(blind ? { interfaces: null } : {}),
      })
      if (!rootless) return built
      const shared: Namespace = {
        id: `${id}:namespace:rootless`,
        kind: 'rootless',
        ownerId: null,
        memberIds: [],
        podId: null,
        attachments: [],
        published: [],
        listeners: null,
        listenersUnknownBecause: 'not read',
      }
      return { ...built, namespaces: [...built.namespaces, shared] }
    })
}
