/**
 * What a container's own record says about its network namespace, before it is compared with the others.
 * Strings of HostConfig.NetworkMode: https://github.com/containers/podman/blob/v5.8.2/libpod/container.go#L1428-L1466
 */
import type { ContainerRecord, PodRecord } from '@/lib/collector/types'
import type { ContainerState } from '@/lib/podman/types'

export type Claim =
  | { kind: 'host' | 'none' | 'private' | 'pasta' | 'slirp4netns' }
  /** Joins the namespace of the container with this full id. */
  | { kind: 'join'; target: string }
  | { kind: 'path'; path: string }
  /** Nothing says which. */
  | { kind: 'undecided' }
  /** Its mode is not where it is: it runs in a namespace of its own, of which nothing is known. */
  | { kind: 'orphan' }

/** States in which the container's network namespace exists and its networks are set up. */
const HAS_NETWORK: Record<ContainerState, boolean> = {
  created: false,
  initialized: true,
  running: true,
  paused: true,
  stopping: true,
  stopped: false,
  exited: false,
  removing: false,
  unknown: false,
}

export const isLive = (record: ContainerRecord): boolean => HAS_NETWORK[record.summary.state]

/** `note` receives, in words, what keeps the claim from being certain. */
export function claimOf(record: ContainerRecord, pod: PodRecord | undefined, note: (text: string) => void): Claim {
  const { summary, detail } = record
  if (detail) return claimOfMode(detail.networkMode, note)
  note(record.problem ?? 'inspect failed')
  // The list row names a container's own networks only: joiners, host, none and pasta have none.
  if (summary.networks.length > 0) return { kind: 'private' }
  if (pod?.detail?.hostNetwork) return { kind: 'host' }
  const infra = pod?.detail?.infraId ?? pod?.summary.infraId ?? null
  if (infra !== null && infra !== summary.id && pod?.detail?.sharedNamespaces.includes('net')) {
    // A running one shows by its inode whether that is so.
    if (summary.netns === null) note('its network namespace is taken to be that of its pod')
    return { kind: 'join', target: infra }
  }
  return { kind: 'undecided' }
}

function claimOfMode(mode: string, note: (text: string) => void): Claim {
  const colon = mode.indexOf(':')
  const word = colon < 0 ? mode : mode.slice(0, colon)
  const rest = colon < 0 ? '' : mode.slice(colon + 1)
  switch (word) {
    case 'bridge':
    case 'private':
      return { kind: 'private' }
    case 'host':
      return { kind: 'host' }
    case 'none':
      return { kind: 'none' }
    case 'pasta':
      return { kind: 'pasta' }
    case 'slirp4netns':
      return { kind: 'slirp4netns' }
    case 'container':
      return { kind: 'join', target: rest }
    case 'ns':
      return { kind: 'path', path: rest }
    default:
      note(`network mode "${mode}" is not known`)
      return { kind: 'undecided' }
  }
}
