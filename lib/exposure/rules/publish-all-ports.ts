import { quadlet, recreateWithout, sectionOf } from '../fix'
import { cis } from '../references'
import { eachNamespace } from '../subjects'
import type { Rule } from '../types'

export const publishAllPorts: Rule = {
  id: 'publish-all-ports',
  title: 'The image chooses what is published',
  severity: 'medium',
  when: 'The container was created with --publish-all: every port that its image declares is published on a random host port.',
  fix: 'Publish the ports that are meant, one by one.',
  falsePositives: 'Test hosts.',
  references: [cis('5.9')],
  enabledByDefault: true,
  examine: view =>
    eachNamespace(view, ({ subject, owner, facts, live }) => {
      if (facts.publishAllPorts === null)
        return { unknown: `${subject.name}: whether it publishes all ports is not known` }
      if (!facts.publishAllPorts) return null
      const declared = facts.exposedPorts
      return {
        subject,
        severity: publishAllPorts.severity,
        confidence: 'high',
        message:
          `${subject.name} publishes every port that image ${owner.container.image} declares` +
          `${declared.length === 0 ? '' : ` (${declared.join(', ')})`}: a new image may open more.`,
        evidence: [{ field: 'HostConfig.PublishAllPorts', value: 'true' }],
        fix: {
          podman: recreateWithout(subject, '--publish-all'),
          quadlet: quadlet(sectionOf(subject), ['PublishPort', '127.0.0.1:HOSTPORT:PORT']),
        },
        latent: !live,
      }
    }),
}
