import { capabilitiesOf, capabilitiesUnknown, capabilityEvidence } from '../capabilities'
import { ownNetwork, recreateWithout } from '../fix'
import { cis } from '../references'
import { eachContainer, listed, subjectOf } from '../subjects'
import type { Rule } from '../types'

const POWERS = ['CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_SYS_ADMIN'] as const

export const hostNetworkPowerful: Rule = {
  id: 'host-network-powerful',
  title: "May sniff and reconfigure the host's network",
  severity: { rootful: 'critical', rootless: 'high' },
  when:
    "A container in the host's network namespace is privileged, or has CAP_NET_ADMIN, CAP_NET_RAW or CAP_SYS_ADMIN. " +
    'Replaces host-network.',
  fix: 'Drop the capability or the mode.',
  falsePositives: 'Network agents and VPN gateways.',
  references: [cis('5.4'), cis('5.10')],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, member => {
      const { container, namespace, live } = member
      if (namespace?.kind !== 'host') return null
      const capabilities = capabilitiesOf(member, POWERS)
      if (!container.privileged && capabilities === null) return capabilitiesUnknown(member)
      if (!container.privileged && capabilities?.length === 0) return null
      const subject = subjectOf(view, container)
      const powers = container.privileged ? ['--privileged'] : (capabilities ?? [])
      return {
        subject,
        severity: hostNetworkPowerful.severity,
        confidence: 'high',
        message:
          `${container.name} runs in the host's network namespace with ${listed(powers)}: it can sniff, forge and redirect ` +
          "the host's traffic, and change its addresses, routes and firewall.",
        evidence: [
          { field: 'HostConfig.NetworkMode', value: member.facts.networkMode },
          ...(container.privileged
            ? [{ field: 'HostConfig.Privileged', value: 'true' }]
            : capabilityEvidence(capabilities ?? [])),
        ],
        fix: {
          podman: container.privileged
            ? recreateWithout(subject, '--privileged')
            : recreateWithout(subject, ...(capabilities ?? []).flatMap(one => ['--cap-add', one])),
          quadlet: ownNetwork(subject).quadlet,
        },
        latent: !live,
        replaces: ['host-network'],
      }
    }),
}
