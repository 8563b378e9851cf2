import { NO_FIX } from '../fix'
import { eachNetwork } from '../networks'
import { PODMAN_NETWORK_CREATE } from '../references'
import type { Rule } from '../types'

export const unmanagedBridge: Rule = {
  id: 'unmanaged-bridge',
  title: 'Bridge that Podman does not manage',
  severity: 'medium',
  when: 'A bridge network has mode=unmanaged: no NAT, no firewall rules, no published ports; it may be the bridge of the LAN.',
  fix: 'Use a managed bridge.',
  falsePositives: 'Hosts of virtual machines.',
  references: [PODMAN_NETWORK_CREATE],
  enabledByDefault: true,
  examine: view =>
    eachNetwork(view, ({ network, subject, live }) => {
      if (network.driver !== 'bridge' || network.mode !== 'unmanaged') return null
      const ports = view.host.interfaces?.filter(one => one.master === network.interface && one.kind !== 'veth') ?? []
      return {
        subject,
        severity: unmanagedBridge.severity,
        confidence: 'high',
        message:
          `${network.name} uses bridge ${network.interface ?? '(unnamed)'} as it is: members are reached on every port by ` +
          `whatever is on it${ports.length > 0 ? `, and ${ports.map(one => one.name).join(', ')} is a port of it` : ''}. ` +
          'Published ports do nothing there.',
        evidence: [{ field: 'options.mode', value: 'unmanaged' }],
        fix: NO_FIX,
        latent: !live,
      }
    }),
}
