/** Values of Network= and PublishPort=, read as `podman run --network` and `--publish` read them. */
import type { Protocol } from '@/lib/podman/types'

export type NetworkValue =
  | { kind: 'host' | 'none' | 'private' | 'pasta' | 'slirp4netns' }
  /** ns:PATH */
  | { kind: 'path' }
  /** A container's name or id. */
  | { kind: 'join'; container: string }
  /** Another quadlet file, "app.network" or "web.container". */
  | { kind: 'unit'; unit: string; hasOptions: boolean }
  /** A network by its own name. */
  | { kind: 'network'; name: string }

const MODES: ReadonlyMap<string, NetworkValue> = new Map([
  ['', { kind: 'private' }],
  ['default', { kind: 'private' }],
  ['private', { kind: 'private' }],
  ['bridge', { kind: 'private' }],
  ['host', { kind: 'host' }],
  ['none', { kind: 'none' }],
  ['pasta', { kind: 'pasta' }],
  ['slirp4netns', { kind: 'slirp4netns' }],
])

/**
 * Reads one Network= of a container, pod or kube file. Options (addresses, aliases, words for pasta) are left out.
 * https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L1825-L1868,
 * https://github.com/containers/podman/blob/v5.8.2/pkg/specgen/namespaces.go#L312-L419
 */
export function readNetwork(value: string): NetworkValue {
  const colon = value.indexOf(':')
  const name = colon === -1 ? value : value.slice(0, colon)
  const rest = colon === -1 ? '' : value.slice(colon + 1)
  if (name.endsWith('.network') || name.endsWith('.container')) {
    return { kind: 'unit', unit: name, hasOptions: colon !== -1 }
  }
  if (name === 'container' && colon !== -1) return { kind: 'join', container: rest }
  if (name === 'ns' && colon !== -1) return { kind: 'path' }
  return MODES.get(name) ?? { kind: 'network', name }
}

/** Doors of one PublishPort=: `range` consecutive ports. */
export interface PortValue {
  /** "" = every address, both families. */
  hostIp: string
  /** null: the engine takes a free one. */
  hostPort: number | null
  containerPort: number
  range: number
  protocol: Protocol
}

/** The ports, or why they cannot be told: null is a value that Podman refuses, "decided" one that systemd fills in. */
export type PortsRead = readonly PortValue[] | null | 'decided later'

export const PORT_FORM = '[[IP:][HOST_PORT[-END]]:]PORT[-END][/tcp|/udp|/sctp], an IPv6 address in brackets'

const isProtocol = (text: string): text is Protocol => text === 'tcp' || text === 'udp' || text === 'sctp'

/** "8080" or "8080-8085" as its first port and how many there are; null when it is neither. */
function readRange(text: string): { first: number; count: number } | null {
  const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  if (from === undefined) return null
  const first = Number(from)
  const last = to === undefined ? first : Number(to)
  if (first < 1 || last > 65_535 || (to !== undefined && last <= first)) return null
  return { first, count: last - first + 1 }
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/
const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*$/i

/**
 * Reads one PublishPort=. An unset address and 0.0.0.0 are the same to Podman: it stores neither.
 * https://github.com/containers/podman/blob/v5.8.2/pkg/specgenutil/util.go#L81-L239
 */
export function readPorts(value: string): PortsRead {
  if (/[%$]/.test(value)) return 'decided later'
  const [spec = '', protocols, ...more] = value.trim().split('/')
  if (more.length > 0 || protocols === '') return null
  const [, bracketed, plain, host, inside] =
    /^(?:\[([^\]]*)\]:(?=[^:]*:)|([^:[\]]*):(?=[^:]*:))?(?:([^:]*):)?([^:]*)$/.exec(spec) ?? []
  if (inside === undefined) return null
  const address = bracketed ?? plain
  if (address === '' || (bracketed !== undefined && !IPV6.test(bracketed) && !IPV4.test(bracketed))) return null
  if (plain !== undefined && !IPV4.test(plain)) return null
  const ports = readRange(inside)
  const hostPorts = host === undefined || host === '' ? null : readRange(host)
  if (ports === null || (hostPorts === null && host !== undefined && host !== '')) return null
  if (hostPorts !== null && hostPorts.count !== ports.count) return null
  const hostIp = address === undefined || address === '0.0.0.0' ? '' : address
  const read: PortValue[] = []
  for (const protocol of (protocols ?? 'tcp').split(',')) {
    if (!isProtocol(protocol)) return null
    read.push({
      hostIp,
      hostPort: hostPorts?.first ?? null,
      containerPort: ports.first,
      range: ports.count,
      protocol,
    })
  }
  return read
}
