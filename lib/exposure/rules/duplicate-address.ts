import { quadlet, recreate } from '../fix'
import { PODMAN_NETWORK_CREATE } from '../references'
import { addressBooks, fieldOf, isNamespace, nameOf } from '../segments'
import { listed, networkSubject } from '../subjects'
import type { Rule, RuleResult } from '../types'

/** To be filled in: which part of the segment is free is not known here. */
const RANGE = 'RANGE_FOR_CONTAINERS_ALONE'

export const duplicateAddress: Rule = {
  id: 'duplicate-address',
  title: 'Address used twice',
  severity: 'high',
  when:
    'Two running containers, or one and an interface of the host, have the same address on one segment: one network, or ' +
    'networks on the same bridge or parent. Equal addresses on different bridges are none, nor are those that pasta ' +
    'containers share with the host by design.',
  fix: 'Give each its own; keep a range of the LAN for containers with --ip-range, outside of the DHCP server’s.',
  falsePositives: 'Anycast and virtual addresses (VRRP, CARP).',
  references: [PODMAN_NETWORK_CREATE, 'RFC 5227'],
  enabledByDefault: true,
  examine(view) {
    const { books, hostUnknown } = addressBooks(view)
    const result: RuleResult = {
      hits: [],
      unknown: hostUnknown.map(
        network => `${network.name}: whether the host itself has one of its addresses is not known`,
      ),
    }
    for (const book of books.values()) {
      for (const [address, holders] of book) {
        const network = holders.find(one => isNamespace(one.by))?.network
        if (holders.length < 2 || network === undefined) continue
        const names = holders.map(one => nameOf(view, one))
        result.hits.push({
          subject: networkSubject(network),
          severity: duplicateAddress.severity,
          confidence: 'high',
          message:
            `${address} is used by ${listed(names)} on one segment (network ${network.name}` +
            `${network.interface === null ? '' : `, ${network.interface}`}): who answers is a matter of chance.`,
          evidence: holders.map(one => ({ field: fieldOf(view, one), value: address })),
          fix: {
            podman: recreate(networkSubject(network), '--ip-range', RANGE),
            quadlet: quadlet('Network', ['IPRange', RANGE]),
          },
        })
      }
    }
    return result
  },
}
