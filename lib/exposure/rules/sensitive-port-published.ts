import {
  describeDoors,
  type DoorRange,
  doorEvidence,
  foldDoors,
  forwardingConfidence,
  forwardingWords,
  NOT_FIREWALL,
  openDoors,
  publishOnLoopback,
} from '../doors'
import { cis } from '../references'
import { eachNamespace, listed } from '../subjects'
import type { Rule } from '../types'
import { sentences } from '../words'

export const sensitivePortPublished: Rule = {
  id: 'sensitive-port-published',
  title: 'Datastore or admin port published',
  severity: 'high',
  when:
    'A TCP port whose number, on the host or inside, is that of a datastore or an admin interface is published on an ' +
    'address other than loopback, and the host passes it on.',
  fix: 'Do not publish it: share a network with those who need it, or publish on 127.0.0.1.',
  falsePositives: 'Another service on the same number; the list can be configured.',
  references: [cis('5.9'), cis('5.14')],
  enabledByDefault: true,
  examine: (view, { sensitivePorts }) =>
    eachNamespace(view, owned => {
      const doors = openDoors(owned).filter(
        ({ protocol, containerPort, hostPort }) =>
          protocol === 'tcp' && (sensitivePorts.has(containerPort) || sensitivePorts.has(hostPort)),
      )
      if (doors.length === 0) return null
      const ranges = foldDoors(doors)
      const services = new Set(
        doors.map(door => sensitivePorts.get(door.containerPort) ?? sensitivePorts.get(door.hostPort) ?? ''),
      )
      return {
        subject: owned.subject,
        severity: sensitivePortPublished.severity,
        confidence: owned.live ? forwardingConfidence(doors) : 'medium',
        message: sentences(
          `${owned.subject.name}: ${describeDoors(ranges)} (${listed([...services])} by port number).`,
          'Services of this kind often trust whoever connects.',
          forwardingWords(doors),
          NOT_FIREWALL,
        ),
        evidence: ranges.map((range: DoorRange) => doorEvidence(range)),
        fix: publishOnLoopback(owned.subject, ranges),
        latent: !owned.live,
      }
    }),
}
