/** Published ports in words, in evidence and in fixes; consecutive ports are told as one range. */
import type { Namespace, PublishedPort } from '@/lib/topology/types'
import { type Fix, quadlet, recreate, sectionOf } from './fix'
import type { Confidence, Evidence, Subject } from './types'

export interface DoorRange {
  first: PublishedPort
  last: PublishedPort
}

const follows = (last: PublishedPort, next: PublishedPort) =>
  next.hostPort === last.hostPort + 1 &&
  next.containerPort === last.containerPort + 1 &&
  next.hostIp === last.hostIp &&
  next.protocol === last.protocol &&
  next.forwarded === last.forwarded

/** Folds a namespace's doors; they come sorted by address, protocol and port. */
export function foldDoors(doors: readonly PublishedPort[]): DoorRange[] {
  const ranges: DoorRange[] = []
  for (const door of doors) {
    const current = ranges.at(-1)
    if (current && follows(current.last, door)) current.last = door
    else ranges.push({ first: door, last: door })
  }
  return ranges
}

const span = (from: number, to: number) => (from === to ? String(from) : `${from}-${to}`)

/** "80/tcp", "7000-7010/tcp": the ports inside. */
export const insidePorts = ({ first, last }: DoorRange): string =>
  `${span(first.containerPort, last.containerPort)}/${first.protocol}`

export const hostPorts = ({ first, last }: DoorRange): string => span(first.hostPort, last.hostPort)

const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address)

/** Where a door stands: "every host address, port 8080 (HostIp unset)", "192.0.2.7:8080". */
export function placeOf(range: DoorRange): string {
  const { hostIp, scope } = range.first
  const ports = hostPorts(range)
  if (scope !== 'wildcard') return `${bracketed(hostIp)}:${ports}`
  const word = range.first === range.last ? 'port' : 'ports'
  return `every host address, ${word} ${ports} (HostIp ${hostIp === '' ? 'unset' : hostIp})`
}

/** "80/tcp → every host address, port 8080 (HostIp unset)" */
export const describeDoor = (range: DoorRange): string => `${insidePorts(range)} → ${placeOf(range)}`

/** Every range, told; the first few of many. */
export function describeDoors(ranges: readonly DoorRange[], most = 4): string {
  const shown = ranges.slice(0, most).map(describeDoor)
  if (ranges.length > most) shown.push(`${ranges.length - most} more`)
  return shown.join('; ')
}

/** The list endpoint's field: inspect shows 0.0.0.0 for an unset address. */
export const doorEvidence = (range: DoorRange): Evidence => ({
  field: `Ports[${insidePorts(range)}].host_ip`,
  value: `${range.first.hostIp === '' ? 'unset' : range.first.hostIp}, host port ${hostPorts(range)}`,
})

/** "127.0.0.1:8080:80", "127.0.0.1:7000-7010:7000-7010/udp" */
const publishWord = (range: DoorRange, address: string): string => {
  const { first, last } = range
  const protocol = first.protocol === 'tcp' ? '' : `/${first.protocol}`
  return `${address}:${hostPorts(range)}:${span(first.containerPort, last.containerPort)}${protocol}`
}

/** The same ports, for the host alone. */
export function publishOnLoopback(subject: Subject, ranges: readonly DoorRange[]): Fix {
  const words = ranges.map(range => publishWord(range, '127.0.0.1'))
  return {
    podman: recreate(subject, ...words.flatMap(word => ['--publish', word])),
    quadlet: quadlet(sectionOf(subject), ...words.map((word): [string, string] => ['PublishPort', word])),
  }
}

/** Podman's firewall is all that says whether a door leads anywhere. */
export const NOT_FIREWALL = 'The host firewall was not examined.'

/** What is not sure about doors of which some may lead nowhere; "" when all do lead somewhere. */
export function forwardingWords(doors: readonly PublishedPort[]): string {
  const unsure = doors.filter(door => door.forwarded === 'unknown')
  if (unsure.length === 0) return ''
  const reasons = [...new Set(unsure.map(door => door.because))].join('; ')
  return `Whether the host passes ${unsure.length === doors.length ? 'it' : 'all of it'} on is unknown: ${reasons}.`
}

/** high as soon as one of the doors surely leads somewhere. */
export const forwardingConfidence = (doors: readonly PublishedPort[]): Confidence =>
  doors.some(door => door.forwarded === 'yes') ? 'high' : 'low'

/**
 * A namespace's doors that somebody other than the host itself may come through. Of a live one those that are not known to
 * be dead; of a stopped one all, because what would become of them is only known when it starts.
 */
export const openDoors = ({ namespace, live }: { namespace: Namespace; live: boolean }): PublishedPort[] =>
  namespace.published.filter(door => door.scope !== 'loopback' && (!live || door.forwarded !== 'no'))
