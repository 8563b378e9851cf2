/** Published ports in words, in evidence and in fixes; consecutive ports are told as one range. */
import { type DoorRange, foldDoors } from '@/lib/topology/ranges'
import type { Namespace, Network, PublishedPort } from '@/lib/topology/types'
import { comment, type Fix, lines, quadlet, recreate, recreateWithout, sectionOf } from './fix'
import { doorsFromOutside, segmentWords } from './outside'
import { isLanDriver } from './path'
import { eachPublisher, type Owned } from './subjects'
import type { Confidence, Evidence, Rule, RuleResult, Subject } from './types'
import type { HostView } from './view'
import { sentences } from './words'

const span = (from: number, to: number) => (from === to ? String(from) : `${from}-${to}`)

/** "80/tcp", "7000-7010/tcp": the ports inside. */
const insidePorts = ({ first, last }: DoorRange): string =>
  `${span(first.containerPort, last.containerPort)}/${first.protocol}`

export const hostPorts = ({ first, last }: DoorRange): string => span(first.hostPort, last.hostPort)

const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address)

/** Where a door stands: "every host address, port 8080 (HostIp unset)", "192.0.2.7:8080". */
function placeOf(range: DoorRange): string {
  const { hostIp, scope } = range.first
  const ports = hostPorts(range)
  if (scope !== 'wildcard') return `${bracketed(hostIp)}:${ports}`
  const word = range.first === range.last ? 'port' : 'ports'
  return `every host address, ${word} ${ports} (HostIp ${hostIp === '' ? 'unset' : hostIp})`
}

/** "80/tcp → every host address, port 8080 (HostIp unset)" */
const describeDoor = (range: DoorRange): string => `${insidePorts(range)} → ${placeOf(range)}`

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

/** As --publish has it: "8080:80", "127.0.0.1:7000-7010:7000-7010/udp". */
const publishWord = (range: DoorRange, address = range.first.hostIp): string => {
  const { first, last } = range
  const protocol = first.protocol === 'tcp' ? '' : `/${first.protocol}`
  return `${address === '' ? '' : `${bracketed(address)}:`}${hostPorts(range)}:${span(first.containerPort, last.containerPort)}${protocol}`
}

/** The same ports, for the host alone. */
export function publishOnLoopback(subject: Subject, ranges: readonly DoorRange[]): Fix {
  const words = ranges.map(range => publishWord(range, '127.0.0.1'))
  return {
    podman: recreate(subject, ...words.flatMap(word => ['--publish', word])),
    quadlet: quadlet(sectionOf(subject), ...words.map((word): [string, string] => ['PublishPort', word])),
  }
}

/** Without these ports. */
export function unpublish(subject: Subject, ranges: readonly DoorRange[]): Fix {
  const words = ranges.map(range => publishWord(range))
  return {
    podman: recreateWithout(subject, ...words.flatMap(word => ['--publish', word])),
    quadlet: lines(...words.map(word => comment(`remove: PublishPort=${word}`))),
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

/** Networks to which a rootful netavark forwards nothing, whatever is published. */
const forwardsNothing = (network: Network): boolean =>
  isLanDriver(network.driver) || network.internal || network.mode === 'unmanaged'

/** Why the doors of a stopped namespace are shut: they would be shut as well if it ran. */
function deadAnyway(view: HostView, { attachments }: Namespace): boolean {
  if (view.host.rootless !== false || attachments.length === 0) return false
  return attachments.every(({ networkName }) => {
    const network = view.network(networkName)
    return network !== undefined && forwardsNothing(network)
  })
}

/**
 * A namespace's doors that somebody other than the host itself may come through: of a live one those that are not known to
 * be dead, of a stopped one those that would open when it starts.
 */
export function openDoors(
  view: HostView,
  { namespace, live }: { namespace: Namespace; live: boolean },
): readonly PublishedPort[] {
  if (namespace.published.length === 0) return namespace.published
  const doors = namespace.published.filter(door => door.scope !== 'loopback')
  if (live) return doors.filter(door => door.forwarded !== 'no')
  return doors.length === 0 || deadAnyway(view, namespace) ? [] : doors
}

/**
 * The rule about published ports of one kind: those of a namespace that `chosen` picks, in one hit. `words` follow the list
 * of doors.
 */
export const publishedPorts = (
  view: HostView,
  rule: Rule,
  chosen: (door: PublishedPort) => boolean,
  words: (doors: readonly PublishedPort[], owned: Owned) => string,
): RuleResult =>
  eachPublisher(view, owned => {
    const doors = openDoors(view, owned).filter(chosen)
    if (doors.length === 0) return null
    const ranges = foldDoors(doors)
    return {
      subject: owned.subject,
      severity: rule.severity,
      confidence: owned.live ? forwardingConfidence(doors) : 'medium',
      message: sentences(
        `${owned.subject.name}: ${describeDoors(ranges)}.`,
        words(doors, owned),
        owned.live ? segmentWords(doorsFromOutside(view, doors)) : '',
        forwardingWords(doors),
        NOT_FIREWALL,
      ),
      evidence: ranges.map(doorEvidence),
      fix: publishOnLoopback(owned.subject, ranges),
      latent: !owned.live,
    }
  })
