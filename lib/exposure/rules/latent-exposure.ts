import { describeDoors, doorEvidence, openDoors } from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { command } from '../fix'
import { PODMAN_RUN } from '../references'
import { eachPublisher } from '../subjects'
import type { Rule } from '../types'

const COMES_BACK = new Set(['always', 'unless-stopped'])

export const latentExposure: Rule = {
  id: 'latent-exposure',
  title: 'Stopped, and will publish again',
  severity: 'info',
  when:
    'A container or pod does not run, publishes ports off loopback, and comes back by itself: restart policy always or ' +
    'unless-stopped, or a systemd unit.',
  fix: 'Remove it if it is not needed.',
  falsePositives: 'Services that are started on demand.',
  references: [PODMAN_RUN],
  enabledByDefault: true,
  examine: view =>
    eachPublisher(view, owned => {
      const { subject, owner, facts, live } = owned
      if (live) return null
      const { unit } = owner.container
      const policy = facts.restartPolicy !== null && COMES_BACK.has(facts.restartPolicy) ? facts.restartPolicy : null
      if (policy === null && unit === null) return null
      const ranges = foldDoors(openDoors(view, owned))
      if (ranges.length === 0) return null
      const returns = policy === null ? `unit ${unit}` : `restart=${policy}`
      return {
        subject,
        severity: latentExposure.severity,
        confidence: 'high',
        message: `${subject.name} is ${owner.container.state}, and will publish again (${returns}): ${describeDoors(ranges)}.`,
        evidence: [
          { field: 'State.Status', value: owner.container.state },
          policy === null
            ? { field: 'Config.Labels.PODMAN_SYSTEMD_UNIT', value: unit ?? '' }
            : { field: 'HostConfig.RestartPolicy.Name', value: policy },
          ...ranges.map(doorEvidence),
        ],
        fix: {
          podman:
            subject.kind === 'container'
              ? command('podman', 'rm', subject.name)
              : command('podman', 'pod', 'rm', subject.name),
          quadlet: null,
        },
      }
    }),
}
