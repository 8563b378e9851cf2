import { capabilitiesOf } from '../capabilities'
import { recreateWithout } from '../fix'
import { cleanPath } from '../paths'
import { cis } from '../references'
import { eachContainer, subjectOf } from '../subjects'
import type { Rule } from '../types'
import { TUN } from './multi-homed'

export const tunGateway: Rule = {
  id: 'tun-gateway',
  title: 'May route other networks (tun device)',
  severity: 'low',
  when: 'The container has /dev/net/tun. The devices of privileged containers are not listed, and not examined here.',
  fix: 'Remove the device.',
  falsePositives: 'Tailscale, WireGuard and other VPNs.',
  references: [cis('5.18')],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, member => {
      const { container, facts, live } = member
      if (facts.devices === null) return { unknown: `${container.name}: its devices are not known` }
      if (!facts.devices.some(device => cleanPath(device) === TUN)) return null
      const subject = subjectOf(view, container)
      const admin = (capabilitiesOf(member, ['CAP_NET_ADMIN']) ?? []).length > 0
      return {
        subject,
        severity: tunGateway.severity,
        confidence: 'high',
        message: admin
          ? `${container.name} has ${TUN} and CAP_NET_ADMIN: it can carry other networks' traffic, which no picture of this host shows.`
          : `${container.name} has ${TUN}: with CAP_NET_ADMIN it could carry other networks' traffic.`,
        evidence: [{ field: 'HostConfig.Devices[].PathOnHost', value: TUN }],
        fix: { podman: recreateWithout(subject, '--device', TUN), quadlet: `# remove: AddDevice=${TUN}` },
        latent: !live,
      }
    }),
}
