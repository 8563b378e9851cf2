import type { Network } from '@/lib/topology/types'
import { quadlet, recreate } from '../fix'
import {
  betweenBridgesConfidence,
  bridgeClasses,
  forwardingOff,
  measuredBetweenBridges,
  RELOAD,
  rulesGone,
} from '../networks'
import { PODMAN_NETWORK_CREATE } from '../references'
import { listed, networkSubject } from '../subjects'
import type { Rule, RuleHit, RuleResult } from '../types'
import type { HostView } from '../view'
import { sentence, sentences } from '../words'

/** How many of the others are named. */
const NAMED = 4

export const networkBelievedIsolated: Rule = {
  id: 'network-believed-isolated',
  title: 'Believed isolated, and is not',
  severity: 'medium',
  when:
    'A bridge that somebody created for a purpose is reached from another one. medium when isolation was ' +
    'asked for: isolate=true only separates networks that have it from each other, and without its rules in the kernel ' +
    'netavark separates nothing. low without the option, under a netavark that does not isolate by itself.',
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
    const few = [...open.slice(0, NAMED + 2), ...isolated.slice(0, NAMED + 2)]
    for (const network of isolated) {
      const reason = 'isolate=true only separates it from networks that have the option as well.'
      result.hits.push(hit(view, network, open, 'medium', reason))
    }
    for (const network of open) {
      const { configured, because } = network.isolation
      // The default network is everybody's, and isolate=false is somebody's decision: nobody believes those isolated.
      if (network.isDefault || configured === 'false') continue
      const others = few.filter(one => one !== network)
      if (others.length === 0) continue
      // Asked for, and not in effect.
      result.hits.push(hit(view, network, others, configured === null ? 'low' : 'medium', sentence(because)))
    }
    return result
  },
}

function hit(
  view: HostView,
  network: Network,
  others: readonly Network[],
  severity: RuleHit['severity'],
  reason: string,
): RuleHit {
  const subject = networkSubject(network)
  return {
    subject,
    severity,
    confidence: betweenBridgesConfidence(view),
    message: sentences(
      `Containers on ${listed(others.slice(0, NAMED).map(one => one.name))}${others.length > NAMED ? ' and other networks' : ''} ` +
        `reach every port on ${network.name} by address.`,
      reason,
      measuredBetweenBridges(view),
    ),
    evidence: [{ field: 'options.isolate', value: network.isolation.configured ?? 'unset' }],
    fix: rulesGone(view)
      ? { podman: RELOAD, quadlet: null }
      : {
          podman: recreate(subject, '--opt', 'isolate=strict'),
          quadlet: quadlet('Network', ['Options', 'isolate=strict']),
        },
  }
}
