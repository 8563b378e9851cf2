import { ownNetworkCapability } from '../capabilities'
import { cis } from '../references'
import type { Rule } from '../types'

export const capNetAdmin: Rule = {
  id: 'cap-net-admin',
  title: 'May reconfigure its network (CAP_NET_ADMIN)',
  severity: { rootful: 'medium', rootless: 'low' },
  when: 'CAP_NET_ADMIN is in the bounding set, in a network namespace of its own, and the container is not privileged.',
  fix: 'Drop the capability.',
  falsePositives: 'VPN clients and gateways.',
  references: [cis('5.4')],
  enabledByDefault: true,
  examine: view =>
    ownNetworkCapability(
      view,
      capNetAdmin,
      'CAP_NET_ADMIN',
      'it can change its addresses and routes, and take the place of others on the networks it is on.',
    ),
}
