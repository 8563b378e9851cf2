import { engineName, mayBeOlderThan } from '../engine-version'
import { quadlet, recreateWithout, sectionOf } from '../fix'
import { cis } from '../references'
import { eachNamespace, listed } from '../subjects'
import type { Rule } from '../types'

export const publishAllPorts: Rule = {
  id: 'publish-all-ports',
  title: 'The image chooses what is published',
  severity: 'medium',
  when:
    'The container was created with --publish-all: every port that its image declares is published on a random host port. ' +
    'Podman 4.3 does not tell.',
  fix: 'Publish the ports that are meant, one by one.',
  falsePositives: 'Test hosts.',
  references: [cis('5.9')],
  enabledByDefault: true,
  examine(view) {
    const silent: string[] = []
    const result = eachNamespace(view, ({ namespace, subject, owner, facts, live }) => {
      if (facts.publishAllPorts === null)
        return { unknown: `${subject.name}: whether it publishes all ports is not known` }
      if (!facts.publishAllPorts) {
        if (namespace.published.length > 0) silent.push(subject.name)
        return null
      }
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
    })
    if (silent.length > 0 && mayBeOlderThan(view, 5, 0))
      result.unknown.push(`${listed(silent)}: ${engineName(view)} may say PublishAllPorts false of --publish-all too`)
    return result
  },
}
