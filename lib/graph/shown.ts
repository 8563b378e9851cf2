/** What of a topology is in sight. */
import type { Topology } from '@/lib/topology/types'
import { withoutDeclared } from './declared'

/**
 * The host of the id `only` with what runs inside of its containers, drawn in their boxes; all hosts for null, or when there
 * is none of that id. `bare`: without what is declared and not there.
 */
export function shownHosts(topology: Topology, only: string | null, bare: boolean): Topology {
  const isNamed = ({ id, nestedIn }: Topology['hosts'][number]) => id === only || nestedIn?.hostId === only
  const named = only === null ? [] : topology.hosts.filter(isNamed)
  const hosts = named.length === 0 ? topology.hosts : named
  if (bare) return { ...topology, hosts: hosts.map(withoutDeclared) }
  return hosts === topology.hosts ? topology : { ...topology, hosts }
}
