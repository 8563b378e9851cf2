/** Who a change is about, as the snapshot has it: the container that its namespace belongs to, and all who follow it. */
import type { ContainerRecord, HostSnapshot, PodRecord } from '@/lib/collector/types'
import type { PortMapping } from '@/lib/podman/types'
import { isLive } from '@/lib/topology/claims'
import { containerId } from '@/lib/topology/ids'
import { type NamespacePlan, planNamespaces } from '@/lib/topology/namespaces'
import { Notes } from '@/lib/topology/notes'
import type { Target } from './types'

export interface Subject {
  target: Target
  /** Whose settings change: the container, or the pod's infra container. */
  record: ContainerRecord
  pod: PodRecord | null
  /** Where it is now. */
  plan: NamespacePlan
  /** The host's own namespace. */
  hostPlan: NamespacePlan
  /** Engine ids of `record` and of all who share its namespace by `container:` or pod, however far; they move with it. */
  movers: ReadonlySet<string>
  /** Its published ports, as the engine lists them. */
  ports: readonly PortMapping[]
  live: boolean
}

/** null when there is no such container or pod. Names first, then ids. */
export function findSubject(snapshot: HostSnapshot, target: Target): Subject | null {
  const found = target.kind === 'pod' ? infraOf(snapshot, target.name) : containerOf(snapshot, target.name)
  if (found === null) return null
  const { record, pod } = found
  const { plans, planOf } = planNamespaces(snapshot, new Notes())
  const plan = planOf.get(record.summary.id)
  const hostPlan = plans.find(({ kind }) => kind === 'host')
  if (plan === undefined || hostPlan === undefined) return null
  return {
    target: { kind: pod === null ? 'container' : 'pod', name: pod?.summary.name ?? record.summary.name },
    record,
    pod,
    plan,
    hostPlan,
    movers: moversOf(snapshot, record.summary.id),
    ports: portsOf(plan),
    live: isLive(record),
  }
}

interface Found {
  record: ContainerRecord
  pod: PodRecord | null
}

function containerOf(snapshot: HostSnapshot, name: string): Found | null {
  const record =
    snapshot.containers.find(({ summary }) => summary.name === name) ??
    snapshot.containers.find(({ summary }) =>
      [summary.id, containerId(snapshot.connection.id, summary.id)].includes(name),
    )
  if (record === undefined) return null
  // An infra container is no more than its pod.
  const pod = record.summary.isInfra ? snapshot.pods.find(one => one.summary.id === record.summary.podId) : undefined
  return { record, pod: pod ?? null }
}

function infraOf(snapshot: HostSnapshot, name: string): Found | null {
  const pod = snapshot.pods.find(({ summary }) => summary.name === name)
  const infraId = pod?.detail?.infraId ?? pod?.summary.infraId
  const record = snapshot.containers.find(({ summary }) => summary.id === infraId)
  return pod === undefined || record === undefined ? null : { record, pod }
}

const joined = ({ detail }: ContainerRecord): string | null =>
  /^container:(.+)$/.exec(detail?.networkMode ?? '')?.[1] ?? null

function moversOf(snapshot: HostSnapshot, first: string): Set<string> {
  const movers = new Set([first])
  const isNew = (record: ContainerRecord) => !movers.has(record.summary.id) && movers.has(joined(record) ?? '')
  for (let found = snapshot.containers.filter(isNew); found.length > 0; found = snapshot.containers.filter(isNew))
    for (const { summary } of found) movers.add(summary.id)
  return movers
}

/** The list's, because inspect shows an unset host address as 0.0.0.0. None in modes where Podman discards them. */
function portsOf({ owner, claim }: NamespacePlan): readonly PortMapping[] {
  if (owner === null || (claim !== 'private' && claim !== 'pasta' && claim !== 'slirp4netns')) return []
  return owner.summary.ports.length > 0 ? owner.summary.ports : (owner.detail?.portBindings ?? [])
}
