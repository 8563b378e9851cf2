/**
 * Names for things, as links and commands carry them: `container:web`, `network:app`, `port:127.0.0.1:8080/tcp`.
 * By name rather than id, so that a link survives the re-creation of what it names. Always together with a host.
 */
import type { Protocol } from '@/lib/podman/types'

export type Ref =
  | { kind: 'host' }
  | { kind: 'container'; name: string }
  | { kind: 'network'; name: string }
  | { kind: 'pod'; name: string }
  /** A quadlet file: "web.container". */
  | { kind: 'unit'; name: string }
  /** By the name of its owner (a container or pod), or its path, or "rootless". */
  | { kind: 'namespace'; name: string }
  | { kind: 'interface'; name: string }
  /** What stands on the other side of a host interface. */
  | { kind: 'segment'; name: string }
  | { kind: 'port'; hostIp: string; hostPort: number; protocol: Protocol }
  | { kind: 'listener'; address: string; port: number; protocol: Protocol }

const NAMED = ['container', 'network', 'pod', 'unit', 'namespace', 'interface', 'segment'] as const
type NamedKind = (typeof NAMED)[number]

const isNamedKind = (kind: string): kind is NamedKind => NAMED.some(known => known === kind)
const isProtocol = (text: string): text is Protocol => text === 'tcp' || text === 'udp' || text === 'sctp'

/** `port:` and `listener:` put the address in brackets when it has colons, as URLs do; an unset address is `*`. */
const formatEndpoint = (address: string, port: number, protocol: Protocol) =>
  `${address === '' ? '*' : address.includes(':') ? `[${address}]` : address}:${port}/${protocol}`

/** The text form, e.g. "container:web". Inverse of parseRef. */
export function formatRef(ref: Ref): string {
  switch (ref.kind) {
    case 'host':
      return 'host'
    case 'port':
      return `port:${formatEndpoint(ref.hostIp, ref.hostPort, ref.protocol)}`
    case 'listener':
      return `listener:${formatEndpoint(ref.address, ref.port, ref.protocol)}`
    case 'container':
    case 'network':
    case 'pod':
    case 'unit':
    case 'namespace':
    case 'interface':
    case 'segment':
      return `${ref.kind}:${ref.name}`
  }
}

/** Reads the text form; null when it is none. Whether the thing exists is not asked here. */
export function parseRef(text: string): Ref | null {
  if (text === 'host') return { kind: 'host' }
  const colon = text.indexOf(':')
  if (colon < 1) return null
  const kind = text.slice(0, colon)
  const rest = text.slice(colon + 1)
  if (rest === '') return null
  if (isNamedKind(kind)) return { kind, name: rest }
  if (kind !== 'port' && kind !== 'listener') return null
  const match = /^(?:\[([^\]]*)\]|([^[\]:]*)):(\d{1,5})\/([a-z]+)$/.exec(rest)
  if (!match) return null
  const [, bracketed, plain, digits, protocol] = match
  const port = Number(digits)
  if (protocol === undefined || !isProtocol(protocol) || port < 1 || port > 65_535) return null
  const raw = bracketed ?? plain ?? ''
  const address = raw === '*' ? '' : raw
  return kind === 'port' ? { kind, hostIp: address, hostPort: port, protocol } : { kind, address, port, protocol }
}

export const sameRef = (a: Ref | null, b: Ref | null): boolean =>
  a === b || (a !== null && b !== null && formatRef(a) === formatRef(b))
