import { mountEvidence, sensitiveMounts, volumesMayHide, volumeWord } from '../mounts'
import { recreateWithout } from '../fix'
import { cis, kubescape } from '../references'
import { severityRank, worst } from '../severity'
import { eachContainer, listed, subjectOf } from '../subjects'
import type { Rule } from '../types'

export const sensitiveHostMount: Rule = {
  id: 'sensitive-host-mount',
  title: "Part of the host's system mounted",
  severity: { rootful: 'critical', rootless: 'high' },
  when:
    'A bind mount of /, /proc, /sys or /dev (critical), or of /etc, /root, /boot, /lib or /usr (high); one step lower when ' +
    'read-only. Volumes that are bind mounts in disguise count.',
  fix: 'Mount the directory that is needed, read-only.',
  falsePositives: 'Node exporters with / read-only.',
  references: [cis('5.6'), kubescape('C-0045'), kubescape('C-0048')],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, member => {
      const mounts = sensitiveMounts(member)
      const [heaviest] = mounts.toSorted((a, b) => severityRank[worst(a.severity)] - severityRank[worst(b.severity)])
      if (!heaviest) return volumesMayHide(view, member)
      const subject = subjectOf(view, member.container)
      const words = mounts.map(({ mount }) => `${mount.source} → ${mount.destination} ${mount.writable ? 'rw' : 'ro'}`)
      return {
        subject,
        severity: heaviest.severity,
        confidence: 'high',
        message: `${subject.name} has ${listed(words)}${heaviest.mount.writable ? ': it can change the system it runs on.' : ': it can read the system it runs on.'}`,
        evidence: mounts.map(({ mount }) => mountEvidence(mount)),
        fix: {
          podman: recreateWithout(subject, ...mounts.flatMap(({ mount }) => ['--volume', volumeWord(mount)])),
          quadlet: null,
        },
        latent: !member.live,
      }
    }),
}
