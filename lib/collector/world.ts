/** Everything that was read of one engine, by id. */
import type {
  ContainerDetail,
  ContainerSummary,
  EngineInfo,
  NetworkSummary,
  PodSummary,
  VolumeSummary,
} from '@/lib/podman/types'
import type { ContainerRecord, PodRecord } from './types'

export interface World {
  info: EngineInfo | null
  podmanVersion: string | null
  containers: ReadonlyMap<string, ContainerRecord>
  networks: readonly NetworkSummary[]
  pods: ReadonlyMap<string, PodRecord>
  volumes: readonly VolumeSummary[] | null
  volumesAreOld: boolean
}

/** Whether a row of the list says that inspect would answer differently than it did. */
export function rowChanged(before: ContainerSummary, now: ContainerSummary): boolean {
  const signature = (row: ContainerSummary) =>
    JSON.stringify([row.state, row.pid, row.startedAt, row.name, row.networks, row.ports, row.netns, row.podId])
  return signature(before) !== signature(now)
}

/**
 * What an earlier inspect says of a container that cannot be inspected now. What a container was created with stays; where
 * its row changed, what comes with each start does not, and the addresses of a former run may be another's by now.
 */
export function earlierDetail(known: ContainerRecord | undefined, row: ContainerSummary): ContainerDetail | null {
  const detail = known?.detail ?? null
  if (known === undefined || detail === null || !rowChanged(known.summary, row)) return detail
  return {
    ...detail,
    name: row.name,
    state: row.state,
    health: row.health,
    pid: row.pid,
    conmonPid: null,
    sandboxKey: null,
    attachments: null,
  }
}

/** The same for a pod; its state follows from its containers and is in the row itself. */
export const podRowChanged = (before: PodSummary, now: PodSummary): boolean =>
  before.infraId !== now.infraId || before.networks.join('\n') !== now.networks.join('\n')
