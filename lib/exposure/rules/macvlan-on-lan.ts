import { onLan } from '../lan'
import { PODMAN_NETWORK_CREATE } from '../references'
import type { Rule } from '../types'

export const macvlanOnLan: Rule = {
  id: 'macvlan-on-lan',
  title: 'A machine of the LAN (macvlan)',
  severity: 'high',
  when: 'A running container or pod of a rootful engine is on a macvlan network.',
  fix: 'Use a bridge and publish the ports that are meant; else filter on the router.',
  falsePositives: 'DHCP and DNS servers, home automation hubs.',
  references: [PODMAN_NETWORK_CREATE],
  enabledByDefault: true,
  examine: view => onLan(view, 'macvlan', macvlanOnLan, () => 'high'),
}
