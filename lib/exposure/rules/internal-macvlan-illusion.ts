import { NO_FIX } from '../fix'
import { eachNetwork } from '../networks'
import { isLanDriver } from '../path'
import type { Rule } from '../types'

export const internalMacvlanIllusion: Rule = {
  id: 'internal-macvlan-illusion',
  title: 'Internal in name only',
  severity: 'medium',
  when: 'A macvlan or ipvlan network is internal: that only omits the default route.',
  fix: 'Block it at the gateway of that segment.',
  falsePositives: 'A VLAN that is isolated elsewhere.',
  references: ['https://docs.podman.io/en/latest/markdown/podman-network-create.1.html#internal'],
  enabledByDefault: true,
  examine: view =>
    eachNetwork(view, ({ network, subject, live }) => {
      if (!network.internal || !isLanDriver(network.driver)) return null
      return {
        subject,
        severity: internalMacvlanIllusion.severity,
        confidence: 'high',
        message:
          `${network.name} is ${network.driver} and internal: its members get no default route, and are reached by everybody ` +
          `on the segment of ${network.interface ?? 'its parent'} all the same; one with CAP_NET_ADMIN can add the route.`,
        evidence: [
          { field: 'internal', value: 'true' },
          { field: 'driver', value: network.driver },
        ],
        fix: NO_FIX,
        latent: !live,
      }
    }),
}
