/** Containers and pods of the contract. */
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import { containerId, namespaceId, podId } from './ids'
import { engineInside } from './inner-engines'
import { memoryOf } from './memory'
import type { NamespacePlan, NamespacePlans } from './namespaces'
import type { Notes } from './notes'
import { bySummary, compareText } from './order'
import type { Container, Pod } from './types'
import { unitOf } from './units'

/**
 * What a container gets without asking, from Podman 4.0 on:
 * https://github.com/containers/common/blob/v0.62.0/pkg/config/default.go#L75-L87
 */
export const DEFAULT_CAPABILITIES: ReadonlySet<string> = new Set([
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_NET_BIND_SERVICE',
  'CAP_SETFCAP',
  'CAP_SETGID',
  'CAP_SETPCAP',
  'CAP_SETUID',
  'CAP_SYS_CHROOT',
])

/** By record, in the order of `records`. */
export function buildContainers(
  snapshot: HostSnapshot,
  { records, planOf }: NamespacePlans,
  notes: Notes,
): ReadonlyMap<ContainerRecord, Container> {
  const hostId = snapshot.connection.id
  const pods = new Set(snapshot.pods.map(pod => pod.summary.id))
  const containers = new Map<ContainerRecord, Container>()
  for (const record of records) {
    const { summary } = record
    const listed = summary.podId !== null && pods.has(summary.podId)
    if (summary.podId !== null && !listed) notes.add(summary.id, 'its pod is not in the list of pods')
    const places = {
      hostId,
      namespace: planOf.get(summary.id)?.key ?? summary.id,
      pod: listed ? summary.podId : null,
      engine: engineInside(record, snapshot.probe),
    }
    const memory = memoryOf(record)
    if (!memory.container || !samePlaces(memory.container.from, places))
      memory.container = { from: places, made: containerOf(record, places) }
    containers.set(record, memory.container.made)
  }
  return containers
}

/** What decides about a container beside its record: keys and ids of the engine. */
export interface Places {
  hostId: string
  namespace: string
  pod: string | null
  /** What shows that it runs an engine of its own. */
  engine: string | null
}

const samePlaces = (a: Places, b: Places): boolean =>
  a.hostId === b.hostId && a.namespace === b.namespace && a.pod === b.pod && a.engine === b.engine

function containerOf(record: ContainerRecord, { hostId, namespace, pod, engine }: Places): Container {
  const { summary, detail } = record
  return {
    id: containerId(hostId, summary.id),
    name: summary.name,
    image: summary.image,
    state: summary.state,
    namespaceId: namespaceId(hostId, namespace),
    podId: pod === null ? null : podId(hostId, pod),
    isInfra: summary.isInfra,
    createdAt: summary.createdAt,
    startedAt: summary.startedAt,
    unit: unitOf(record),
    // The list of Podman 4.3 has none.
    health: summary.health ?? detail?.health ?? null,
    privileged: detail?.privileged ?? false,
    capabilities: capabilitiesOf(record),
    labels: sortedLabels(summary.labels),
    engine: engine === null ? null : { because: engine },
  }
}

/** Beyond the default set, "CAP_NET_ADMIN"; empty too when inspect failed, which facts.incomplete tells. */
export function capabilitiesOf({ detail }: ContainerRecord): string[] {
  const held = detail?.boundingCaps ?? detail?.capAdd ?? []
  const names = held.map(spelling => {
    const name = spelling.toUpperCase()
    return name.startsWith('CAP_') ? name : `CAP_${name}`
  })
  return [...new Set(names.filter(name => !DEFAULT_CAPABILITIES.has(name)))].sort(compareText)
}

const sortedLabels = (labels: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).sort(([a], [b]) => compareText(a, b)))

/** Pods of the contract, and where their members share a network namespace. */
export function buildPods(
  snapshot: HostSnapshot,
  { records, planOf }: NamespacePlans,
  notes: Notes,
): { pods: Pod[]; podOf: ReadonlyMap<NamespacePlan, string> } {
  const hostId = snapshot.connection.id
  const members = membersByPod(records)
  const podOf = new Map<NamespacePlan, string>()
  // In an order of our own: of two pods that claim one infra container, the first has the namespace.
  const inOrder = [...snapshot.pods].sort(bySummary)
  const pods = inOrder.map(({ summary, detail }) => {
    const id = podId(hostId, summary.id)
    const inside = members.get(summary.id) ?? []
    const infras = inside.filter(one => one.summary.isInfra)
    if (infras.length > 1)
      for (const one of infras) notes.add(one.summary.id, `pod ${summary.name} has ${infras.length} infra containers`)
    const infraId = detail?.infraId ?? summary.infraId
    const plan = infraId === null ? undefined : planOf.get(infraId)
    // Without an answer about the pod, its members tell by where they are.
    const shares = detail
      ? detail.sharedNamespaces.includes('net')
      : inside.some(one => one.summary.id !== infraId && planOf.get(one.summary.id) === plan)
    if (plan?.owner && shares && plan.owner.summary.id === infraId && !podOf.has(plan)) podOf.set(plan, id)
    return {
      id,
      name: summary.name,
      namespaceId: plan && shares ? namespaceId(hostId, plan.key) : null,
      containerIds: inside.map(one => containerId(hostId, one.summary.id)),
    }
  })
  return { pods, podOf }
}

/** By the pod's full id; members in the order of `records`. */
function membersByPod(records: readonly ContainerRecord[]): Map<string, ContainerRecord[]> {
  const byPod = new Map<string, ContainerRecord[]>()
  for (const record of records) {
    const { podId } = record.summary
    if (podId === null) continue
    const list = byPod.get(podId)
    if (list) list.push(record)
    else byPod.set(podId, [record])
  }
  return byPod
}
