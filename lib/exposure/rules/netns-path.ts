import { ownNetwork } from '../fix'
import { cleanPath } from '../paths'
import { PODMAN_RUN } from '../references'
import { eachContainer, subjectOf } from '../subjects'
import type { Rule } from '../types'

/** Namespaces of init and of the engine itself: the host's. */
const HOST_PATH = /^\/proc\/(1|self|thread-self)\/ns\/net$/

export const netnsPath: Rule = {
  id: 'netns-path',
  title: 'In a namespace that somebody else made',
  severity: 'high',
  when: "The network mode is ns:PATH: medium, because what is in it is not seen; high when it is the host's own.",
  fix: 'Use a named network.',
  falsePositives: 'Namespaces that are built by hand on purpose.',
  references: [PODMAN_RUN],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, ({ container, facts, namespace, live }) => {
      if (!facts.networkMode.startsWith('ns:')) return null
      const subject = subjectOf(view, container)
      const path = facts.networkMode.slice('ns:'.length)
      const ofHost = namespace?.kind === 'host' || HOST_PATH.test(cleanPath(path) ?? path)
      return {
        subject,
        severity: ofHost ? 'high' : 'medium',
        confidence: 'high',
        message: ofHost
          ? `${container.name} is in ${path}, which is the host's network namespace.`
          : `${container.name} is in ${path}: who made it, and what it is connected to, is not seen here.`,
        evidence: [{ field: 'HostConfig.NetworkMode', value: facts.networkMode }],
        fix: ownNetwork(subject),
        latent: !live,
        replaces: ofHost ? ['host-network'] : [],
      }
    }),
}
