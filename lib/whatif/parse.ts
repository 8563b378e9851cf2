/** The words in which a change is asked for, on the command line and over HTTP alike. */
import type { Protocol } from '@/lib/podman/types'
import type { NetworkChoice, PortChoice, Target } from './types'

export const TARGET_FORMS = 'NAME, container:NAME or pod:NAME'
export const NETWORK_FORMS =
  'host, private, none, NAME, NAME:ip=ADDRESS or new:NAME[:isolate=true|false|strict,internal]'
export const PUBLISH_FORMS = '[ADDRESS:]HOSTPORT[:PORT][/PROTOCOL], with * for every address and [::1] for IPv6'
export const UNPUBLISH_FORMS = 'HOSTPORT[/PROTOCOL]'

/** null when it is none of TARGET_FORMS. */
export function parseTarget(text: string): Target | null {
  const [, kind = 'container', name = ''] = /^(?:(container|pod):)?(.+)$/s.exec(text) ?? []
  return name === '' ? null : { kind: kind === 'pod' ? 'pod' : 'container', name }
}

export const formatTarget = ({ kind, name }: Target): string => `${kind}:${name}`

/** null when it is none of NETWORK_FORMS. */
export function parseNetworkChoice(text: string): NetworkChoice | null {
  if (text === 'host' || text === 'private' || text === 'none') return { kind: text }
  const [name = '', ...rest] = text.split(':')
  if (name === 'new' && rest.length > 0) return parseNew(rest)
  if (name === '') return null
  if (rest.length === 0) return { kind: 'network', name, address: null }
  const address = /^ip6?=(.+)$/s.exec(rest.join(':'))?.[1]
  return address === undefined ? null : { kind: 'network', name, address }
}

function parseNew([name = '', options, ...rest]: readonly string[]): NetworkChoice | null {
  if (name === '' || rest.length > 0) return null
  let isolate: string | null = null
  let internal = false
  for (const option of options?.split(',') ?? []) {
    const value = /^isolate=(.+)$/s.exec(option)?.[1]
    if (value !== undefined) isolate = value
    else if (option === 'internal' || option === 'internal=true') internal = true
    else if (option !== 'internal=false') return null
  }
  return { kind: 'new', name, isolate, internal }
}

/** "127.0.0.1:8080", "*:8080", "8080:80", "[::1]:8080:80/udp"; null when it is none of PUBLISH_FORMS. */
export function parsePublish(text: string): PortChoice | null {
  const match = /^(?:(?:\[([^\]]+)\]|([^[\]:/]*[^\d:/[\]][^[\]:/]*)):)?(\d+)(?::(\d+))?(?:\/([a-z]+))?$/.exec(text)
  if (match === null) return null
  const [, six, four, host, inside, word] = match
  const hostPort = portOf(host)
  const containerPort = inside === undefined ? null : portOf(inside)
  const protocol = protocolOf(word)
  if (hostPort === null || protocol === null || (inside !== undefined && containerPort === null)) return null
  const address = six ?? four ?? '*'
  return { hostPort, protocol, hostIp: address === '*' ? '' : address, containerPort }
}

/** "8080", "53/udp"; null when it is none of UNPUBLISH_FORMS. */
export function parseUnpublish(text: string): PortChoice | null {
  const [, port, word] = /^(\d+)(?:\/([a-z]+))?$/.exec(text) ?? []
  const hostPort = portOf(port)
  const protocol = protocolOf(word)
  return hostPort === null || protocol === null ? null : { hostPort, protocol, hostIp: null, containerPort: null }
}

function portOf(digits: string | undefined): number | null {
  const port = Number(digits)
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null
}

function protocolOf(word: string | undefined): Protocol | null {
  if (word === undefined) return 'tcp'
  return word === 'tcp' || word === 'udp' || word === 'sctp' ? word : null
}
