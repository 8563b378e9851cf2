/** How far from outside a subject is; decides which of two equally severe findings is read first. */
import type { Namespace } from '@/lib/topology/types'
import type { Subject } from './types'
import type { HostView } from './view'

/** 0 = reached from outside of the host, 1 = from the host or other containers, 2 = from nowhere that is known. */
export function outsideRank(view: HostView, subject: Subject): 0 | 1 | 2 {
  switch (subject.kind) {
    case 'host':
      return 1
    case 'network': {
      const network = view.network(subject.name)
      return network && isLanDriver(network.driver) && view.host.rootless !== true ? 0 : 1
    }
    case 'container': {
      const container = view.container(subject.id)
      const namespace = container && view.namespace(container.namespaceId)
      return namespace ? rankOfNamespace(view, namespace) : 2
    }
    case 'namespace': {
      const namespace = view.namespace(subject.id)
      return namespace ? rankOfNamespace(view, namespace) : 2
    }
  }
}

/** Drivers whose members are machines of the parent's segment. Rootless ones have no such parent to stand on. */
export const isLanDriver = (driver: string): boolean => driver === 'macvlan' || driver === 'ipvlan'

function rankOfNamespace(view: HostView, namespace: Namespace): 0 | 1 | 2 {
  if (!view.isLive(namespace)) return 2
  if (namespace.kind === 'host') return 0
  const open = namespace.published.some(door => door.forwarded !== 'no' && door.scope !== 'loopback')
  if (open) return 0
  const networks = namespace.attachments.map(one => view.network(one.networkName))
  if (view.host.rootless !== true && networks.some(one => one !== undefined && isLanDriver(one.driver))) return 0
  return networks.length > 0 ? 1 : 2
}
