import { refOfPort } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import type { PublishedPort } from '@/lib/topology/types'
import { describeDoors, doorEvidence, NOT_FIREWALL, openDoors, publishOnLoopback } from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { type Fix, lines, ownNetwork, recreateWithout } from '../fix'
import { lanAttachments } from '../lan'
import { type Power, powersOf } from '../powers'
import { doorsFromOutside, type FromOutside, namespaceFromOutside, segmentWords, shutFromOutside } from '../outside'
import { nist } from '../references'
import { eachContainer, listed, subjectOf, subjectOfNamespace } from '../subjects'
import type { Evidence, FindingHop, Rule } from '../types'
import type { HostView, Member } from '../view'
import { hostPower, sentences } from '../words'
import { isEnginePort } from './engine-api-reachable'

/** How outsiders get to a container. */
interface Way {
  /** A step of the path: "web:8080". */
  step: string
  words: string
  ruleIds: string[]
  evidence: Evidence[]
  certain: boolean
  /** The segments that it begins at; null = not known. */
  from: FromOutside | null
  door: PublishedPort | null
  /** Closes the way. */
  fix: Fix
}

export const exposedAndHostEquivalent: Rule = {
  id: 'exposed-and-host-equivalent',
  title: 'From outside to the host in one step',
  severity: 'critical',
  when:
    'A container that amounts to the host (privileged, engine socket, such a capability, or / mounted writable) is reached ' +
    "from outside: by a port published off loopback, in the host's network namespace, or on macvlan or ipvlan. Replaces its parts.",
  fix: 'Take away either end: the power or the way in.',
  falsePositives: 'Those of its parts.',
  references: [nist('3.4.3')],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, member => {
      const powers = powersOf(member)
      const way = powers.length === 0 ? null : wayIn(view, member)
      if (way === null) return null
      const subject = subjectOf(view, member.container)
      return {
        subject,
        severity: exposedAndHostEquivalent.severity,
        confidence: way.certain && powers.some(one => one.certain) ? 'high' : 'medium',
        message: sentences(
          `outside → ${way.step} → ${listed(powers.map(one => one.words))} → ${hostPower(view)}.`,
          way.words,
          segmentWords(way.from),
          'A single flaw in what listens there is enough.',
          NOT_FIREWALL,
        ),
        evidence: [...way.evidence, ...powers.flatMap(one => one.evidence)],
        fix: {
          podman: lines(
            recreateWithout(subject, ...optionsOf(powers)),
            ...(way.fix.podman === null ? [] : ['# or', way.fix.podman]),
          ),
          quadlet: way.fix.quadlet,
        },
        latent: !member.live,
        path: pathOf(view, member, way, powers),
        replaces: [...way.ruleIds, ...powers.flatMap(one => one.ruleId ?? [])],
      }
    }),
}

/** Of two powers through one mount, the mount once. */
const optionsOf = (powers: readonly Power[]): string[] =>
  [...new Map(powers.map(one => [one.options.join(' '), one.options])).values()].flat()

/** Segment → interface → door → namespace → power → host; without the ones that this way does not pass. */
function pathOf(
  view: HostView,
  { container, namespace }: Member,
  { from, door }: Way,
  powers: readonly Power[],
): FindingHop[] {
  const segments = from === null ? [] : [...from.open, ...from.unknown]
  const [first] = segments
  const port = door === null ? null : formatRef(refOfPort(door))
  return [
    {
      kind: 'segment',
      id: first === undefined ? '' : `segment:${first}`,
      label: first === undefined ? 'outside' : listed(segments),
    },
    ...(first === undefined ? [] : [{ kind: 'interface' as const, id: `interface:${first}`, label: listed(segments) }]),
    ...(port === null ? [] : [{ kind: 'door' as const, id: port, label: port.slice('port:'.length) }]),
    { kind: 'namespace', id: namespace?.id ?? '', label: container.name },
    { kind: 'power', id: powers[0]?.ruleId ?? '', label: listed(powers.map(one => one.words)) },
    { kind: 'host', id: view.host.id, label: hostPower(view) },
  ]
}

/** The first of the ways in, host network first because it is the widest. */
function wayIn(view: HostView, member: Member): Way | null {
  const { container, namespace, facts, live } = member
  if (namespace === null) return null
  if (namespace.kind === 'host') {
    return {
      step: `the host's network → ${container.name}`,
      words: 'What it listens on is open on the host itself.',
      ruleIds: ['host-network', 'host-network-powerful', 'engine-api-reachable'],
      evidence: [{ field: 'HostConfig.NetworkMode', value: facts.networkMode }],
      certain: true,
      from: namespaceFromOutside(view, namespace),
      door: null,
      fix: ownNetwork(subjectOf(view, container)),
    }
  }
  const doors = openDoors(view, { namespace, live })
  const from = live ? doorsFromOutside(view, doors) : null
  if (doors.length > 0 && !shutFromOutside(from)) {
    const ranges = foldDoors(doors)
    const [first] = ranges
    return {
      step: `${container.name}:${first?.first.hostPort ?? ''}`,
      words: `${describeDoors(ranges)}.`,
      ruleIds: [
        'published-all-interfaces',
        'published-on-public-address',
        // A port of the engine's own says more than this.
        ...(doors.some(isEnginePort) ? [] : ['engine-api-reachable']),
      ],
      evidence: ranges.map(doorEvidence),
      certain: doors.some(door => door.forwarded === 'yes'),
      from,
      door: first?.first ?? null,
      fix: publishOnLoopback(subjectOfNamespace(view, namespace), ranges),
    }
  }
  const [lan] = live ? lanAttachments(view, namespace) : []
  if (!lan) return null
  const address = lan.attachment.addresses.join(', ') || 'an address of the LAN'
  return {
    step: `${container.name} (${address})`,
    words: `It stands on ${lan.network.interface ?? 'the LAN'} by ${lan.network.driver} network ${lan.network.name}.`,
    ruleIds: [`${lan.network.driver}-on-lan`, 'engine-api-reachable'],
    evidence: [{ field: `NetworkSettings.Networks.${lan.network.name}.IPAddress`, value: address }],
    certain: view.host.rootless === false,
    from: namespaceFromOutside(view, namespace),
    door: null,
    fix: ownNetwork(subjectOf(view, container)),
  }
}
