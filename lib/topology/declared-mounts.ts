/** What the lines Volume= and Mount= of a quadlet file mount. */
import type { ContainerMount } from '@/lib/podman/types'

const PROPAGATIONS = new Set(['shared', 'rshared', 'slave', 'rslave', 'private', 'rprivate'])

/**
 * Directories that systemd puts in for a specifier, for the system's units:
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Specifiers
 */
const OF_SYSTEM: ReadonlyMap<string, string> = new Map([
  ['t', '/run'],
  ['S', '/var/lib'],
  ['C', '/var/cache'],
  ['L', '/var/log'],
  ['E', '/etc'],
  ['h', '/root'],
  ['T', '/tmp'],
  ['V', '/var/tmp'],
])

/** The path with its first specifier put in. Of a user's only where the runtime directory is, is the same for everybody: the rest is in his home. */
const placed = (source: string, rootless: boolean): string =>
  source.replace(
    /^%([tSCLEhTV])(?=\/|$)/,
    (whole, letter: string) => (rootless ? (letter === 't' ? '/run/user/%U' : null) : OF_SYSTEM.get(letter)) ?? whole,
  )

function mount(from: string, destination: string, options: readonly string[], rootless: boolean): ContainerMount {
  const source = placed(from, rootless)
  const isPath = /^([/.]|%[tSCLEhTV](\/|$))/.test(source)
  const propagation = options.find(option => PROPAGATIONS.has(option)) ?? null
  return {
    type: isPath ? 'bind' : 'volume',
    source,
    destination,
    writable: !options.includes('ro'),
    propagation: propagation ?? (isPath ? 'rprivate' : null),
    name: isPath ? null : source,
  }
}

/** "SOURCE:DESTINATION[:OPTIONS]"; null for an anonymous volume. `rootless`: of a user's own file. */
export function mountOfVolume(value: string, rootless: boolean): ContainerMount | null {
  const [source = '', destination, options = ''] = value.split(':')
  return destination === undefined ? null : mount(source, destination, options.split(','), rootless)
}

/** "type=bind,source=/a,destination=/b,ro"; null for what has no source on the host. */
export function mountOf(value: string, rootless: boolean): ContainerMount | null {
  const parts = value.split(',')
  const of = (...keys: string[]) =>
    parts.find(part => keys.includes(part.split('=')[0] ?? ''))?.replace(/^[^=]*=?/, '') ?? ''
  const type = of('type')
  const source = of('source', 'src')
  if (source === '' || (type !== 'bind' && type !== 'volume' && type !== 'glob' && type !== '')) return null
  const isReadOnly = parts.some(part => /^(ro|readonly)(=true)?$/.test(part))
  const options = [isReadOnly ? 'ro' : 'rw', of('bind-propagation')]
  return mount(source, of('destination', 'dst', 'target'), options, rootless)
}
