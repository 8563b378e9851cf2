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
import type { DeclaredUnit } from '@/lib/quadlet/types'

/** live = follows events · polling = events unavailable, read on a timer · stale = was read, cannot be now · unreachable = never read */
export type HostStatus = 'live' | 'polling' | 'stale' | 'unreachable'

export interface ContainerRecord {
  summary: ContainerSummary
  /** null when it was never inspected. With a `problem` it is what an earlier inspect said, as far as the row still agrees. */
  detail: ContainerDetail | null
  /** How the last inspect failed. */
  problem: string | null
}

/** `detail` and `problem` as of a container. */
export interface PodRecord {
  summary: PodSummary
  detail: PodDetail | null
  problem: string | null
}

/** A quadlet file, and what is known of the service that systemd makes of it. */
export interface UnitRecord {
  unit: DeclaredUnit
  /** When the file or one of its drop-ins was changed, ISO 8601; null when that is not known. */
  modifiedAt: string | null
  /** systemd's words: "active/running", "inactive/dead", "Not loaded"; null when they are not known. */
  systemd: string | null
  systemdUnknownBecause: string | null
}

export type UnitsRead =
  | {
      known: true
      /** Sorted by name. */
      units: readonly UnitRecord[]
      /** What was left out, in words. */
      notes: readonly string[]
    }
  | { known: false; because: string }

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
  /** null when they could never be read. */
  volumes: readonly VolumeSummary[] | null
  /** They could not be read the last time: `volumes` is what an earlier answer said. */
  volumesAreOld?: boolean
  probe: ProbeFacts
  /** Absent when nobody looked. */
  units?: UnitsRead
}

/** Follows one engine for ever. Everything it publishes is immutable, and unchanged parts keep their identity. */
export interface Collector {
  /** Begins to read; failures end in snapshots, never in exceptions. */
  start(): void
  /** Resolves when no call is in flight any more. */
  stop(): Promise<void>
  /** Status "unreachable" and empty until the first complete read. */
  current(): HostSnapshot
  /** Age of the last complete read by a clock that no one sets, and that runs on while the machine sleeps; null before the first. */
  ageSeconds(): number | null
  /** Calls back after every published snapshot. Returns the way to stop. */
  subscribe(listener: (snapshot: HostSnapshot) => void): () => void
  /** Calls and errors by path template, over all reconnections. */
  counters(): Readonly<Record<string, { calls: number; errors: number }>>
}
