import { capabilitiesUnknown, capabilityEvidence, withoutCapabilities } from '../capabilities'
import { hostCapabilities } from '../powers'
import { cis, trivy } from '../references'
import { eachContainer, listed, subjectOf } from '../subjects'
import type { Rule } from '../types'
import { hostPower } from '../words'

export const hostEquivalentCap: Rule = {
  id: 'host-equivalent-cap',
  title: 'Capability that amounts to the host',
  severity: { rootful: 'high', rootless: 'medium' },
  when:
    'Not privileged, and with CAP_SYS_ADMIN, CAP_SYS_MODULE, CAP_SYS_RAWIO, CAP_SYS_PTRACE, CAP_BPF, CAP_DAC_READ_SEARCH, or ' +
    'CAP_MKNOD and a device.',
  fix: 'Drop it; drop all and add back what is needed.',
  falsePositives: 'FUSE, backup tools, nested container engines.',
  references: [cis('5.4'), trivy('KSV-0005'), 'https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, member => {
      if (member.container.privileged) return null
      const found = hostCapabilities(member)
      if (found === null) return capabilitiesUnknown(member)
      if (found.length === 0) return null
      const subject = subjectOf(view, member.container)
      return {
        subject,
        severity: hostEquivalentCap.severity,
        confidence: 'high',
        message: `${subject.name} has ${listed(found)}: with known techniques, root in it becomes ${hostPower(view)}.`,
        evidence: capabilityEvidence(found),
        fix: withoutCapabilities(subject, found),
        latent: !member.live,
      }
    }),
}
