import { quadlet, recreate } from '../fix'
import {
  betweenBridgesConfidence,
  bridgeClasses,
  forwardingOff,
  measuredBetweenBridges,
  RELOAD,
  rulesGone,
} from '../networks'
import { nist, PODMAN_NETWORK_CREATE } from '../references'
import { hostSubject, listed, networkSubject } from '../subjects'
import type { Rule, RuleResult } from '../types'
import { sentence, sentences } from '../words'

export const networksNotIsolated: Rule = {
  id: 'networks-not-isolated',
  title: 'Networks are open to each other',
  severity: 'medium',
  when:
    'Two bridges in use let connections through both ways: neither is strict, and not both are isolated. By the isolate ' +
    'option, whose default depends on netavark: off before 2.0, strict from then on. One finding per host.',
  fix: 'isolate=strict on every network that should be apart, or Podman 6.',
  falsePositives: "Hosts with a firewall of their own; netavark's firewalld driver ignores the option.",
  references: [nist('3.3.3'), PODMAN_NETWORK_CREATE, 'https://github.com/containers/netavark/releases/tag/v2.0.0'],
  enabledByDefault: true,
  examine(view) {
    const result: RuleResult = { hits: [], unknown: [] }
    const { open, isolated, undecided } = bridgeClasses(view)
    for (const network of undecided) {
      result.unknown.push(`network ${network.name}: whether others reach it is not known: ${network.isolation.because}`)
    }
    if (open.length === 0 || open.length + isolated.length < 2 || forwardingOff(view)) return result
    const names = open.map(one => one.name)
    const [first] = open
    result.hits.push({
      subject: hostSubject(view),
      severity: networksNotIsolated.severity,
      confidence: betweenBridgesConfidence(view),
      message: sentences(
        open.length > 1
          ? `${listed(names)} are open to each other: a container on one reaches every port on the others by address.`
          : '',
        isolated.length > 0
          ? `${listed(isolated.map(one => one.name))} (isolate=true) ${isolated.length > 1 ? 'are' : 'is'} open to ${listed(names)} as well.`
          : '',
        first ? sentence(first.isolation.because) : '',
        measuredBetweenBridges(view),
      ),
      evidence: [...open, ...isolated].map(network => ({
        field: 'options.isolate',
        value: `${network.name}: ${network.isolation.configured ?? 'unset'}`,
      })),
      fix: rulesGone(view)
        ? { podman: RELOAD, quadlet: null }
        : {
            podman: first ? recreate(networkSubject(first), '--opt', 'isolate=strict') : null,
            quadlet: quadlet('Network', ['Options', 'isolate=strict']),
          },
    })
    return result
  },
}
