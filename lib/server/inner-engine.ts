/** An engine inside of a container: where it is wanted, how its socket is found, and how it is read. */
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import type { Connection } from '@/lib/podman/types'
import { findInit, isInit } from '@/lib/probe/container-init'
import type { Pinning, PinnedSocket } from '@/lib/probe/inner-socket'
import type { Proc } from '@/lib/probe/proc'
import { engineInside } from '@/lib/topology/inner-engines'

const SOCKET = '/run/podman/podman.sock'
/** So many at the same time; more are an accident. */
export const MAX_INNER = 16
/** Said of a container that was given the socket of an engine outside. */
export const OUTSIDE = `${SOCKET} in it is the socket of an engine outside`

export interface Place {
  /** Of the connection; unique, and equal for as long as the container is this one. */
  id: string
  name: string
  outer: HostSnapshot
  record: ContainerRecord
}

export type Opening = { ok: true; pid: number; socket: PinnedSocket } | { ok: false; because: string }

/** Holds the socket of a container's engine, which the caller closes. `hints` are what its first process may be. */
export async function openEngine(
  { outer, record }: Place,
  hints: readonly number[],
  { proc, pin }: { proc: Proc; pin: (root: string, path: string, proof: () => boolean) => Promise<Pinning> },
): Promise<Opening> {
  const ids = new Set(outer.containers.map(({ summary }) => summary.id))
  const pid = await findInit(proc, record.summary.id, ids, hints)
  if (pid === null) return { ok: false, because: 'no process of the container is to be seen here' }
  const found = await pin(`/proc/${pid}/root`, SOCKET, () => isInit(proc, pid, record.summary.id, ids))
  return found.ok ? { ok: true, pid, socket: found.socket } : found
}

/** Containers whose engines are wanted. A lost outer engine says nothing of its containers: the last word counts. */
export function placesIn(outer: HostSnapshot, wanted: readonly string[]): Place[] {
  const { connection, containers, probe } = outer
  if (connection.transport !== 'unix' || connection.nestedIn !== undefined) return []
  return containers.flatMap(record => {
    const { id, name, state } = record.summary
    if (state !== 'running' && state !== 'paused') return []
    const isWanted = wanted.includes(name) || (wanted.includes('*') && engineInside(record, probe) !== null)
    return isWanted
      ? [{ id: `${connection.id}-in-${id.slice(0, 12)}`, name: `${name}@${connection.id}`, outer, record }]
      : []
  })
}

/** A container may have the socket of an engine outside mounted, which is not one of its own. */
export const isOwnSocket = (proc: Proc, outer: readonly Connection[], identity: string): boolean =>
  outer.some(({ path, transport }) => {
    if (transport !== 'unix' || path === null) return false
    const found = proc.identity(path)
    return found.ok && found.value === identity
  })

/** How the engine behind the socket is read. */
export function connectionTo({ id, name, outer, record }: Place, socket: PinnedSocket): Connection {
  const { netns } = record.summary
  const isHostMode = netns !== null && netns === outer.probe.hostNetns
  return {
    id,
    name,
    uri: `unix://${SOCKET}`,
    transport: 'unix',
    path: socket.path,
    foundBy: 'PODWIRE_NESTED',
    ownerUid: socket.uid,
    nestedIn: {
      hostId: outer.connection.id,
      containerId: record.summary.id,
      netns,
      machine: isHostMode ? outer.machine : null,
    },
  }
}
