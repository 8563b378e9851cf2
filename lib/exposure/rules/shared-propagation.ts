import { recreateWithout } from '../fix'
import { volumesMayHide, volumeWord } from '../mounts'
import { cis } from '../references'
import { eachContainer, listed, subjectOf } from '../subjects'
import type { Rule } from '../types'

export const sharedPropagation: Rule = {
  id: 'shared-propagation',
  title: 'Mounts made inside appear on the host',
  severity: 'low',
  when: 'A mount has the propagation shared or rshared.',
  fix: 'Use rprivate or rslave.',
  falsePositives: 'Mount helpers.',
  references: [cis('5.20'), 'https://docs.kernel.org/filesystems/sharedsubtree.html'],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, member => {
      if (member.facts.mounts === null) return volumesMayHide(view, member)
      const mounts = member.mounts.filter(one => one.propagation === 'shared' || one.propagation === 'rshared')
      if (mounts.length === 0) return null
      const subject = subjectOf(view, member.container)
      return {
        subject,
        severity: sharedPropagation.severity,
        confidence: 'high',
        message: `What ${subject.name} mounts below ${listed(mounts.map(one => one.destination))} appears on the host as well.`,
        evidence: mounts.map(one => ({
          field: `Mounts[${one.destination}].Propagation`,
          value: one.propagation ?? '',
        })),
        fix: {
          podman: recreateWithout(
            subject,
            ...mounts.flatMap(one => ['--volume', `${volumeWord(one)}:${one.propagation}`]),
          ),
          quadlet: null,
        },
        latent: !member.live,
      }
    }),
}
