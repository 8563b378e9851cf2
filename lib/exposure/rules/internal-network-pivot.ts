import { describeDoors, doorEvidence, openDoors } from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { NO_FIX } from '../fix'
import { isLanDriver } from '../path'
import { nist } from '../references'
import { eachNamespace, listed } from '../subjects'
import type { Rule } from '../types'
import { sentences, sharedWords } from '../words'

export const internalNetworkPivot: Rule = {
  id: 'internal-network-pivot',
  title: 'A way out of an internal network',
  severity: 'high',
  when:
    'A container or pod on an internal bridge is also on a network that is not internal, or on macvlan or ipvlan. high when it ' +
    'also publishes a port off loopback, else medium.',
  fix: 'Split it: one part inside, one outside.',
  falsePositives: 'The reverse proxy itself.',
  references: [nist('3.4.2')],
  enabledByDefault: true,
  examine: view =>
    eachNamespace(view, owned => {
      if (owned.namespace.attachments.length < 2) return null
      const inside: string[] = []
      const outside: string[] = []
      for (const { networkName } of owned.namespace.attachments) {
        const network = view.network(networkName)
        if (!network) continue
        if (network.internal && !isLanDriver(network.driver)) inside.push(networkName)
        else outside.push(networkName)
      }
      if (inside.length === 0 || outside.length === 0) return null
      const ranges = foldDoors(openDoors(view, owned))
      return {
        subject: owned.subject,
        severity: ranges.length > 0 ? 'high' : 'medium',
        confidence: 'high',
        message: sentences(
          `${owned.subject.name} is on ${listed(inside)} (internal) and on ${listed(outside)}: it is the way in and out.`,
          ranges.length > 0 ? `It also publishes ${describeDoors(ranges)}.` : '',
          sharedWords(view, owned),
        ),
        evidence: [
          ...inside.map(name => ({ field: `NetworkSettings.Networks.${name}`, value: 'internal' })),
          ...outside.map(name => ({ field: `NetworkSettings.Networks.${name}`, value: 'not internal' })),
          ...ranges.map(doorEvidence),
        ],
        fix: NO_FIX,
        latent: !owned.live,
      }
    }),
}
