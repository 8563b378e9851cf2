import { onLan } from '../lan'
import { PODMAN_NETWORK_CREATE } from '../references'
import type { Rule } from '../types'

export const ipvlanOnLan: Rule = {
  id: 'ipvlan-on-lan',
  title: "On the LAN behind the host's MAC address (ipvlan)",
  severity: 'high',
  when: 'A running container or pod of a rootful engine is on an ipvlan network; medium in the modes l3 and l3s.',
  fix: 'Use a bridge and publish the ports that are meant; else filter on the router.',
  falsePositives: 'DNS servers, home automation hubs.',
  references: [PODMAN_NETWORK_CREATE, 'https://docs.kernel.org/networking/ipvlan.html'],
  enabledByDefault: true,
  // In l3 and l3s a neighbour needs a route to the container's subnet, or an address in it.
  examine: view => onLan(view, 'ipvlan', ipvlanOnLan, mode => (mode === 'l2' ? 'high' : 'medium')),
}
