/** Which network code of Podman is at work; its version decides what one and the same network configuration means. */
import type { HostSnapshot } from '@/lib/collector/types'

export interface Engine {
  /** "5.4.2"; null when no answer carried it. */
  podman: string | null
  podmanMajor: number | null
  /** "netavark" | "cni"; null when not proven. */
  backend: string | null
  /** As the engine says it, "1.14.0"; before Podman 4.6 it does not. */
  netavark: string | null
  /** Compared by generation; null when not proven. `minor` is null where only the generation is. */
  generation: { major: number; minor: number | null } | null
}

export function engineOf(snapshot: HostSnapshot): Engine {
  const { info } = snapshot
  const podman = info?.podmanVersion ?? snapshot.podmanVersion
  const netavark = info?.netavarkVersion ?? null
  const major = podman === null ? null : (readVersion(podman)?.major ?? null)
  // CNI was removed in 6.0; a 5.x may have been built with it.
  const backend = info?.networkBackend ?? (netavark !== null || (major !== null && major >= 6) ? 'netavark' : null)
  return { podman, podmanMajor: major, backend, netavark, generation: generationOf(backend, netavark, major) }
}

function generationOf(backend: string | null, netavark: string | null, podmanMajor: number | null) {
  if (backend !== 'netavark') return null
  if (netavark !== null) return readVersion(netavark)
  // Podman 6 requires netavark 2, which is years younger than the 4.x that do not name theirs. 5.x works with either.
  // https://github.com/containers/podman/pull/27349
  if (podmanMajor === 4) return { major: 1, minor: null }
  return podmanMajor !== null && podmanMajor >= 6 ? { major: 2, minor: null } : null
}

function readVersion(text: string): { major: number; minor: number } | null {
  const match = /(\d+)\.(\d+)/.exec(text)
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : null
}
