import type { Network } from '@/lib/topology/types'
import { quadlet, recreate } from '../fix'
import { bridgeClasses, forwardingOff } from '../networks'
import { PODMAN_NETWORK_CREATE } from '../references'
import { listed, networkSubject } from '../subjects'
import type { Rule, RuleHit, RuleResult } from '../types'

/** How many of the others are named. */
const NAMED = 4

export const networkBelievedIsolated: Rule = {
  id: 'network-believed-isolated',
  title: 'Believed isolated, and is not',
  severity: 'medium',
  when:
    'A bridge that somebody created for a purpose is reached from another one. medium with isolate=true, which only separates ' +
    'it from networks that have the option as well; low without the option, under a netavark that does not isolate by itself.',
  fix: 'isolate=strict, which separates it from every other network.',
  falsePositives: 'Networks that are meant to meet.',
  references: [
    PODMAN_NETWORK_CREATE,
    'https://github.com/containers/netavark/blob/v1.17.2/src/firewall/nft.rs#L317-L405',
  ],
  enabledByDefault: true,
  examine(view) {
    const result: RuleResult = { hits: [], unknown: [] }
    const { open, isolated, undecided } = bridgeClasses(view)
    for (const network of undecided) {
      result.unknown.push(`network ${network.name}: whether others reach it is not known: ${network.isolation.because}`)
    }
    if (open.length === 0 || forwardingOff(view)) return result
    const confidence = view.facts.firewall === null ? 'medium' : 'high'
    for (const network of isolated) {
      result.hits.push(
        hit(
          network,
          open,
          'medium',
          confidence,
          'isolate=true only separates it from networks that have the option as well.',
        ),
      )
    }
    // The default network is everybody's, and isolate=false is somebody's decision: nobody believes those isolated.
    const unset = open.filter(network => !network.isDefault && network.isolation.configured === null)
    for (const network of unset) {
      const others = firstOthers([...open.slice(0, NAMED + 2), ...isolated.slice(0, NAMED + 2)], network)
      if (others.length === 0) continue
      result.hits.push(hit(network, others, 'low', confidence, `${capitalised(network.isolation.because)}.`))
    }
    return result
  },
}

const firstOthers = (networks: readonly Network[], network: Network) => networks.filter(one => one !== network)

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function hit(
  network: Network,
  others: readonly Network[],
  severity: RuleHit['severity'],
  confidence: RuleHit['confidence'],
  reason: string,
): RuleHit {
  const subject = networkSubject(network)
  return {
    subject,
    severity,
    confidence,
    message:
      `Containers on ${listed(others.slice(0, NAMED).map(one => one.name))}${others.length > NAMED ? ' and other networks' : ''} ` +
      `reach every port on ${network.name} by address. ${reason} Measured on Podman 4.3, 5.4 and 5.8: a container on another ` +
      'bridge reached it.',
    evidence: [{ field: 'options.isolate', value: network.isolation.configured ?? 'unset' }],
    fix: {
      podman: recreate(subject, '--opt', 'isolate=strict'),
      quadlet: quadlet('Network', ['Options', 'isolate=strict']),
    },
  }
}
