/**
 * Finds the things of a host: by id, by the name a Ref carries, and back. Used by the API, the picture and the page, so that
 * all of them mean the same thing by a name. Indexes are built once per host value (hosts are immutable).
 */
import type { Ref } from './ref'
import type {
  Attachment,
  Container,
  Host,
  Interface,
  Listener,
  Namespace,
  Network,
  Pod,
  PublishedPort,
  Topology,
  Unit,
} from './types'

/** What a Ref names. A port or listener may be claimed by several; the one that is live comes first. */
export type Resolved =
  | { kind: 'host'; host: Host }
  | { kind: 'container'; container: Container }
  | { kind: 'network'; network: Network }
  | { kind: 'pod'; pod: Pod }
  | { kind: 'unit'; unit: Unit }
  | { kind: 'namespace'; namespace: Namespace }
  | { kind: 'interface'; interface: Interface }
  | { kind: 'segment'; interface: Interface }
  | { kind: 'port'; doors: readonly Door[] }
  | { kind: 'listener'; listeners: readonly Listener[] }

/** A published port and the namespace behind it. */
export interface Door {
  port: PublishedPort
  namespace: Namespace
}

/** One namespace's place on a network. */
export interface Membership {
  attachment: Attachment
  namespace: Namespace
}

export interface HostIndex {
  containers: ReadonlyMap<string, Container>
  networks: ReadonlyMap<string, Network>
  pods: ReadonlyMap<string, Pod>
  namespaces: ReadonlyMap<string, Namespace>
  interfaces: ReadonlyMap<string, Interface>
  containersByName: ReadonlyMap<string, Container>
  networksByName: ReadonlyMap<string, Network>
  podsByName: ReadonlyMap<string, Pod>
  /** By readable name; of several with one name the first. */
  namespacesByName: ReadonlyMap<string, Namespace>
  /** By network name, in the order of the host's namespaces. Networks without members have no entry. */
  members: ReadonlyMap<string, readonly Membership[]>
}

const indexes = new WeakMap<Host, HostIndex>()

/** Of several with one key the first. */
const indexBy = <T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T> => {
  const map = new Map<string, T>()
  for (const one of list) {
    const key = keyOf(one)
    if (!map.has(key)) map.set(key, one)
  }
  return map
}

/** The maps of a host; cheap after the first call for the same value. */
export function indexHost(host: Host): HostIndex {
  const known = indexes.get(host)
  if (known) return known
  const made = new LazyIndex(host)
  indexes.set(host, made)
  return made
}

/** Each map is made when it is first asked for: who examines a host needs few of them. */
class LazyIndex implements HostIndex {
  readonly #host: Host
  readonly #made: { -readonly [Name in keyof HostIndex]?: HostIndex[Name] } = {}

  constructor(host: Host) {
    this.#host = host
  }

  get containers() {
    return (this.#made.containers ??= indexBy(this.#host.containers, one => one.id))
  }

  get networks() {
    return (this.#made.networks ??= indexBy(this.#host.networks, one => one.id))
  }

  get pods() {
    return (this.#made.pods ??= indexBy(this.#host.pods, one => one.id))
  }

  get namespaces() {
    return (this.#made.namespaces ??= indexBy(this.#host.namespaces, one => one.id))
  }

  get interfaces() {
    return (this.#made.interfaces ??= indexBy(this.#host.interfaces ?? [], one => one.name))
  }

  get containersByName() {
    return (this.#made.containersByName ??= indexBy(this.#host.containers, one => one.name))
  }

  get networksByName() {
    return (this.#made.networksByName ??= indexBy(this.#host.networks, one => one.name))
  }

  get podsByName() {
    return (this.#made.podsByName ??= indexBy(this.#host.pods, one => one.name))
  }

  get namespacesByName() {
    return (this.#made.namespacesByName ??= indexBy(this.#host.namespaces, one =>
      readableName(this.#host.id, one, this.containers, this.pods),
    ))
  }

  get members() {
    return (this.#made.members ??= membershipsOf(this.#host))
  }
}

function membershipsOf({ namespaces }: Host): Map<string, Membership[]> {
  const members = new Map<string, Membership[]>()
  for (const namespace of namespaces)
    for (const attachment of namespace.attachments) {
      const list = members.get(attachment.networkName)
      if (list) list.push({ attachment, namespace })
      else members.set(attachment.networkName, [{ attachment, namespace }])
    }
  return members
}

function readableName(
  hostId: string,
  namespace: Namespace,
  containers: ReadonlyMap<string, Container>,
  pods: ReadonlyMap<string, Pod>,
): string {
  const key = namespaceKey(hostId, namespace)
  switch (namespace.kind) {
    case 'host':
      return 'host'
    case 'rootless':
      return 'rootless'
    case 'path':
      return key.startsWith('path:') ? key.slice('path:'.length) : key
    case 'private':
    case 'none':
    case 'pasta':
    case 'slirp4netns': {
      const pod = namespace.podId === null ? undefined : pods.get(namespace.podId)
      const owner = namespace.ownerId === null ? undefined : containers.get(namespace.ownerId)
      return pod?.name ?? owner?.name ?? key
    }
  }
}

/** The part of the id behind `…:namespace:`. */
const namespaceKey = (hostId: string, namespace: Namespace): string => namespace.id.slice(`${hostId}:namespace:`.length)

/** The name for people: of the pod, of the owner, the path, "host" or "rootless". */
export function namespaceName(host: Host, namespace: Namespace): string {
  const { containers, pods } = indexHost(host)
  return readableName(host.id, namespace, containers, pods)
}

/** The namespace that a container is a member of. */
export const namespaceOf = (host: Host, container: Container): Namespace | null =>
  indexHost(host).namespaces.get(container.namespaceId) ?? null

/** The host's own namespace; every host has one. */
export const hostNamespace = (host: Host): Namespace | null =>
  host.namespaces.find(namespace => namespace.kind === 'host') ?? null

export const containerById = (host: Host, id: string): Container | null => indexHost(host).containers.get(id) ?? null
export const namespaceById = (host: Host, id: string): Namespace | null => indexHost(host).namespaces.get(id) ?? null
export const podById = (host: Host, id: string): Pod | null => indexHost(host).pods.get(id) ?? null
export const networkById = (host: Host, id: string): Network | null => indexHost(host).networks.get(id) ?? null
export const networkByName = (host: Host, name: string): Network | null =>
  indexHost(host).networksByName.get(name) ?? null
export const hostById = (topology: Topology, id: string): Host | null =>
  topology.hosts.find(host => host.id === id) ?? null

/** The namespaces attached to a network, with how. */
export const membersOf = (host: Host, networkName: string): readonly Membership[] =>
  indexHost(host).members.get(networkName) ?? []

/** The members of a namespace, in the namespace's order. */
export function containersIn(host: Host, namespace: Namespace): Container[] {
  const { containers } = indexHost(host)
  return namespace.memberIds.flatMap(id => containers.get(id) ?? [])
}

/** The container that made the namespace; null for host, rootless and path. */
export const ownerOf = (host: Host, namespace: Namespace): Container | null =>
  namespace.ownerId === null ? null : containerById(host, namespace.ownerId)

/** The thing that a Ref names on this host, or null when there is none such (any more). */
export function resolveRef(host: Host, ref: Ref): Resolved | null {
  const index = indexHost(host)
  switch (ref.kind) {
    case 'host':
      return { kind: 'host', host }
    case 'container': {
      const container = index.containersByName.get(ref.name) ?? index.containers.get(ref.name)
      return container ? { kind: 'container', container } : null
    }
    case 'network': {
      const network = index.networksByName.get(ref.name) ?? index.networks.get(ref.name)
      return network ? { kind: 'network', network } : null
    }
    case 'pod': {
      const pod = index.podsByName.get(ref.name) ?? index.pods.get(ref.name)
      return pod ? { kind: 'pod', pod } : null
    }
    case 'unit': {
      const unit = host.units?.find(one => one.name === ref.name || one.id === ref.name)
      return unit ? { kind: 'unit', unit } : null
    }
    case 'namespace': {
      const namespace = index.namespacesByName.get(ref.name) ?? index.namespaces.get(ref.name)
      return namespace ? { kind: 'namespace', namespace } : null
    }
    case 'interface':
    case 'segment': {
      const found = index.interfaces.get(ref.name)
      return found ? { kind: ref.kind, interface: found } : null
    }
    case 'port': {
      const doors = doorsAt(host, ref.hostIp, ref.hostPort, ref.protocol)
      return doors.length > 0 ? { kind: 'port', doors } : null
    }
    case 'listener': {
      const listeners = (hostNamespace(host)?.listeners ?? []).filter(
        one => one.address === ref.address && one.port === ref.port && one.protocol === ref.protocol,
      )
      return listeners.length > 0 ? { kind: 'listener', listeners } : null
    }
  }
}

/** Everybody who claims this door; those that pass connections on first. */
export function doorsAt(host: Host, hostIp: string, hostPort: number, protocol: PublishedPort['protocol']): Door[] {
  const doors: Door[] = []
  for (const namespace of host.namespaces)
    for (const port of namespace.published)
      if (port.hostPort === hostPort && port.protocol === protocol && port.hostIp === hostIp)
        doors.push({ port, namespace })
  const rank = { yes: 0, unknown: 1, no: 2 }
  return doors.sort((a, b) => rank[a.port.forwarded] - rank[b.port.forwarded])
}

/** Every door of the host with the namespace behind it, in the order of the host's namespaces. */
export const doorsOf = (host: Host): Door[] =>
  host.namespaces.flatMap(namespace => namespace.published.map(port => ({ port, namespace })))

// The ways back. A name that something else answers to as well is replaced by the id, which resolveRef takes too.

export const refOfContainer = (host: Host, container: Container): Ref => ({
  kind: 'container',
  name: indexHost(host).containersByName.get(container.name)?.id === container.id ? container.name : container.id,
})

export const refOfNetwork = (host: Host, network: Network): Ref => ({
  kind: 'network',
  name: indexHost(host).networksByName.get(network.name)?.id === network.id ? network.name : network.id,
})

export const refOfPod = (host: Host, pod: Pod): Ref => ({
  kind: 'pod',
  name: indexHost(host).podsByName.get(pod.name)?.id === pod.id ? pod.name : pod.id,
})

/** Of several of one name, the others by their id. */
export const refOfUnit = (host: Host, unit: Unit): Ref => ({
  kind: 'unit',
  name: host.units?.find(({ name }) => name === unit.name)?.id === unit.id ? unit.name : unit.id,
})

export function refOfNamespace(host: Host, namespace: Namespace): Ref {
  const name = namespaceName(host, namespace)
  const found = indexHost(host).namespacesByName.get(name)
  return { kind: 'namespace', name: found?.id === namespace.id ? name : namespace.id }
}

export const refOfPort = (port: PublishedPort): Ref => ({
  kind: 'port',
  hostIp: port.hostIp,
  hostPort: port.hostPort,
  protocol: port.protocol,
})

export const refOfListener = (listener: Listener): Ref => ({
  kind: 'listener',
  address: listener.address,
  port: listener.port,
  protocol: listener.protocol,
})

export const refOfInterface = (one: Interface): Ref => ({ kind: 'interface', name: one.name })
export const refOfSegment = (one: Interface): Ref => ({ kind: 'segment', name: one.name })

/** Quadlet files of which this container, pod or network is made, by its id. */
export const unitsOf = (host: Host, id: string): Unit[] =>
  (host.units ?? []).filter(({ thingIds }) => thingIds.includes(id))
