/** One snapshot from everything that is known of an engine and its kernel. Pure but for the name of this machine. */
import type { Connection } from '@/lib/podman/types'
import type { ProbeFacts, ProbeInput } from '@/lib/probe/types'
import { machineOf, rootlessOf } from './machine'
import type { HostSnapshot, HostStatus, UnitsRead } from './types'
import type { UnitsInput } from './units'
import type { World } from './world'

interface SnapshotParts {
  connection: Connection
  revision: number
  status: HostStatus
  problem: string | null
  /** Wall time of the last complete read, ISO 8601. */
  readAt: string | null
  /** null before the first complete read. */
  world: World | null
  probe: ProbeFacts
  units?: UnitsRead
  /** What the probe proved of the host's network namespace; null while nothing is. */
  provenHost: { netns: string; isOwn: boolean } | null
  localHostname: string
}

export function snapshotOf({ world, provenHost, localHostname, ...rest }: SnapshotParts): HostSnapshot {
  const { connection } = rest
  const info = world?.info ?? null
  const containers = [...(world?.containers.values() ?? [])].toSorted(byId)
  return {
    ...rest,
    info,
    podmanVersion: world?.podmanVersion ?? null,
    machine: machineOf({ info, connection, host: provenHost, localHostname }),
    rootless: rootlessOf({ info, connection, details: containers.flatMap(record => record.detail ?? []) }),
    containers,
    networks: world?.networks ?? [],
    pods: [...(world?.pods.values() ?? [])].toSorted(byId),
    volumes: world?.volumes ?? null,
    volumesAreOld: world?.volumesAreOld ?? false,
  }
}

/** What facts say of the host's network namespace; null when they prove nothing. */
export const provenBy = ({ available, hostNetns, hostNetnsIsOwn }: ProbeFacts): SnapshotParts['provenHost'] =>
  available && hostNetns !== null ? { netns: hostNetns, isOwn: hostNetnsIsOwn } : null

const byId = (a: { summary: { id: string } }, b: { summary: { id: string } }): number =>
  a.summary.id < b.summary.id ? -1 : 1

/** What the probe has to know of an engine. */
export function probeInput({ connection, rootless, containers }: HostSnapshot): ProbeInput {
  return {
    socketPath: connection.transport === 'unix' ? connection.path : null,
    rootless,
    containers: containers.map(({ summary, detail }) => ({
      id: summary.id,
      networkMode: detail?.networkMode ?? null,
      pid: summary.pid,
      conmonPid: detail?.conmonPid ?? null,
      netns: summary.netns,
    })),
  }
}

/** What the reader of quadlet files has to know of an engine. */
export const unitsInput = (snapshot: HostSnapshot): UnitsInput => ({
  probe: probeInput(snapshot),
  connection: snapshot.connection,
  podman: snapshot.podmanVersion,
})
