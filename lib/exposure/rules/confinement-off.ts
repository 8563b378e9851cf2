import { engineName, mayBeOlderThan } from '../engine-version'
import { recreateWithout } from '../fix'
import { cis, PODMAN_RUN } from '../references'
import { eachContainer, listed, subjectOf } from '../subjects'
import type { Rule } from '../types'

/** Podman takes "=" and, like Docker, ":". */
const OFF = /^(label[=:]disable|seccomp[=:]unconfined|apparmor[=:]unconfined|unmask[=:]all)$/i

export const confinementOff: Rule = {
  id: 'confinement-off',
  title: 'Confinement switched off',
  severity: 'medium',
  when: 'Not privileged, and with label=disable, seccomp=unconfined, apparmor=unconfined or unmask=all. Podman 4.3 does not tell of the last.',
  fix: 'Remove the option.',
  falsePositives:
    "Containers that use the engine's socket need label=disable under SELinux, this dashboard among them.",
  references: [cis('5.2'), cis('5.3'), cis('5.22'), PODMAN_RUN],
  enabledByDefault: true,
  examine(view) {
    const result = eachContainer(view, ({ container, facts, live }) => {
      // Privileged containers have all of it off, and are told so by one rule.
      if (container.privileged) return null
      const off = facts.securityOpt.filter(option => OFF.test(option))
      if (off.length === 0) return null
      const subject = subjectOf(view, container)
      return {
        subject,
        severity: confinementOff.severity,
        confidence: 'high',
        message: `${container.name} runs with ${listed(off)}: a flaw in it is easier to use against the host.`,
        evidence: off.map(option => ({ field: 'HostConfig.SecurityOpt', value: option })),
        fix: {
          podman: recreateWithout(subject, ...off.flatMap(option => ['--security-opt', option])),
          quadlet: '# remove: SecurityLabelDisable=true, SeccompProfile=unconfined, Unmask=ALL',
        },
        latent: !live,
      }
    })
    if (mayBeOlderThan(view, 5, 0) && view.members.some(one => !one.container.privileged))
      result.unknown.push(`which containers run with unmask=all: ${engineName(view)} may not say so`)
    return result
  },
}
