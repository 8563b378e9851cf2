import * as z from 'zod'
import { annotationArguments } from './create-command'
import { cut, maxLabel, withoutCredentials } from './text'

/**
 * The labels that Podwire shows. Labels carry anything, basic-auth hashes of reverse proxies included, so a key is here
 * only if a screen needs it: who manages the container, and what the image says it is.
 */
const shownLabels = [
  // Which unit or project a container belongs to: the name under which an admin knows it, and where a fix goes.
  'PODMAN_SYSTEMD_UNIT',
  'com.docker.compose.project',
  'com.docker.compose.service',
  'io.podman.compose.project',
  'io.podman.compose.service',
  // Whether a new image may arrive by itself.
  'io.containers.autoupdate',
  // What the image calls itself, https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md
  'org.opencontainers.image.title',
  'org.opencontainers.image.version',
  'org.opencontainers.image.source',
  'org.opencontainers.image.url',
] as const

/** Podwire's own keys. Images can set labels, so they count on networks and as annotations only, never as container labels. */
const ownPrefix = 'io.podwire.'

export const isOwnKey = (key: string): boolean => key.startsWith(ownPrefix)

const maxOwnKeys = 64

const labelMap = z.record(z.string(), z.unknown()).nullish()

const shown = (value: string): string => cut(withoutCredentials(value), maxLabel)

const pick = (labels: Record<string, unknown>, keys: readonly string[]): Record<string, string> => {
  const kept: Record<string, string> = {}
  for (const key of keys) {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined
    if (typeof value === 'string') kept[key] = shown(value)
  }
  return kept
}

const ownKeys = (labels: Record<string, unknown>): string[] =>
  Object.keys(labels)
    .filter(key => isOwnKey(key) && key.length <= maxLabel)
    .slice(0, maxOwnKeys)

/** Labels of a container: the shown ones. */
export const containerLabels = labelMap.transform(labels => pick(labels ?? {}, shownLabels))

/** Labels of a network: the shown ones and Podwire's own, because no image can set them. */
export const networkLabels = labelMap.transform(labels =>
  pick(labels ?? {}, [...shownLabels, ...ownKeys(labels ?? {})]),
)

/** Annotations of a container: Podwire's own, whoever set them. */
export const ownAnnotations = labelMap.transform(annotations => pick(annotations ?? {}, ownKeys(annotations ?? {})))

/**
 * Podwire's own annotations, apart by who set them. Podman before 5 copies those of the image (measured with 4.3.1; later
 * ones do not, https://github.com/containers/podman/blob/v5.4.2/pkg/specgen/generate/container.go#L176-L177), and a container
 * outlives an update of Podman. So only those count that stand in the command that created the container.
 */
export function annotationsBySource(
  annotations: Readonly<Record<string, string>>,
  argv: readonly string[],
): { asked: Record<string, string>; others: string[] } {
  const keys = new Set(annotationArguments(argv).map(argument => argument.slice(0, argument.indexOf('='))))
  const entries = Object.entries(annotations)
  return {
    asked: Object.fromEntries(entries.filter(([key]) => keys.has(key))),
    others: entries.flatMap(([key]) => (keys.has(key) ? [] : [key])),
  }
}
