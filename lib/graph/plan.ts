/**
 * What of a host is drawn where, before any geometry: which namespace stands in which lane, which are pivots, what the
 * host's own namespace holds. Every container that is not a pod's infra ends in exactly one place.
 */
import { namespaceName, podById } from '@/lib/topology/lookup'
import type { Container, Host, Interface, Namespace, Network } from '@/lib/topology/types'
import type { Ref } from '@/lib/topology/ref'
import { declaredCount, drawnHost } from './declared'
import type { Door } from './doors'
import { MAP_WORDS, type MapWords } from './map-words'
import { gatherDoors } from './doors'
import type { Nest } from './nest'
import { byName } from './order'
import { gatherOutside, type Segment } from './outside'
import { textWidth, visibleText } from './text'
import type { Driver } from './types'

/** A namespace as it is drawn: one container is a chip, several (or a pod) are a box with chips. */
export interface Item {
  shape: 'chip' | 'box'
  /** Of the box: the pod's name, or the owner's. Of the chip: the container's. */
  name: string
  /** null for a container whose namespace the model does not have. */
  namespace: Namespace | null
  podName: string | null
  /** What the engine in its only container runs; null = no such engine is read, or it is folded. */
  nest: Nest | null
  /** Nothing of it is there. */
  isDeclared: boolean
  /** By name, infra left out. */
  members: Container[]
  /** Width of the name as drawn in a chip, in em; of a box, the widest of its members' names. */
  nameWidth: number
}

export interface Lane {
  network: Network
  driver: Driver
  /** Nobody has made it yet. */
  isDeclared: boolean
  items: Item[]
  /** Namespaces that stand in the pivot column and are attached here too. */
  visitors: Item[]
}

export interface Group {
  /** engines: containers with what their own engines run, each in a box of its own. */
  key: 'engines' | 'pivots' | 'uplinks' | 'none' | 'path' | 'unplaced'
  items: Item[]
}

export interface HostPlan {
  /** As it is drawn: with what is only declared. */
  host: Host
  /** What is only declared, by id, and what selecting it opens; null where no single file makes it. */
  declared: ReadonlyMap<string, Ref | null>
  segments: Segment[]
  interfaces: Interface[]
  doors: Door[]
  residents: Item[]
  lanes: Lane[]
  /** Right of the lanes, in this order; empty ones left out. */
  groups: Group[]
  /** The user's namespace round the lanes of a rootless host. */
  rootless: Namespace | null
  /** Of what is there, and of what is only declared. */
  counts: { containers: number; networks: number; declared: number }
}

export const driverOf = (network: Network): Driver =>
  network.driver === 'bridge' || network.driver === 'macvlan' || network.driver === 'ipvlan' ? network.driver : 'other'

export const stepsPastHost = (lane: Lane): boolean => lane.driver === 'macvlan' || lane.driver === 'ipvlan'

/** Names of the networks that the host has and the namespace is attached to, each once. */
export function networksOf(namespace: Namespace, known: ReadonlyMap<string, unknown>): string[] {
  return [...new Set(namespace.attachments.map(attachment => attachment.networkName))].filter(name => known.has(name))
}

const widest = (members: readonly Container[]): number =>
  members.reduce((most, { name }) => Math.max(most, textWidth(visibleText(name), 1)), 0)

function makeItem(host: Host, namespace: Namespace, members: Container[], declared: HostPlan['declared']): Item {
  const podName = namespace.podId === null ? null : (podById(host, namespace.podId)?.name ?? null)
  const only = members[0]
  return podName === null && only !== undefined && members.length === 1
    ? makeChip(namespace, only, declared)
    : {
        shape: 'box',
        name: podName ?? namespaceName(host, namespace),
        namespace,
        podName,
        nest: null,
        isDeclared: declared.has(namespace.id),
        members,
        nameWidth: widest(members),
      }
}

const makeChip = (namespace: Namespace | null, container: Container, declared: HostPlan['declared']): Item => ({
  shape: 'chip',
  name: container.name,
  namespace,
  podName: null,
  nest: null,
  isDeclared: declared.has(container.id),
  members: [container],
  nameWidth: widest([container]),
})

const nested = (item: Item, nests: ReadonlyMap<string, Nest>): Item => {
  const nest = item.shape === 'chip' ? nests.get(item.members[0]?.id ?? '') : undefined
  return nest === undefined ? item : { ...item, nest }
}

const GROUP_OF: Record<Exclude<Namespace['kind'], 'host' | 'private' | 'rootless'>, Group['key']> = {
  pasta: 'uplinks',
  slirp4netns: 'uplinks',
  none: 'none',
  path: 'path',
}

const doorsOf = (hosts: readonly Host[]) =>
  hosts.flatMap(({ namespaces }) => namespaces.flatMap(({ published }) => published))

/**
 * `siblings` are the other connections to the same machine: what they publish is no listener of its own. `nests` are the
 * engines that are drawn inside of containers, by the container's id.
 */
export function planHost(
  there: Host,
  siblings: readonly Host[],
  words: MapWords = MAP_WORDS,
  nests: ReadonlyMap<string, Nest> = new Map(),
): HostPlan {
  const { host, declared } = drawnHost(there)
  const membersOf = new Map<string, Container[]>()
  for (const container of host.containers) {
    if (container.isInfra) continue
    const members = membersOf.get(container.namespaceId)
    if (members) members.push(container)
    else membersOf.set(container.namespaceId, [container])
  }
  for (const members of membersOf.values()) members.sort(byName)

  const lanes = new Map<string, Lane>(
    [...host.networks]
      .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || byName(a, b))
      .map(network => [
        network.name,
        { network, driver: driverOf(network), isDeclared: declared.has(network.id), items: [], visitors: [] },
      ]),
  )
  const groups: Record<Group['key'], Item[]> = {
    engines: [],
    pivots: [],
    uplinks: [],
    none: [],
    path: [],
    unplaced: [],
  }
  const residents: Item[] = []
  const placed = new Set<string>()
  const items = new Map<string, Item>()

  for (const namespace of host.namespaces) {
    if (placed.has(namespace.id)) continue
    placed.add(namespace.id)
    const members = membersOf.get(namespace.id) ?? []
    const item = nested(makeItem(host, namespace, members, declared), nests)
    items.set(namespace.id, item)
    if (namespace.kind === 'host') {
      for (const member of members) {
        const resident = nested(makeChip(namespace, member, declared), nests)
        if (resident.nest === null) residents.push(resident)
        else groups.engines.push(resident)
      }
    } else if (members.length === 0 && item.podName === null) {
      // A namespace that nobody of ours lives in is not drawn: the user's rootless one, an infra's that has no pod.
    } else if (namespace.kind === 'private') {
      const names = networksOf(namespace, lanes)
      const only = names[0] === undefined ? undefined : lanes.get(names[0])
      if (only === undefined) groups[item.nest === null ? 'unplaced' : 'engines'].push(item)
      else if (names.length === 1 && item.nest === null) only.items.push(item)
      else {
        groups[item.nest === null ? 'pivots' : 'engines'].push(item)
        for (const name of names) lanes.get(name)?.visitors.push(item)
      }
    } else if (namespace.kind === 'rootless') {
      groups.unplaced.push(item)
    } else if (item.nest !== null) {
      groups.engines.push(item)
    } else {
      groups[GROUP_OF[namespace.kind]].push(item)
    }
  }
  for (const [namespaceId, members] of membersOf) {
    if (placed.has(namespaceId)) continue
    for (const member of members) groups.unplaced.push(makeChip(null, member, declared))
  }

  const ordered = [...lanes.values()]
  for (const lane of ordered) {
    // Boxes first, so that the chips fill in round them.
    lane.items.sort((a, b) => (a.shape === b.shape ? byName(a, b) : a.shape === 'box' ? -1 : 1))
    lane.visitors.sort(byName)
  }
  for (const list of Object.values(groups)) list.sort(byName)
  residents.sort(byName)
  // What steps past the host stands at the top of the columns, where its tie is short.
  ordered.sort((a, b) => Number(stepsPastHost(b)) - Number(stepsPastHost(a)))

  return {
    host,
    declared,
    ...gatherOutside(there),
    doors: gatherDoors({ host, declared, published: doorsOf([there, ...siblings]) }, { items, lanes: ordered }, words),
    residents,
    lanes: ordered,
    groups: (['pivots', 'engines', 'uplinks', 'none', 'path', 'unplaced'] as const)
      .map(key => ({ key, items: groups[key] }))
      .filter(group => group.items.length > 0),
    rootless:
      host.rootless === true ? (host.namespaces.find(namespace => namespace.kind === 'rootless') ?? null) : null,
    counts: {
      containers: there.containers.filter(container => !container.isInfra).length,
      networks: there.networks.length,
      declared: declaredCount(there),
    },
  }
}
