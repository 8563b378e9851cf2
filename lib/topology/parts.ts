/** Networks, namespaces, pods and containers of a snapshot: who shares what with whom. */
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import type { PortMapping } from '@/lib/podman/types'
import { lookUpNetworks, wiringOf } from './attachments'
import { isLive } from './claims'
import { buildContainers, buildPods } from './containers'
import { doorHostOf } from './doors'
import { type Engine, engineOf } from './engine'
import { containerId, namespaceId } from './ids'
import { sameJson } from './json'
import { listenersOf } from './listeners'
import { memoryOf, type Surroundings } from './memory'
import { type NamespacePlan, type NamespacePlans, planNamespaces } from './namespaces'
import { buildNetworks } from './networks'
import type { Notes } from './notes'
import { byNameThenId } from './order'
import { mappingKey, publishedOf } from './published'
import type { Container, Namespace, Network, Pod } from './types'

export interface Parts {
  engine: Engine
  plans: NamespacePlans
  pods: Pod[]
  containers: ReadonlyMap<ContainerRecord, Container>
  namespaces: Namespace[]
  networks: Network[]
}

/** `notes` receives what keeps them from being known whole. */
export function buildParts(snapshot: HostSnapshot, notes: Notes): Parts {
  const engine = engineOf(snapshot)
  const plans = planNamespaces(snapshot, notes)
  const { pods, podOf } = buildPods(snapshot, plans, notes)
  const containers = buildContainers(snapshot, plans, notes)
  const podNames = new Map(pods.map(pod => [pod.id, pod.name]))
  const nameOf = (plan: NamespacePlan) =>
    podNames.get(podOf.get(plan) ?? '') ?? plan.owner?.summary.name ?? plan.key.replace(/^path:/, '')
  const { namespaces, inUse } = buildNamespaces(snapshot, engine, plans, containers, podOf, nameOf, notes)
  return { engine, plans, pods, containers, namespaces, networks: buildNetworks(snapshot, engine, inUse) }
}

/** `inUse`: names of the networks that a running container is on. */
function buildNamespaces(
  snapshot: HostSnapshot,
  engine: Engine,
  { plans, planOf }: NamespacePlans,
  containers: ReadonlyMap<ContainerRecord, Container>,
  podOf: ReadonlyMap<NamespacePlan, string>,
  nameOf: (plan: NamespacePlan) => string,
  notes: Notes,
): { namespaces: Namespace[]; inUse: Set<string> } {
  const hostId = snapshot.connection.id
  const networks = lookUpNetworks(snapshot.networks)
  const doorHost = doorHostOf(snapshot, engine)
  const idOf = (record: ContainerRecord) => containers.get(record)?.id ?? containerId(hostId, record.summary.id)
  const isKnown = (engineId: string) => planOf.has(engineId)
  let counts: ReadonlyMap<string, number> | null = null
  const isRepeated = (mapping: PortMapping) => {
    counts ??= countMappings(snapshot)
    return (counts.get(mappingKey(mapping)) ?? 0) > 1
  }
  const make = (plan: NamespacePlan, from: Surroundings, note: (text: string) => void): Namespace => {
    const { wires, attachments } = wiringOf(plan, networks, note)
    return {
      id: namespaceId(hostId, plan.key),
      kind: plan.kind,
      ownerId: plan.owner === null ? null : idOf(plan.owner),
      memberIds: plan.members.map(idOf),
      podId: from.podId,
      attachments,
      published: publishedOf(plan, wires, doorHost, hostId, isRepeated, note),
      listeners: from.listeners,
      listenersUnknownBecause: from.listenersUnknownBecause,
    }
  }
  const inUse = new Set<string>()
  const named = plans.map(plan => {
    const { claim, owner, members } = plan
    const from = {
      hostId,
      claim,
      members,
      podId: podOf.get(plan) ?? null,
      networks: snapshot.networks,
      doorHost,
      ...listenersOf(plan, snapshot.probe, hostId, isKnown),
    }
    const namespace = asBefore(owner, from, notes, note => make(plan, from, note))
    if (owner && isLive(owner)) for (const { networkName } of namespace.attachments) inUse.add(networkName)
    return { name: nameOf(plan), id: namespace.id, namespace }
  })
  return { namespaces: named.sort(byNameThenId).map(({ namespace }) => namespace), inUse }
}

/** The namespace that its owner had, if it was made from the same, or equals what is made now. */
function asBefore(
  owner: ContainerRecord | null,
  from: Surroundings,
  notes: Notes,
  make: (note: (text: string) => void) => Namespace,
): Namespace {
  if (owner === null) return make(() => {})
  const memory = memoryOf(owner)
  const { namespace: known } = memory
  let entry = known
  if (entry === null || !sameSurroundings(entry.from, from)) {
    const said: string[] = []
    const made = make(text => said.push(text))
    entry = { from, made: known !== null && sameJson(known.made, made) ? known.made : made, notes: said }
    memory.namespace = entry
  }
  for (const note of entry.notes) notes.add(owner.summary.id, note)
  return entry.made
}

/** Ports of an undecided claim depend on every other container's. */
const sameSurroundings = (a: Surroundings, b: Surroundings): boolean =>
  a.hostId === b.hostId &&
  a.claim === b.claim &&
  b.claim !== 'undecided' &&
  a.podId === b.podId &&
  a.networks === b.networks &&
  a.doorHost === b.doorHost &&
  a.listeners === b.listeners &&
  a.listenersUnknownBecause === b.listenersUnknownBecause &&
  a.members.length === b.members.length &&
  a.members.every((record, index) => record === b.members[index])

/** How many containers list a mapping; joiners and pod members list their owner's. */
function countMappings(snapshot: HostSnapshot): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { summary } of snapshot.containers)
    for (const mapping of summary.ports) {
      const key = mappingKey(mapping)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  return counts
}
