import { ownNetwork } from '../fix'
import { PODMAN_RUN } from '../references'
import { eachContainer, subjectOf } from '../subjects'
import type { Rule } from '../types'

export const netnsJoined: Rule = {
  id: 'netns-joined',
  title: "Shares another container's network",
  severity: 'info',
  when: 'The network mode is container:…, outside of a pod. They share localhost, addresses and ports.',
  fix: 'A network of its own, unless sharing is the point.',
  falsePositives: 'VPN sidecars.',
  references: [PODMAN_RUN],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, ({ container, facts, namespace, live }) => {
      if (!facts.networkMode.startsWith('container:')) return null
      // In a pod everybody does, and in the host's namespace host-network says more.
      if (container.podId !== null || namespace?.kind === 'host') return null
      const subject = subjectOf(view, container)
      const target = view.byEngineId(facts.networkMode.slice('container:'.length))
      const owner = target === undefined ? 'a container that is gone' : target.name
      return {
        subject,
        severity: netnsJoined.severity,
        confidence: 'high',
        message: `${container.name} uses the network of ${owner}: they share localhost, addresses and ports.`,
        evidence: [{ field: 'HostConfig.NetworkMode', value: facts.networkMode }],
        fix: ownNetwork(subject),
        latent: !live,
      }
    }),
}
