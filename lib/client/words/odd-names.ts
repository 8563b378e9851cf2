/** Names that could be read as sentences. */
import type { Topology } from '@/lib/topology/types'

const NONE: readonly string[] = []
const known = new WeakMap<Topology, readonly string[]>()

/** Names with white space, each once. An engine allows none; whoever pretends to be one, or names a process, may. */
export function oddNames(topology: Topology | null): readonly string[] {
  if (topology === null) return NONE
  const before = known.get(topology)
  if (before !== undefined) return before
  const odd = new Set<string>()
  const look = (name: string | null | undefined) => {
    if (typeof name === 'string' && name.includes(' ')) odd.add(name)
  }
  for (const host of topology.hosts) {
    look(host.name)
    for (const container of host.containers) {
      look(container.name)
      look(container.image)
    }
    for (const pod of host.pods) look(pod.name)
    for (const network of host.networks) {
      look(network.name)
      look(network.interface)
    }
    for (const one of host.interfaces ?? []) look(one.name)
    for (const namespace of host.namespaces) for (const { process } of namespace.listeners ?? []) look(process)
    for (const unit of host.units ?? []) {
      look(unit.path)
      look(unit.name)
    }
  }
  const names = odd.size === 0 ? NONE : [...odd]
  known.set(topology, names)
  return names
}
