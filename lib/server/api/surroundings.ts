/** What stands next to a container, network or pod. Pure. */
import type { Finding } from '@/lib/exposure/types'
import { containersIn, membersOf, namespaceById, networkByName } from '@/lib/topology/lookup'
import type { Container, Host, Namespace, Network, Pod } from '@/lib/topology/types'
import type { Neighbour, Surroundings } from '../types'

const summary = ({ id, name, status, ageSeconds, problem }: Host): Surroundings['host'] => ({
  id,
  name,
  status,
  ageSeconds,
  problem,
})

const about = (host: Host, findings: readonly Finding[], ids: readonly (string | null)[]): Finding[] =>
  findings.filter(finding => finding.hostId === host.id && ids.includes(finding.subject.id))

const neighbour = (container: Container, addresses: string[]): Neighbour => ({
  id: container.id,
  name: container.name,
  addresses,
})

/** Who is on a network, with their addresses there; a namespace's containers one by one. */
const onNetwork = (host: Host, name: string, keep: (namespace: Namespace) => boolean): Neighbour[] =>
  membersOf(host, name)
    .filter(({ namespace }) => keep(namespace))
    .flatMap(({ attachment, namespace }) =>
      containersIn(host, namespace).map(container => neighbour(container, attachment.addresses)),
    )

const networkEntry = (host: Host, name: string, members: Neighbour[]) => ({
  id: networkByName(host, name)?.id ?? null,
  name,
  members,
})

function aroundNamespace(
  host: Host,
  namespace: Namespace | null,
  besides: readonly string[],
): Surroundings['neighbours'] {
  if (!namespace) return { members: [], networks: [] }
  const addresses = namespace.attachments.flatMap(attachment => attachment.addresses)
  return {
    members: containersIn(host, namespace)
      .filter(container => !besides.includes(container.id))
      .map(container => neighbour(container, addresses)),
    networks: namespace.attachments.map(({ networkName }) =>
      networkEntry(
        host,
        networkName,
        onNetwork(host, networkName, other => other.id !== namespace.id),
      ),
    ),
  }
}

export function aroundContainer(host: Host, container: Container, findings: readonly Finding[]): Surroundings {
  const namespace = namespaceById(host, container.namespaceId)
  return {
    host: summary(host),
    namespace,
    neighbours: aroundNamespace(host, namespace, [container.id]),
    doors: namespace?.kind === 'host' ? [] : (namespace?.published ?? []),
    findings: about(host, findings, [container.id, container.namespaceId]),
  }
}

export function aroundPod(host: Host, pod: Pod, findings: readonly Finding[]): Surroundings {
  const namespace = pod.namespaceId === null ? null : namespaceById(host, pod.namespaceId)
  return {
    host: summary(host),
    namespace,
    neighbours: aroundNamespace(host, namespace, []),
    doors: namespace?.kind === 'host' ? [] : (namespace?.published ?? []),
    findings: about(host, findings, [pod.id, pod.namespaceId, ...pod.containerIds]),
  }
}

export function aroundNetwork(host: Host, network: Network, findings: readonly Finding[]): Surroundings {
  const here = membersOf(host, network.name).map(({ namespace }) => namespace)
  const elsewhere = new Set(
    here
      .flatMap(namespace => namespace.attachments.map(({ networkName }) => networkName))
      .filter(name => name !== network.name),
  )
  return {
    host: summary(host),
    namespace: null,
    neighbours: {
      members: onNetwork(host, network.name, () => true),
      networks: [...elsewhere].map(name =>
        networkEntry(
          host,
          name,
          onNetwork(host, name, namespace => here.includes(namespace)),
        ),
      ),
    },
    doors: here.flatMap(namespace => namespace.published),
    findings: about(host, findings, [network.id]),
  }
}
