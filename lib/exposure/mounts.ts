/** Mounts of a container, and what cannot be told of them. */
import { lowerScale } from './severity'
import type { EngineSocket } from './sockets'
import type { Evidence, Scale } from './types'
import type { HostView, Member, Mount } from './view'

/** The mounts of a container that open an engine socket. */
export function engineSockets({ mounts }: Member): { mount: Mount; socket: EngineSocket }[] {
  const found: { mount: Mount; socket: EngineSocket }[] = []
  for (const mount of mounts) if (mount.socket !== null) found.push({ mount, socket: mount.socket })
  return found
}

export const mountEvidence = (mount: Mount): Evidence => ({
  field: `Mounts[${mount.destination}].Source`,
  value: `${mount.source} (${mount.writable ? 'rw' : 'ro'})`,
})

/** As --volume has it, to be left out. */
export const volumeWord = (mount: Mount): string => `${mount.source}:${mount.destination}`

/** Why "no such mount" would be too much to say: volumes were not read, and a bind mount may hide behind one. */
export function volumesMayHide(view: HostView, { container, facts }: Member): { unknown: string } | null {
  if (facts.mounts === null) return { unknown: `${container.name}: its mounts are not known` }
  if (!view.facts.volumesUnknown || !facts.mounts.some(mount => mount.type === 'volume')) return null
  return { unknown: `${container.name}: volumes could not be read, and a bind mount may hide behind one` }
}

const CRITICAL: Scale = { rootful: 'critical', rootless: 'high' }
const HIGH: Scale = { rootful: 'high', rootless: 'medium' }

/** Directories of the host's system, and what a writable mount of one is worth. */
const SENSITIVE: ReadonlyMap<string, Scale> = new Map([
  ...['/', '/proc', '/sys', '/dev'].map((path): [string, Scale] => [path, CRITICAL]),
  ...['/etc', '/root', '/boot', '/lib', '/usr'].map((path): [string, Scale] => [path, HIGH]),
])

/** Binds of the host's system directories, each with its severity: a step lower when read-only. */
export function sensitiveMounts({ mounts }: Member): { mount: Mount; severity: Scale }[] {
  const found: { mount: Mount; severity: Scale }[] = []
  for (const mount of mounts) {
    const severity = mount.type === 'bind' && mount.path !== null ? SENSITIVE.get(mount.path) : undefined
    if (severity !== undefined) found.push({ mount, severity: mount.writable ? severity : lowerScale(severity) })
  }
  return found
}
