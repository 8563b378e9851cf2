import type { PublishedPort } from '@/lib/topology/types'
import { describeDoors, doorEvidence, forwardingConfidence, openDoors, unpublish } from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { quadlet } from '../fix'
import { lanAttachments } from '../lan'
import { engineSockets, mountEvidence } from '../mounts'
import { owasp, PODMAN_SERVICE } from '../references'
import { eachContainer, eachPublisher, subjectOf } from '../subjects'
import type { Evidence, Rule, RuleHit } from '../types'
import type { HostView, Member } from '../view'

/** Docker's ports for its API: plain, TLS, and swarm. */
const ENGINE_PORTS = new Set([2375, 2376, 2377])

export const isEnginePort = ({ protocol, hostPort, containerPort }: PublishedPort): boolean =>
  protocol === 'tcp' && (ENGINE_PORTS.has(hostPort) || ENGINE_PORTS.has(containerPort))

export const engineApiReachable: Rule = {
  id: 'engine-api-reachable',
  title: 'Engine control may be reached from the network',
  severity: { rootful: 'critical', rootless: 'high' },
  when:
    'Port 2375, 2376 or 2377 is published off loopback, or a container with an engine socket publishes a port off loopback, ' +
    "is in the host's network namespace, or on macvlan or ipvlan.",
  fix: 'Publish nothing; an internal network for those who need it; SSH or mutual TLS for other machines.',
  falsePositives: 'Mutual TLS; for plain TCP none.',
  references: [PODMAN_SERVICE, owasp('1')],
  enabledByDefault: true,
  examine(view) {
    const published = eachPublisher(view, owned => {
      const doors = openDoors(view, owned).filter(isEnginePort)
      if (doors.length === 0) return null
      const ranges = foldDoors(doors)
      return {
        subject: owned.subject,
        severity: engineApiReachable.severity,
        confidence: owned.live ? forwardingConfidence(doors) : 'medium',
        message:
          `${owned.subject.name}: ${describeDoors(ranges)}. By port number this is the API of a container engine: whoever ` +
          'connects runs anything as its user.',
        evidence: ranges.map(doorEvidence),
        fix: unpublish(owned.subject, ranges),
        latent: !owned.live,
      }
    })
    const told = new Set(published.hits.map(hit => hit.subject.id))
    const mounted = eachContainer(view, member => {
      const hit = withSocket(view, member)
      return hit && !told.has(hit.subject.id) ? hit : null
    })
    return { hits: [...published.hits, ...mounted.hits], unknown: [...published.unknown, ...mounted.unknown] }
  },
}

function withSocket(view: HostView, member: Member): RuleHit | null {
  const mounts = engineSockets(member).filter(one => one.socket.exact)
  const [first] = mounts
  const way = first ? wayIn(view, member) : null
  if (!first || !way) return null
  const subject = subjectOf(view, member.container)
  return {
    subject,
    severity: mounts.every(one => one.socket.ofUser) ? 'high' : engineApiReachable.severity,
    confidence: 'medium',
    message: `${subject.name} mounts ${first.socket.source} and ${way.words}: what it passes on to the engine was not examined.`,
    evidence: [...mounts.map(({ mount }) => mountEvidence(mount)), ...way.evidence],
    fix: {
      podman:
        '# podman network create --internal engine; then create it again with: --network engine, and without --publish',
      quadlet: quadlet('Network', ['Internal', 'true']),
    },
    latent: !member.live,
  }
}

function wayIn(view: HostView, { namespace, facts, live }: Member): { words: string; evidence: Evidence[] } | null {
  if (namespace === null) return null
  if (namespace.kind === 'host') {
    const evidence = [{ field: 'HostConfig.NetworkMode', value: facts.networkMode }]
    return { words: "runs in the host's network namespace", evidence }
  }
  const ranges = foldDoors(openDoors(view, { namespace, live }))
  if (ranges.length > 0) return { words: `publishes ${describeDoors(ranges)}`, evidence: ranges.map(doorEvidence) }
  const [lan] = live ? lanAttachments(view, namespace) : []
  if (!lan) return null
  const evidence = [
    { field: `NetworkSettings.Networks.${lan.network.name}.IPAddress`, value: lan.attachment.addresses.join(', ') },
  ]
  return { words: `is on ${lan.network.driver} network ${lan.network.name}`, evidence }
}
