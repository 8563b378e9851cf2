/**
 * What was made of a record before. A record is the same object until the engine tells something new of its container, so most
 * of a host need not be made again when one container changed, and what equals its predecessor is that very object: whoever
 * compares two models of a host sees at once what did not change. `from` is
 * everything else that an entry was made from: it is used again only where that is the same.
 */
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import type { Wiring } from './attachments'
import type { Places } from './containers'
import type { DoorHost } from './doors'
import type { NamespacePlan } from './namespaces'
import type { Container, ContainerFacts, Listener, Namespace } from './types'

export interface Memory {
  container: { from: Places; made: Container } | null
  facts: { from: HostSnapshot['volumes']; made: ContainerFacts } | null
  /** Of the namespace that it owns. */
  wires: { from: HostSnapshot['networks']; made: Wiring } | null
  /** The one that it owns, and what was noted of it. */
  namespace: { from: Surroundings; made: Namespace; notes: readonly string[] } | null
}

/** What a namespace is made from beside the records of its members. */
export interface Surroundings {
  hostId: string
  claim: NamespacePlan['claim']
  members: readonly ContainerRecord[]
  podId: string | null
  networks: HostSnapshot['networks']
  doorHost: DoorHost
  listeners: Listener[] | null
  listenersUnknownBecause: string | null
}

const memories = new WeakMap<ContainerRecord, Memory>()

export function memoryOf(record: ContainerRecord): Memory {
  const known = memories.get(record)
  if (known) return known
  const made: Memory = { container: null, facts: null, wires: null, namespace: null }
  memories.set(record, made)
  return made
}
