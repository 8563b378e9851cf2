/** The kinds of quadlet files, and what each is called. */
import type { UnitSection } from './keys'

export type UnitKind = 'container' | 'pod' | 'kube' | 'network' | 'volume' | 'image' | 'build' | 'artifact'

interface KindFacts {
  section: UnitSection
  /** What Podman puts between the file's name and ".service". */
  suffix: string
  /** The key that names what the unit makes; null when none does. */
  nameKey: string | null
  /** The first Podman that reads such files. */
  since: string
}

/** https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L1508-L1586 */
export const KINDS: Readonly<Record<UnitKind, KindFacts>> = {
  container: { section: 'Container', suffix: '', nameKey: 'ContainerName', since: '4.4' },
  pod: { section: 'Pod', suffix: '-pod', nameKey: 'PodName', since: '5.0' },
  kube: { section: 'Kube', suffix: '', nameKey: null, since: '4.4' },
  network: { section: 'Network', suffix: '-network', nameKey: 'NetworkName', since: '4.4' },
  volume: { section: 'Volume', suffix: '-volume', nameKey: 'VolumeName', since: '4.4' },
  image: { section: 'Image', suffix: '-image', nameKey: null, since: '4.8' },
  build: { section: 'Build', suffix: '-build', nameKey: null, since: '5.2' },
  artifact: { section: 'Artifact', suffix: '-artifact', nameKey: null, since: '5.7' },
}

const isKind = (text: string): text is UnitKind => Object.hasOwn(KINDS, text)

/** The kind of "web.container"; null when the name is that of no quadlet file. */
export function kindOf(fileName: string): UnitKind | null {
  const dot = fileName.lastIndexOf('.')
  const extension = fileName.slice(dot + 1)
  // A leading dot is no extension: removeExtension leaves such a name whole.
  return dot > 0 && isKind(extension) ? extension : null
}
