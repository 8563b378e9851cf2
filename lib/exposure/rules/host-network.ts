import { comment, ownNetwork } from '../fix'
import { cis, kubescape, PODMAN_RUN, trivy } from '../references'
import { eachContainer, subjectOf } from '../subjects'
import type { Evidence, Rule, RuleHit } from '../types'
import type { HostView, Member } from '../view'

export const hostNetwork: Rule = {
  id: 'host-network',
  title: "In the host's network namespace",
  severity: { rootful: 'high', rootless: 'medium' },
  when: 'The container, or the pod or container whose namespace it shares, runs with the network mode "host".',
  fix: 'Put it on a network of its own and publish the ports it needs.',
  falsePositives: 'Node exporters, VPN gateways, DHCP and mDNS services.',
  references: [cis('5.10'), trivy('KSV-0009'), kubescape('C-0041'), 'Checkov CKV_K8S_19', PODMAN_RUN],
  enabledByDefault: true,
  examine(view) {
    const result = eachContainer(view, member => (member.namespace?.kind === 'host' ? hit(view, member) : null))
    // A pod whose members are not there yet: its infra container is all that stands in the host's namespace.
    for (const member of view.members) {
      const { container, namespace } = member
      if (namespace?.kind !== 'host' || !container.isInfra || container.podId === null) continue
      if ((view.pod(container.podId)?.containerIds.length ?? 0) <= 1) result.hits.push(hit(view, member))
    }
    return result
  },
}

/** Whose "host" it is, when not the container's own. */
function inheritedFrom(view: HostView, { container, facts }: Member): string | null {
  const pod = container.podId === null || container.isInfra ? undefined : view.pod(container.podId)
  if (pod?.namespaceId === container.namespaceId) return `pod ${pod.name}`
  if (!facts.networkMode.startsWith('container:')) return null
  return view.byEngineId(facts.networkMode.slice('container:'.length))?.name ?? 'another container'
}

function hit(view: HostView, member: Member): RuleHit {
  const { container, facts, live } = member
  const subject = subjectOf(view, container)
  const origin = inheritedFrom(view, member)
  const evidence: Evidence[] = [{ field: 'HostConfig.NetworkMode', value: facts.networkMode }]
  if (origin !== null && facts.networkMode !== 'host') {
    evidence.push({ field: 'HostConfig.NetworkMode of its owner', value: 'host' })
  }
  return {
    subject,
    severity: hostNetwork.severity,
    confidence: 'high',
    message:
      `${subject.name} runs in the host's network namespace${origin === null ? '' : ` (inherited from ${origin})`}: ` +
      'it sees every host interface and every service on localhost, and what it listens on is open on the host itself, ' +
      'without a published port.',
    evidence,
    fix:
      origin === null
        ? ownNetwork(subject)
        : { podman: comment(`change the network of ${origin}, which it shares`), quadlet: null },
    latent: !live,
  }
}
