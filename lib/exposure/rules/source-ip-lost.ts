import { describeDoors, doorEvidence, openDoors } from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { quadlet, recreate, sectionOf } from '../fix'
import { PODMAN_RUN } from '../references'
import { eachPublisher } from '../subjects'
import type { Rule } from '../types'

export const sourceIpLost: Rule = {
  id: 'source-ip-lost',
  title: 'Client addresses are not preserved',
  severity: 'info',
  when:
    'A rootless container or pod on a bridge network publishes a port off loopback: rootlessport passes it on, and logs and ' +
    'allow-lists inside see an internal address. Not with rootless_port_forwarder=pasta.',
  fix: 'Use pasta as its network, or socket activation.',
  falsePositives: null,
  references: ['https://github.com/containers/podman/issues/8193', 'CVE-2021-20199', PODMAN_RUN],
  enabledByDefault: true,
  examine(view) {
    const unsure: string[] = []
    const result = eachPublisher(view, owned => {
      const { namespace, subject, live } = owned
      if (view.host.rootless === false || !live || view.facts.rootlessPortForwarder === 'pasta') return null
      const onBridge = namespace.attachments.some(one => view.network(one.networkName)?.driver === 'bridge')
      const doors = onBridge ? openDoors(view, owned) : []
      if (doors.length === 0) return null
      if (view.host.rootless === null) {
        unsure.push(subject.name)
        return null
      }
      const ranges = foldDoors(doors)
      return {
        subject,
        severity: sourceIpLost.severity,
        confidence: 'medium',
        message:
          `${subject.name}: ${describeDoors(ranges)}. rootlessport passes connections on, so it sees an internal address ` +
          'instead of that of the client; allow-lists by address do not work.',
        evidence: ranges.map(doorEvidence),
        fix: {
          podman: recreate(subject, '--network', 'pasta'),
          quadlet: quadlet(sectionOf(subject), ['Network', 'pasta']),
        },
      }
    })
    if (unsure.length > 0) {
      result.unknown.push(`whether client addresses are preserved: whether the engine is rootless is not known`)
    }
    return result
  },
}
