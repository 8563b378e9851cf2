import { quadlet, recreate } from '../fix'
import { eachNetwork } from '../networks'
import { isLanDriver } from '../path'
import { PODMAN_NETWORK_CREATE } from '../references'
import type { Rule } from '../types'

export const lanParentImplicit: Rule = {
  id: 'lan-parent-implicit',
  title: 'LAN network without a named interface',
  severity: 'low',
  when: 'A macvlan or ipvlan network names no parent: the interface of the default route is taken, whichever it is by then.',
  fix: 'Name the parent.',
  falsePositives: 'Hosts with one interface.',
  references: [PODMAN_NETWORK_CREATE],
  enabledByDefault: true,
  examine: view =>
    eachNetwork(view, ({ network, facts, subject }) => {
      if (!isLanDriver(network.driver) || network.interface !== null || facts.options['parent'] !== undefined)
        return null
      const parent = view.facts.routes?.find(
        one => one.destination === '0.0.0.0/0' && one.interface !== null,
      )?.interface
      const wanted = `parent=${parent ?? 'INTERFACE'}`
      return {
        subject,
        severity: lanParentImplicit.severity,
        confidence: 'high',
        message:
          `${network.name} (${network.driver}) names no parent: its members appear on the interface of the default route` +
          `${parent ? `, now ${parent}` : ''}, which may be another one after a restart.`,
        evidence: [{ field: 'options.parent', value: 'unset' }],
        fix: { podman: recreate(subject, '--opt', wanted), quadlet: quadlet('Network', ['Options', wanted]) },
      }
    }),
}
