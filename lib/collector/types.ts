/** What lib/collector publishes: one immutable snapshot of one engine, parsed and complete enough to build a topology from. */
import type {
  Connection,
  ContainerDetail,
  ContainerSummary,
  EngineInfo,
  NetworkSummary,
  PodDetail,
  PodSummary,
  VolumeSummary,
} from '@/lib/podman/types'
import type { ProbeFacts } from '@/lib/probe/types'

/** live = follows events · polling = events unavailable, read on a timer · stale = was read, cannot be now · unreachable = never read */
export type HostStatus = 'live' | 'polling' | 'stale' | 'unreachable'

export interface ContainerRecord {
  summary: ContainerSummary
  /** null when inspect failed; `problem` says how. */
  detail: ContainerDetail | null
  problem: string | null
}

export interface PodRecord {
  summary: PodSummary
  detail: PodDetail | null
  problem: string | null
}

export interface HostSnapshot {
  connection: Connection
  /** Grows by one with every published snapshot of this host. */
  revision: number
  status: HostStatus
  /** One sentence with what is wrong and, where there is one, the command that mends it; null when nothing is. */
  problem: string | null
  /** Wall time of the last complete read, ISO 8601; null before the first. */
  readAt: string | null
  /** null when /info failed; everything else still counts. */
  info: EngineInfo | null
  /** Podman's version from any answer's Libpod-API-Version header; survives a failing /info. */
  podmanVersion: string | null
  /** Name of the machine, as far as it is proven; equal for connections to one machine. */
  machine: string
  /** info.rootless, else by the socket's owner, else null. */
  rootless: boolean | null
  containers: readonly ContainerRecord[]
  networks: readonly NetworkSummary[]
  pods: readonly PodRecord[]
  /** null when they could not be read. */
  volumes: readonly VolumeSummary[] | null
  probe: ProbeFacts
}
