import { ownNetworkCapability } from '../capabilities'
import { trivy } from '../references'
import type { Rule } from '../types'

export const capNetRaw: Rule = {
  id: 'cap-net-raw',
  title: 'May forge packets (CAP_NET_RAW)',
  severity: { rootful: 'medium', rootless: 'low' },
  when:
    'CAP_NET_RAW is in the bounding set, in a network namespace of its own, and the container is not privileged. ' +
    "It is not in Podman's default set, so somebody asked for it.",
  fix: 'Drop the capability; ping works without it where net.ipv4.ping_group_range allows.',
  falsePositives: 'Monitoring and network tools.',
  references: [trivy('KSV-0119'), 'kube-linter drop-net-raw'],
  enabledByDefault: true,
  examine: view =>
    ownNetworkCapability(
      view,
      capNetRaw,
      'CAP_NET_RAW',
      'it can forge ARP and DNS answers on the networks it is on, and so take the place of others.',
    ),
}
