/** Which network modes a thing is in, so that they can be explained beside it. */
import { networkByName, ownerOf } from '@/lib/topology/lookup'
import type { Container, Host, Namespace, Network } from '@/lib/topology/types'
import type { Mode } from './words/modes'

/** Of a container: how it came into its namespace first, then what that namespace is. */
export function modesOfContainer(host: Host, container: Container, namespace: Namespace): Mode[] {
  const owner = ownerOf(host, namespace)
  const joined = owner !== null && owner.id !== container.id
  const inPod = namespace.podId !== null && namespace.podId === container.podId
  return [
    ...(joined || container.isInfra ? ([inPod ? 'pod' : 'container'] satisfies Mode[]) : []),
    ...modesOfNamespace(host, namespace),
  ]
}

export function modesOfNamespace(host: Host, namespace: Namespace): Mode[] {
  switch (namespace.kind) {
    case 'host':
    case 'none':
    case 'path':
    case 'pasta':
    case 'slirp4netns':
      return [namespace.kind]
    case 'rootless':
      return ['rootlessBridge']
    case 'private': {
      const networks = namespace.attachments.flatMap(({ networkName }) => networkByName(host, networkName) ?? [])
      return [...new Set(networks.flatMap(network => modesOfNetwork(host, network)))]
    }
  }
}

export function modesOfNetwork(host: Host, { driver, internal, isDefault, isolation }: Network): Mode[] {
  if (driver === 'macvlan' || driver === 'ipvlan') return [driver]
  if (driver !== 'bridge') return []
  const rules: Mode[] = [
    ...(internal ? ['internal' as const] : []),
    ...(isolation.configured === 'true' || isolation.configured === 'strict' ? ['isolate' as const] : []),
  ]
  // What the host reaches, and what a published port on an internal network does, is another thing without root.
  if (host.rootless === true) return ['rootlessBridge']
  return [...(isDefault ? ['bridgeDefault' as const] : ['bridge' as const]), ...rules]
}
