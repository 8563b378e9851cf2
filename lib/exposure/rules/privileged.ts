import { recreateWithout } from '../fix'
import { cis, kubescape, trivy } from '../references'
import { eachContainer, subjectOf } from '../subjects'
import type { Rule } from '../types'
import { hostPower } from '../words'

export const privileged: Rule = {
  id: 'privileged',
  title: 'Privileged container',
  severity: { rootful: 'critical', rootless: 'high' },
  when: 'The container was created with --privileged.',
  fix: 'Name the capabilities and devices it needs instead.',
  falsePositives: 'Podman in Podman.',
  references: [cis('5.5'), trivy('KSV-0017'), kubescape('C-0057')],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, ({ container, live }) => {
      if (!container.privileged) return null
      const subject = subjectOf(view, container)
      return {
        subject,
        severity: privileged.severity,
        confidence: 'high',
        message:
          `${container.name} is privileged: every capability, every device of the host, and no seccomp or SELinux confinement. ` +
          `Whoever is root in it becomes ${hostPower(view)}.`,
        evidence: [{ field: 'HostConfig.Privileged', value: 'true' }],
        fix: {
          podman: recreateWithout(subject, '--privileged'),
          quadlet:
            '[Container]\n# without PodmanArgs=--privileged; of these what it needs:\nAddCapability=CAPABILITY\nAddDevice=/dev/DEVICE',
        },
        latent: !live,
      }
    }),
}
