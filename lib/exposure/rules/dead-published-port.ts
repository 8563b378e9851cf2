import { describeDoors, doorEvidence, unpublish } from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { RELOAD, rulesGone } from '../networks'
import { eachPublisher } from '../subjects'
import type { Rule } from '../types'

export const deadPublishedPort: Rule = {
  id: 'dead-published-port',
  title: 'Published port that leads nowhere',
  severity: 'low',
  when:
    'A running container or pod publishes a port that the host does not pass on: on an internal network (rootful), on macvlan, ' +
    'ipvlan or an unmanaged bridge only, on [::1], or without the rules of netavark in the kernel. From the topology alone: what other firewalls drop is not seen.',
  fix: 'Add a network that forwards, or do not publish.',
  falsePositives: null,
  references: [
    'https://github.com/containers/podman/issues/10729',
    'https://github.com/containers/podman/issues/17927',
  ],
  enabledByDefault: true,
  examine: view =>
    eachPublisher(view, ({ namespace, subject, live }) => {
      if (!live) return null
      const doors = namespace.published.filter(door => door.forwarded === 'no')
      if (doors.length === 0) return null
      const ranges = foldDoors(doors)
      const reasons = [...new Set(doors.map(door => door.because))].join('; ')
      return {
        subject,
        severity: deadPublishedPort.severity,
        confidence: 'high',
        message: `${subject.name}: ${describeDoors(ranges)}. Nobody answers there (${reasons}).`,
        evidence: ranges.map(doorEvidence),
        fix: rulesGone(view) ? { podman: RELOAD, quadlet: null } : unpublish(subject, ranges),
      }
    }),
}
