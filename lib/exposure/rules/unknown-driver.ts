import { NO_FIX } from '../fix'
import { eachNetwork } from '../networks'
import type { Rule } from '../types'

const KNOWN = new Set(['bridge', 'macvlan', 'ipvlan'])

export const unknownDriver: Rule = {
  id: 'unknown-driver',
  title: 'Network driver that is not known here',
  severity: 'info',
  when: 'The driver is none of bridge, macvlan and ipvlan: who reaches whom on it is unknown.',
  fix: 'Look at the plugin.',
  falsePositives: 'Plugins of netavark.',
  references: ['https://github.com/containers/netavark/blob/main/plugin-API.md'],
  enabledByDefault: true,
  examine: view =>
    eachNetwork(view, ({ network, subject }) =>
      KNOWN.has(network.driver)
        ? null
        : {
            subject,
            severity: unknownDriver.severity,
            confidence: 'high',
            message: `${network.name} has driver ${network.driver}: who reaches whom on it is unknown, not shut.`,
            evidence: [{ field: 'driver', value: network.driver }],
            fix: NO_FIX,
          },
    ),
}
