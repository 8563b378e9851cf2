/** Capabilities beyond the default set, and the rules that are about one of them. */
import { comment, type Fix, lines, recreateWithout } from './fix'
import { eachContainer, subjectOf } from './subjects'
import type { Rule, RuleResult, Subject } from './types'
import type { HostView, Member } from './view'

/** Where they come from: CapAdd is only a difference to the engine's own default set, which differs. */
const FIELD = 'BoundingCaps'

/** Those of `wanted`, none of them in the default set, that the container has; null when the engine did not say. */
export function capabilitiesOf({ container, facts }: Member, wanted: readonly string[]): readonly string[] | null {
  const { capabilities } = container
  if (capabilities.length > 0) return wanted.filter(one => capabilities.includes(one))
  return facts.boundingCaps === null ? null : NONE
}

const NONE: readonly string[] = []

export const capabilityEvidence = (capabilities: readonly string[]): { field: string; value: string }[] =>
  capabilities.map(one => ({ field: `${FIELD}[${one}]`, value: one }))

export const capabilitiesUnknown = (member: Member): { unknown: string } => ({
  unknown: `${member.container.name}: the engine does not say which capabilities it has`,
})

/** They are beyond the default set, so somebody added them; dropping what is added as well is refused by Podman. */
export const withoutCapabilities = (subject: Subject, capabilities: readonly string[]): Fix => ({
  podman: recreateWithout(subject, ...capabilities.flatMap(one => ['--cap-add', one])),
  quadlet: lines(...capabilities.map(one => comment(`remove: AddCapability=${one}`))),
})

/**
 * A capability that works on the container's own network. Privileged containers have them all and are told so by one rule;
 * in the host's namespace it works on the host, which host-network-powerful tells.
 */
export const ownNetworkCapability = (view: HostView, rule: Rule, capability: string, consequence: string): RuleResult =>
  eachContainer(view, member => {
    const { container, namespace, live } = member
    if (container.privileged || namespace?.kind === 'host') return null
    const found = capabilitiesOf(member, [capability])
    if (found === null) return capabilitiesUnknown(member)
    if (found.length === 0) return null
    const subject = subjectOf(view, container)
    return {
      subject,
      severity: rule.severity,
      confidence: 'high',
      message: `${container.name} has ${capability}, which Podman does not give by itself: ${consequence}`,
      evidence: capabilityEvidence(found),
      fix: withoutCapabilities(subject, found),
      latent: !live,
    }
  })
