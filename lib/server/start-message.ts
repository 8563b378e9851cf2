/** What `npm start` prints: one short block. */
import type { HostSnapshot } from '@/lib/collector/types'
import { clean } from './log'
import type { About } from './types'

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

/** "root     rootful, Podman 5.4.2, 30 containers", or what is wrong. */
function hostLine(host: HostSnapshot, width: number): string {
  const name = clean(host.connection.name, 60).padEnd(width)
  if (host.status === 'unreachable')
    return `${name}  ${host.revision === 0 ? 'still reading …' : clean(host.problem ?? 'was not read')}`
  const words = [
    host.rootless === null ? null : host.rootless ? 'rootless' : 'rootful',
    host.podmanVersion === null ? null : `Podman ${clean(host.podmanVersion, 40)}`,
    plural(host.containers.length, 'container'),
    host.status === 'polling' ? 'read on a timer, for there are no events' : null,
    host.problem === null ? null : clean(host.problem),
  ]
  return `${name}  ${words.filter(word => word !== null).join(', ')}`
}

export function startMessage(
  url: string,
  hosts: readonly HostSnapshot[],
  about: About,
  problems: readonly string[],
): string {
  const width = Math.min(
    40,
    Math.max(0, ...hosts.map(host => host.connection.name.length), ...about.unsupported.map(one => one.name.length)),
  )
  return [
    `Podwire ${about.version} on ${url}`,
    ...hosts.map(host => `  ${hostLine(host, width)}`),
    ...about.unsupported.map(
      one => `  ${clean(one.name, 60).padEnd(width)}  ${clean(one.uri, 120)} is not yet supported`,
    ),
    ...problems.map(one => `  ${clean(one)}`),
    ...(about.demo ? [`  No Podman was found: this is a demo. ${about.demo.hint}`] : []),
    '',
  ].join('\n')
}
