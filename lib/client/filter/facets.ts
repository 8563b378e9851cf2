/** What a filter can ask of each thing of a host. Pure. */
import type { Finding, Severity } from '@/lib/exposure/types'
import { isReservation } from '@/lib/topology/reservations'
import {
  containersIn,
  hostNamespace,
  namespaceOf,
  networkByName,
  podById,
  refOfContainer,
  refOfInterface,
  refOfListener,
  refOfNetwork,
  refOfPort,
  refOfUnit,
} from '@/lib/topology/lookup'
import { formatRef, type Ref } from '@/lib/topology/ref'
import { readBindAddress } from '@/lib/topology/scope'
import type { Container, Host, Listener, Namespace, Network, PublishedPort } from '@/lib/topology/types'
import { isActive } from '../findings'
import type { Flag } from './parse'

export interface AskedPort {
  port: number
  protocol: string
}

export interface Facets {
  /** declared: a quadlet file of which nothing is there, with the doors that it would open. */
  kind: 'container' | 'port' | 'listener' | 'network' | 'interface' | 'declared'
  ref: string
  hostName: string
  /** Null for networks and interfaces. */
  namespaceId: string | null
  networkId: string | null
  /** Infra containers of pods are not counted. */
  counts: boolean
  names: readonly string[]
  addresses: readonly string[]
  ports: readonly AskedPort[]
  images: readonly string[]
  networks: readonly string[]
  pods: readonly string[]
  labels: readonly (readonly [key: string, value: string])[]
  states: readonly string[]
  severities: ReadonlySet<Severity>
  units: readonly string[]
  flags: ReadonlySet<Flag>
}

const NOTHING = {
  addresses: [],
  ports: [],
  images: [],
  networks: [],
  pods: [],
  labels: [],
  states: [],
  severities: new Set<Severity>(),
  units: [],
  flags: new Set<Flag>(),
  namespaceId: null,
  networkId: null,
  counts: false,
}

/** Others than the host itself may come through: passed on, or not known not to be. */
export const isOpenDoor = ({ scope, forwarded }: PublishedPort): boolean => scope !== 'loopback' && forwarded !== 'no'
export const isOpenListener = ({ address }: Listener): boolean => readBindAddress(address).scope !== 'loopback'

const isUp = ({ state }: Container) => state === 'running' || state === 'paused' || state === 'stopping'
const LAN_DRIVERS = new Set(['macvlan', 'ipvlan'])

/**
 * A container that somebody other than the host may connect to: through a door, through a socket of the host's own network,
 * or at its own address on a segment. What is not known counts as exposed: it is no all-clear.
 */
function isExposed(host: Host, container: Container, namespace: Namespace): boolean {
  if (namespace.published.some(isOpenDoor)) return true
  if (!isUp(container)) return false
  if (namespace.kind === 'host') {
    if (namespace.listeners === null) return true
    return namespace.listeners.some(
      one =>
        isOpenListener(one) && (one.containerId === container.id || (one.containerId === null && one.process === null)),
    )
  }
  return namespace.attachments.some(({ networkName }) => {
    const network = networkByName(host, networkName)
    return network !== null && !network.internal && LAN_DRIVERS.has(network.driver)
  })
}

type SeveritiesOf = (id: string) => Iterable<Severity>

function severitiesIn(findings: readonly Finding[]): SeveritiesOf {
  const found = new Map<string, Set<Severity>>()
  for (const { subject, severity } of findings.filter(isActive)) {
    const known = found.get(subject.id)
    if (known) known.add(severity)
    else found.set(subject.id, new Set([severity]))
  }
  return id => found.get(id) ?? []
}

function containerFacets(host: Host, container: Container, severitiesOf: SeveritiesOf): Facets {
  const namespace = namespaceOf(host, container)
  const flags = new Set<Flag>([isUp(container) ? 'running' : 'stopped'])
  if (container.health === 'unhealthy') flags.add('unhealthy')
  if (container.privileged) flags.add('privileged')
  if (namespace?.kind === 'host') flags.add('hostmode')
  if (namespace !== null && namespace.attachments.length > 1) flags.add('pivot')
  if (namespace !== null && isExposed(host, container, namespace)) flags.add('exposed')
  const attachments = namespace?.attachments ?? []
  if (attachments.some(({ networkName }) => networkByName(host, networkName)?.internal)) flags.add('internal')
  const pod = container.podId === null ? null : podById(host, container.podId)
  const listeners = (namespace?.listeners ?? []).filter(
    one => one.containerId === container.id || (one.containerId === null && namespace?.kind !== 'host'),
  )
  return {
    kind: 'container',
    ref: formatRef(refOfContainer(host, container)),
    hostName: host.name,
    namespaceId: container.namespaceId,
    networkId: null,
    counts: !container.isInfra,
    names: [container.name],
    // Aliases, too, are how others call it; they belong to the namespace, as addresses do.
    addresses: attachments.flatMap(({ addresses, mac, aliases }) => [
      ...addresses,
      ...aliases,
      ...(mac === null ? [] : [mac]),
    ]),
    ports: [
      ...(namespace?.published ?? []).flatMap(({ hostPort, containerPort, protocol }) => [
        { port: hostPort, protocol },
        { port: containerPort, protocol },
      ]),
      ...listeners,
    ],
    images: [container.image],
    networks: attachments.map(({ networkName }) => networkName),
    pods: pod === null ? [] : [pod.name],
    labels: Object.entries(container.labels),
    states: [container.state, ...(container.health === null ? [] : [container.health])],
    severities: new Set([...severitiesOf(container.id), ...severitiesOf(container.namespaceId)]),
    units: container.unit === null ? [] : [container.unit],
    flags,
  }
}

/** A door is asked what the containers behind it are asked, but for ports and addresses, which are its own. */
function doorFacets(
  host: Host,
  ref: Ref,
  namespace: Namespace,
  behind: readonly Facets[],
  own: Partial<Facets>,
): Facets {
  const all = <T>(pick: (one: Facets) => Iterable<T>): T[] => [...new Set(behind.flatMap(one => [...pick(one)]))]
  const flags = new Set(all(one => one.flags))
  flags.delete('exposed')
  for (const flag of own.flags ?? []) flags.add(flag)
  return {
    ...NOTHING,
    kind: 'port',
    ref: formatRef(ref),
    hostName: host.name,
    namespaceId: namespace.id,
    names: all(one => one.names),
    images: all(one => one.images),
    networks: all(one => one.networks),
    pods: all(one => one.pods),
    labels: all(one => one.labels),
    states: all(one => one.states),
    severities: new Set(all(one => one.severities)),
    units: all(one => one.units),
    ...own,
    flags,
  }
}

const EXPOSED: ReadonlySet<Flag> = new Set<Flag>(['exposed'])
const NOT: ReadonlySet<Flag> = new Set<Flag>()

function networkFacets(host: Host, network: Network, severitiesOf: SeveritiesOf): Facets {
  return {
    ...NOTHING,
    kind: 'network',
    ref: formatRef(refOfNetwork(host, network)),
    hostName: host.name,
    networkId: network.id,
    names: [network.name, ...(network.interface === null ? [] : [network.interface])],
    addresses: network.subnets.flatMap(({ cidr, gateway }) => (gateway === null ? [cidr] : [cidr, gateway])),
    networks: [network.name],
    severities: new Set(severitiesOf(network.id)),
    flags: network.internal ? new Set<Flag>(['internal']) : NOT,
  }
}

const DECLARED: ReadonlySet<Flag> = new Set<Flag>(['declared'])

/** By the file: it is what is selected. Nothing runs, so no state, address or exposure is its own. */
function declaredFacets(host: Host): Facets[] {
  const { declared } = host
  if (declared === null) return []
  const units = new Map(host.units?.map(unit => [unit.id, unit]))
  const spaces = new Map([...host.namespaces, ...declared.namespaces].map(one => [one.id, one]))
  const own = new Set(declared.namespaces.map(({ id }) => id))
  const pods = new Map([...host.pods, ...declared.pods].map(({ id, name }) => [id, name]))
  const facets = (unitId: string, name: string, rest: Partial<Facets>): Facets[] => {
    const unit = units.get(unitId)
    if (unit === undefined) return []
    return [
      {
        ...NOTHING,
        kind: 'declared',
        ref: formatRef(refOfUnit(host, unit)),
        hostName: host.name,
        names: [name],
        units: [unit.name, ...(unit.service === null ? [] : [unit.service])],
        flags: DECLARED,
        ...rest,
      },
    ]
  }
  const inside = (namespaceId: string | null): Partial<Facets> => {
    const space = spaces.get(namespaceId ?? '')
    return {
      namespaceId,
      networks: space?.attachments.map(one => one.networkName) ?? [],
      // What a running namespace publishes is open, whoever else declares to join it.
      ports: own.has(namespaceId ?? '')
        ? (space?.published ?? []).flatMap(({ hostPort, containerPort, protocol }) => [
            { port: hostPort, protocol },
            { port: containerPort, protocol },
          ])
        : [],
    }
  }
  return [
    ...declared.networks.flatMap(({ unitId, id, name }) => facets(unitId, name, { networkId: id, networks: [name] })),
    ...declared.pods.flatMap(({ unitId, name, namespaceId }) =>
      facets(unitId, name, { ...inside(namespaceId), pods: [name] }),
    ),
    ...declared.containers.flatMap(({ unitId, name, isInfra, namespaceId, podId }) =>
      isInfra ? [] : facets(unitId, name, { ...inside(namespaceId), pods: [pods.get(podId ?? '') ?? []].flat() }),
    ),
  ]
}

/** Everything of a host that a filter may pick. */
export function facetsOf(host: Host, findings: readonly Finding[]): Facets[] {
  const severitiesOf = severitiesIn(findings.filter(({ hostId }) => hostId === host.id))
  const containers = new Map(host.containers.map(one => [one.id, containerFacets(host, one, severitiesOf)]))
  const things = [...containers.values(), ...host.networks.map(network => networkFacets(host, network, severitiesOf))]
  for (const namespace of host.namespaces) {
    const behind = containersIn(host, namespace).flatMap(one => containers.get(one.id) ?? [])
    for (const port of namespace.published) {
      const { hostIp, hostPort, containerPort, protocol } = port
      things.push(
        doorFacets(host, refOfPort(port), namespace, behind, {
          addresses: [hostIp],
          ports: [
            { port: hostPort, protocol },
            { port: containerPort, protocol },
          ],
          flags: isOpenDoor(port) ? EXPOSED : NOT,
        }),
      )
    }
  }
  const own = hostNamespace(host)
  const published = host.namespaces.flatMap(namespace => namespace.published)
  for (const listener of own?.listeners ?? []) {
    // Told by the port that it holds.
    if (isReservation(listener, published)) continue
    const behind = containers.get(listener.containerId ?? '')
    if (own === null) continue
    things.push(
      doorFacets(host, refOfListener(listener), own, behind === undefined ? [] : [behind], {
        kind: 'listener',
        names: [...(behind?.names ?? []), ...(listener.process === null ? [] : [listener.process])],
        addresses: [listener.address],
        ports: [listener],
        flags: isOpenListener(listener) ? EXPOSED : NOT,
      }),
    )
  }
  for (const one of host.interfaces ?? [])
    things.push({
      ...NOTHING,
      kind: 'interface',
      ref: formatRef(refOfInterface(one)),
      hostName: host.name,
      names: [one.name],
      addresses: one.addresses,
    })
  return [...things, ...declaredFacets(host)]
}
