import { describeDoors, doorEvidence } from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { NO_FIX } from '../fix'
import { cis, trivy } from '../references'
import { eachPublisher } from '../subjects'
import type { Rule } from '../types'
import { sentences } from '../words'

/** Ports below this need root, unless net.ipv4.ip_unprivileged_port_start was lowered. */
const FIRST_FREE = 1024

export const privilegedHostPort: Rule = {
  id: 'privileged-host-port',
  title: 'Published on a port below 1024',
  severity: { rootful: 'info', rootless: 'low' },
  when: 'A running container or pod publishes a host port below 1024, and the host passes it on.',
  fix: 'Publish a high port and put a proxy in front.',
  falsePositives: 'Proxies on 80 and 443.',
  references: [cis('5.8'), trivy('KSV-0117')],
  enabledByDefault: true,
  examine: view =>
    eachPublisher(view, ({ namespace, subject, live }) => {
      if (!live) return null
      const doors = namespace.published.filter(door => door.hostPort < FIRST_FREE && door.forwarded !== 'no')
      if (doors.length === 0) return null
      const ranges = foldDoors(doors)
      return {
        subject,
        severity: privilegedHostPort.severity,
        confidence: 'high',
        message: sentences(
          `${subject.name}: ${describeDoors(ranges)}.`,
          view.host.rootless === true
            ? 'The engine is rootless, so net.ipv4.ip_unprivileged_port_start was lowered, for every user of the host.'
            : '',
        ),
        evidence: ranges.map(doorEvidence),
        fix: NO_FIX,
      }
    }),
}
