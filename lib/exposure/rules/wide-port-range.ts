import { describeDoors, doorEvidence, forwardingConfidence, openDoors } from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { NO_FIX } from '../fix'
import { cis } from '../references'
import { eachPublisher } from '../subjects'
import type { Rule } from '../types'

export const widePortRange: Rule = {
  id: 'wide-port-range',
  title: 'Many ports published',
  severity: 'low',
  when: 'One owner publishes more than 16 host ports (can be configured) off loopback, and the host passes them on.',
  fix: 'Narrow the range to what is used.',
  falsePositives: 'SIP and RTP, passive FTP.',
  references: [cis('5.9')],
  enabledByDefault: true,
  examine: (view, { wideRange }) =>
    eachPublisher(view, owned => {
      const doors = openDoors(view, owned)
      const count = new Set(doors.map(door => `${door.hostPort}/${door.protocol}`)).size
      if (count <= wideRange) return null
      const ranges = foldDoors(doors)
      return {
        subject: owned.subject,
        severity: widePortRange.severity,
        confidence: owned.live ? forwardingConfidence(doors) : 'medium',
        message: `${owned.subject.name} publishes ${count} host ports: ${describeDoors(ranges)}.`,
        evidence: ranges.map(doorEvidence),
        fix: NO_FIX,
        latent: !owned.live,
      }
    }),
}
