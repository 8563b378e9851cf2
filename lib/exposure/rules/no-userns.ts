import { openDoors } from '../doors'
import { quadlet, recreate } from '../fix'
import { cis } from '../references'
import { eachContainer, subjectOf } from '../subjects'
import type { Rule } from '../types'

export const noUserns: Rule = {
  id: 'no-userns',
  title: 'Root inside is root outside',
  severity: 'info',
  when: 'Rootful, without a user namespace, and reached by a port published off loopback. Off unless asked for: most rootful hosts are so.',
  fix: 'UserNS=auto.',
  falsePositives: 'Most rootful hosts.',
  references: [cis('5.31')],
  enabledByDefault: false,
  examine: view =>
    eachContainer(view, ({ container, facts, namespace, live }) => {
      // A rootless engine's user namespace is not shown; there, root inside is the user.
      if (view.host.rootless !== false) {
        return view.host.rootless === null
          ? {
              unknown: `${container.name}: whether it has a user namespace depends on the engine being rootless, which is not known`,
            }
          : null
      }
      if (facts.usernsMode === null) return { unknown: `${container.name}: its user namespace is not known` }
      if (facts.usernsMode !== '' && facts.usernsMode !== 'host') return null
      if (namespace === null || openDoors(view, { namespace, live }).length === 0) return null
      const subject = subjectOf(view, container)
      return {
        subject,
        severity: noUserns.severity,
        confidence: 'high',
        message: `${container.name} is reached from outside and has no user namespace: root in it is the host's root, less its capabilities.`,
        evidence: [{ field: 'HostConfig.UsernsMode', value: facts.usernsMode === '' ? 'unset' : facts.usernsMode }],
        fix: { podman: recreate(subject, '--userns', 'auto'), quadlet: quadlet('Container', ['UserNS', 'auto']) },
        latent: !live,
      }
    }),
}
