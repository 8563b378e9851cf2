/** From the selection of a link to the thing itself. */
import { hostById, resolveRef, type Resolved } from '@/lib/topology/lookup'
import type { Ref } from '@/lib/topology/ref'
import type { Host, Topology } from '@/lib/topology/types'
import type { LinkedSelection } from './url'

export interface Selection {
  host: Host
  ref: Ref
  /** null = the host has no such thing now. */
  thing: Resolved | null
}

/**
 * What a link's selection means. Without a host it is the first host that has such a thing, else the first host; null when
 * nothing is selected or the host is not there.
 */
export function resolveSelection(topology: Topology, select: LinkedSelection | null): Selection | null {
  if (select === null) return null
  const { hostId, ref } = select
  if (hostId !== null) {
    const host = hostById(topology, hostId)
    return host === null ? null : { host, ref, thing: resolveRef(host, ref) }
  }
  for (const host of topology.hosts) {
    const thing = resolveRef(host, ref)
    if (thing !== null) return { host, ref, thing }
  }
  const [first] = topology.hosts
  return first === undefined ? null : { host: first, ref, thing: null }
}
