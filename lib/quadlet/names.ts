/** What Podman and systemd call what a file declares. */
import { type Entry, lastOf } from './grammar'
import { KINDS, type UnitKind } from './kinds'

/** "web@blue.container" → base "web@blue", prefix "web", instance "blue"; without "@" the instance is null. */
export function partsOf(fileName: string): { base: string; prefix: string; instance: string | null } {
  const base = fileName.slice(0, fileName.lastIndexOf('.'))
  const at = base.indexOf('@')
  return at === -1
    ? { base, prefix: base, instance: null }
    : { base, prefix: base.slice(0, at), instance: base.slice(at + 1) }
}

/** A template without an instance: it declares nothing by itself. */
export const isTemplate = (fileName: string): boolean => partsOf(fileName).instance === ''

/**
 * The name of the service, with ".service". A template's suffix comes before its "@":
 * https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L1567-L1578
 */
export function serviceOf(fileName: string, kind: UnitKind, entries: readonly Entry[]): string | null {
  const { section, suffix } = KINDS[kind]
  const { base } = partsOf(fileName)
  const plain = base.endsWith('@') ? `${base.slice(0, -1)}${suffix}@` : `${base}${suffix}`
  const service = lastOf(entries, section, 'ServiceName')?.value ?? plain
  // systemd would have to be asked for what a specifier in it stands for.
  return service.includes('%') ? null : `${service}.service`
}

/**
 * What systemd makes of the specifiers in a name, for those that the names of file and service decide:
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Specifiers
 * null when one is left that they do not decide, or that has no value yet.
 */
export function expandSpecifiers(text: string, service: string | null): string | null {
  // A variable of the service's environment.
  if (text.includes('$')) return null
  if (!text.includes('%')) return text
  if (service === null) return null
  const name = service.replace(/\.service$/, '')
  const at = name.indexOf('@')
  const prefix = at === -1 ? name : name.slice(0, at)
  const instance = at === -1 ? null : name.slice(at + 1)
  const values = new Map<string, string | null>([
    ['%', '%'],
    ['n', service],
    ['N', name],
    ['p', prefix],
    ['P', unescapeName(prefix)],
    ['j', prefix.slice(prefix.lastIndexOf('-') + 1)],
    ['J', unescapeName(prefix.slice(prefix.lastIndexOf('-') + 1))],
    // The instance of a template is decided when it is started.
    ['i', instance === '' ? null : (instance ?? '')],
    ['I', instance === '' ? null : unescapeName(instance ?? '')],
  ])
  if (instance === '') for (const letter of ['n', 'N']) values.set(letter, null)
  let isDecided = true
  const expanded = text.replaceAll(/%(.?)/gsu, (_, letter: string) => {
    const value = values.get(letter) ?? null
    if (value === null) isDecided = false
    return value ?? ''
  })
  return isDecided ? expanded : null
}

/** "a-b\x2dc" → "a/b-c"; null when an escape is none, or one of several bytes. */
function unescapeName(name: string): string | null {
  let isPlain = true
  const text = name
    .replaceAll('-', '/')
    .replaceAll(/\\(x([0-7][0-9a-f])|.|$)/gsu, (_, _whole: string, hex?: string) => {
      if (hex === undefined) isPlain = false
      return hex === undefined ? '' : String.fromCodePoint(Number.parseInt(hex, 16))
    })
  return isPlain ? text : null
}

/**
 * The name of the container, pod, network or volume that the unit makes; null when it makes none of them, or when the name is
 * decided elsewhere. https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L889-L930, pods: #L1580-L1587
 */
export function resourceOf(fileName: string, kind: UnitKind, entries: readonly Entry[]): string | null {
  const { section, nameKey } = KINDS[kind]
  if (nameKey === null) return null
  const service = serviceOf(fileName, kind, entries)
  const named = lastOf(entries, section, nameKey)?.value ?? ''
  return expandSpecifiers(named === '' ? defaultName(fileName, kind) : named, service)
}

function defaultName(fileName: string, kind: UnitKind): string {
  const { base, instance } = partsOf(fileName)
  if (kind === 'container') return instance === null ? 'systemd-%N' : 'systemd-%p_%i'
  if (kind === 'pod' || instance === null) return `systemd-${base}`
  // Podman cuts the last letter, whatever it is, where it expects the "@".
  return `systemd-${base.slice(0, -1)}-%i`
}
