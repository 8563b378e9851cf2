/** The published ports of a namespace, counted once: those of its owner. */
import type { PortMapping, Protocol } from '@/lib/podman/types'
import { type DoorHost, judgeDoor, type Verdict, type Wire } from './doors'
import { containerId } from './ids'
import type { NamespacePlan } from './namespaces'
import { compareText, withoutRepeats } from './order'
import { readBindAddress } from './scope'
import type { BindScope, PublishedPort } from './types'

const LAST_PORT = 65_535
const NONE: PublishedPort[] = []

/**
 * One entry per port, sorted by host port. Ranges are expanded however long: a door that is not listed would be one that nobody
 * looks at. The worst there is, all 65,535 ports of a container, takes about 10 ms and 19 MB of JSON (0.4 MB gzipped).
 * `repeated` tells whether another container lists the same mapping; `note` receives what is wrong with one.
 */
export function publishedOf(
  plan: NamespacePlan,
  wires: readonly Wire[],
  host: DoorHost,
  hostId: string,
  repeated: (mapping: PortMapping) => boolean,
  note: (text: string) => void,
): PublishedPort[] {
  const mappings = mappingsOf(plan, repeated)
  const { owner } = plan
  if (owner === null || mappings.length === 0) return NONE
  const ownerId = containerId(hostId, owner.summary.id)
  const judged = new Map<string, Verdict & { scope: BindScope }>()
  const judge = (hostIp: string, protocol: Protocol) => {
    const key = `${protocol} ${hostIp}`
    const known = judged.get(key)
    if (known) return known
    const bind = readBindAddress(hostIp)
    const verdict = { scope: bind.scope, ...judgeDoor(plan, wires, bind, protocol, host) }
    judged.set(key, verdict)
    return verdict
  }
  const doors: PublishedPort[] = []
  for (const mapping of mappings) {
    const { hostIp, protocol } = mapping
    const { scope, forwarded, because } = judge(hostIp, protocol)
    const range = Math.min(mapping.range, LAST_PORT + 1 - Math.max(mapping.hostPort, mapping.containerPort))
    if (range < mapping.range || mapping.hostPort < 1 || mapping.containerPort < 1)
      note(`port mapping ${mapping.hostPort}:${mapping.containerPort} is out of range`)
    for (let offset = 0; offset < range; offset++) {
      const hostPort = mapping.hostPort + offset
      const containerPort = mapping.containerPort + offset
      if (hostPort < 1 || containerPort < 1) continue
      doors.push({ hostIp, hostPort, containerPort, protocol, ownerId, scope, forwarded, because })
    }
  }
  return withoutRepeats(doors.sort(byDoor), byDoor)
}

/** The list's ports, because inspect shows an unset host address as 0.0.0.0. */
function mappingsOf(plan: NamespacePlan, repeated: (mapping: PortMapping) => boolean): readonly PortMapping[] {
  const { owner } = plan
  if (owner === null) return []
  const { ports } = owner.summary
  switch (plan.claim) {
    case 'private':
    case 'pasta':
    case 'slirp4netns':
      return ports.length > 0 ? ports : (owner.detail?.portBindings ?? [])
    case 'undecided':
      // Might be a joiner that repeats its owner's ports.
      return ports.filter(mapping => !repeated(mapping))
    case 'host':
    case 'none':
    case 'path':
    case 'join':
    case 'orphan':
      // Podman discards the mappings of the first three; the last two list somebody else's.
      return []
  }
}

/** Identifies a mapping, for finding out who repeats whose. */
export const mappingKey = ({ hostIp, hostPort, containerPort, range, protocol }: PortMapping): string =>
  `${hostPort} ${containerPort} ${range} ${protocol} ${hostIp}`

const byDoor = (a: PublishedPort, b: PublishedPort): number =>
  a.hostPort - b.hostPort ||
  compareText(a.protocol, b.protocol) ||
  compareText(a.hostIp, b.hostIp) ||
  a.containerPort - b.containerPort
