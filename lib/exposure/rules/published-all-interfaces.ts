import {
  describeDoors,
  doorEvidence,
  forwardingConfidence,
  forwardingWords,
  NOT_FIREWALL,
  publishOnLoopback,
} from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { doorsFromOutside, segmentWords } from '../outside'
import { cis, kubescape, owasp, PODMAN_RUN, trivy } from '../references'
import { eachPublisher } from '../subjects'
import type { Rule } from '../types'
import { sentences, sharedWords } from '../words'

export const publishedAllInterfaces: Rule = {
  id: 'published-all-interfaces',
  title: 'Published on every host address',
  severity: 'medium',
  when: 'A running container or pod publishes a port without a host address, or on 0.0.0.0 or ::, and the host passes it on.',
  fix: 'Publish on 127.0.0.1 or one LAN address; host-wide with default_host_ips in containers.conf.',
  falsePositives: 'Edge proxies, and services that the LAN is meant to use.',
  references: [cis('5.14'), owasp('5a'), trivy('KSV-0024'), kubescape('C-0044'), PODMAN_RUN],
  enabledByDefault: true,
  examine: view =>
    eachPublisher(view, owned => {
      if (!owned.live) return null
      const doors = owned.namespace.published.filter(door => door.scope === 'wildcard' && door.forwarded !== 'no')
      if (doors.length === 0) return null
      const ranges = foldDoors(doors)
      return {
        subject: owned.subject,
        severity: publishedAllInterfaces.severity,
        confidence: forwardingConfidence(doors),
        message: sentences(
          `${owned.subject.name}: ${describeDoors(ranges)}.`,
          'Whoever reaches any address of the host can connect.',
          segmentWords(doorsFromOutside(view, doors)),
          forwardingWords(doors),
          sharedWords(view, owned),
          NOT_FIREWALL,
        ),
        evidence: ranges.map(doorEvidence),
        fix: publishOnLoopback(owned.subject, ranges),
      }
    }),
}
