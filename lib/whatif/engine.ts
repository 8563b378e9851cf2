/** What this engine makes of words that mean another thing from host to host. */
import type { HostSnapshot } from '@/lib/collector/types'
import { engineOf } from '@/lib/topology/engine'
import { DEFAULT_NETWORK } from '@/lib/topology/networks'
import type { NetworkChoice } from './types'

/** A choice with `private` read as this engine reads it; null = which it takes is not known. */
export type Settled = Exclude<NetworkChoice, { kind: 'private' }> | { kind: 'pasta' | 'slirp4netns' }

/**
 * Podman's default for its user: the default network for root, else an uplink of one's own, which is named from 5.1 on and
 * was slirp4netns before 5.0.
 * https://github.com/containers/podman/blob/v5.4.2/pkg/specgen/generate/namespaces.go
 */
export function settle(snapshot: HostSnapshot, choice: NetworkChoice): Settled | null {
  if (choice.kind !== 'private') return choice
  if (snapshot.rootless === null) return null
  if (!snapshot.rootless)
    return { kind: 'network', name: snapshot.info?.defaultNetwork ?? DEFAULT_NETWORK, address: null }
  const said = snapshot.info?.rootlessNetworkCmd ?? null
  if (said === 'pasta' || said === 'slirp4netns') return { kind: said }
  const { podmanMajor } = engineOf(snapshot)
  return podmanMajor === null ? null : { kind: podmanMajor < 5 ? 'slirp4netns' : 'pasta' }
}
