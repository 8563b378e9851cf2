/** From what a client calls a thing to the thing: looked up in the current topology, and never anywhere else. */
import type { Host } from '@/lib/topology/types'

interface Identified {
  id: string
  name: string
}

export interface Found<T> {
  host: Host
  object: T
}

/** Ids of ours end with the engine's full id. */
const engineId = (id: string): string => /[0-9a-f]{64}$/.exec(id)?.[0] ?? ''

/** Hosts that `text` means by id, else by name. */
export function hostsNamed(hosts: readonly Host[], text: string): readonly Host[] {
  const byId = hosts.filter(host => host.id === text)
  return byId.length > 0 ? byId : hosts.filter(host => host.name === text)
}

/**
 * What `text` means among `list(host)` of the hosts: by id of the topology, by the engine's full id, by name, or by a prefix of
 * at least twelve digits. The first of these ways that finds anything decides. null when it finds none, or several.
 */
export function resolveObject<T extends Identified>(
  hosts: readonly Host[],
  list: (host: Host) => readonly T[],
  text: string,
): Found<T> | null {
  const ways: ((one: T) => boolean)[] = [one => one.id === text]
  if (/^[0-9a-f]{64}$/.test(text)) ways.push(one => engineId(one.id) === text)
  ways.push(one => one.name === text)
  if (/^[0-9a-f]{12,63}$/.test(text)) ways.push(one => engineId(one.id).startsWith(text))
  for (const matches of ways) {
    const found = hosts.flatMap(host =>
      list(host)
        .filter(matches)
        .map(object => ({ host, object })),
    )
    const [only, second] = found
    if (only) return second ? null : only
  }
  return null
}
