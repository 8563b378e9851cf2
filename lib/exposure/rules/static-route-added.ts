import { NO_FIX } from '../fix'
import { eachNetwork } from '../networks'
import { listed } from '../subjects'
import type { Rule } from '../types'

export const staticRouteAdded: Rule = {
  id: 'static-route-added',
  title: 'Network with static routes',
  severity: 'info',
  when: 'A network carries routes: its members reach more than it shows.',
  fix: 'Remove the route if it is not meant.',
  falsePositives: 'Routes that are meant.',
  references: ['https://docs.podman.io/en/latest/markdown/podman-network-create.1.html#route-route'],
  enabledByDefault: true,
  examine: view =>
    eachNetwork(view, ({ network, facts, subject }) => {
      if (facts.routes.length === 0) return null
      const words = facts.routes.map(one => `${one.destination} via ${one.gateway ?? 'no gateway'}`)
      return {
        subject,
        severity: staticRouteAdded.severity,
        confidence: 'high',
        message: `Members of ${network.name} route ${listed(words)}.`,
        evidence: facts.routes.map(one => ({
          field: `routes[${one.destination}].gateway`,
          value: one.gateway ?? 'none',
        })),
        fix: NO_FIX,
      }
    }),
}
