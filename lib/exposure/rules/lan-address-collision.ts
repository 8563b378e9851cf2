import { quadlet, recreate } from '../fix'
import { isLanDriver } from '../path'
import { PODMAN_NETWORK_CREATE } from '../references'
import { addressBooks, fieldOf, isNamespace, nameOf } from '../segments'
import { listed, networkSubject, notRead, subjectOfNamespace } from '../subjects'
import type { Rule, RuleResult } from '../types'

/** To be filled in: which part of the segment is free is not known here. */
const RANGE = 'RANGE_FOR_CONTAINERS_ALONE'

export const lanAddressCollision: Rule = {
  id: 'lan-address-collision',
  title: "Took an address of the LAN that was somebody else's",
  severity: 'high',
  when:
    'A running container or pod on macvlan or ipvlan has the address of an interface of the host on that parent, or of another ' +
    'container there. Measured: without --ip-range, Podman gave a container the address of the host itself. Other machines of ' +
    'the segment are not asked.',
  fix: "Create the network with --ip-range, outside of the DHCP server's range and of the addresses that are in use.",
  falsePositives: 'Virtual addresses (VRRP, CARP).',
  references: [PODMAN_NETWORK_CREATE, 'RFC 5227'],
  enabledByDefault: true,
  examine(view) {
    const { books, hostUnknown } = addressBooks(view)
    const result: RuleResult = {
      hits: [],
      unknown: hostUnknown
        .filter(network => isLanDriver(network.driver))
        .map(network => `${network.name}: whether the host itself has one of its addresses is not known`),
    }
    for (const book of books.values()) {
      for (const [address, holders] of book) {
        if (holders.length < 2) continue
        for (const holder of holders) {
          const { network, by: namespace } = holder
          if (!isNamespace(namespace) || !isLanDriver(network.driver)) continue
          const doubt = namespace.ownerId === null ? undefined : view.unexaminedBy(namespace.ownerId)
          if (doubt) {
            result.unknown.push(notRead(view, doubt))
            continue
          }
          const others = holders.filter(one => one.by !== namespace).map(one => nameOf(view, one))
          if (others.length === 0) continue
          result.hits.push({
            subject: subjectOfNamespace(view, namespace),
            severity: lanAddressCollision.severity,
            confidence: 'high',
            message:
              `${nameOf(view, holder)} has ${address} on ${network.interface ?? 'the LAN'} (network ${network.name}), which is also the address of ` +
              `${listed(others)}: what neighbours send there arrives at one of them, and nobody knows at which.`,
            evidence: [{ field: fieldOf(view, holder), value: address }],
            fix: {
              podman: recreate(networkSubject(network), '--ip-range', RANGE),
              quadlet: quadlet('Network', ['IPRange', RANGE]),
            },
          })
        }
      }
    }
    return result
  },
}
