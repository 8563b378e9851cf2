/** The ends that GET /api/v1/reach and `podwire reach` name: host, container:NAME, neighbour:IFACE, routed:IFACE. */
import type { Container, Interface } from '@/lib/topology/types'
import { HOST, type ReachContext } from './context'
import type { Endpoint } from './types'

export type ReachRef = { kind: 'host' } | { kind: 'container' | 'neighbour' | 'routed'; name: string }

/** The accepted forms, for messages. */
export const REACH_REF_FORMS = 'host, container:NAME, neighbour:INTERFACE or routed:INTERFACE'

/** null when the text is none of REACH_REF_FORMS; whether it exists is asked by resolveReachRef. */
export function parseReachRef(text: string): ReachRef | null {
  if (text === 'host') return { kind: 'host' }
  const match = /^(container|neighbour|routed):(.+)$/s.exec(text)
  const [, kind, name] = match ?? []
  if (name === undefined) return null
  if (kind === 'container' || kind === 'neighbour' || kind === 'routed') return { kind, name }
  return null
}

export const formatReachRef = (ref: ReachRef): string => (ref.kind === 'host' ? 'host' : `${ref.kind}:${ref.name}`)

/** One end, found in the topology. `container` is set for containers only. */
export interface ReachEnd {
  ref: string
  endpoint: Endpoint
  namespaceId: string | null
  container: Container | null
}

export function resolveReachRef(context: ReachContext, ref: ReachRef): ReachEnd | null {
  const text = formatReachRef(ref)
  switch (ref.kind) {
    case 'host': {
      const namespace = context.host.namespaces.find(({ kind }) => kind === 'host')
      return { ref: text, endpoint: HOST, namespaceId: namespace?.id ?? null, container: null }
    }
    case 'container': {
      const container = context.host.containers.find(({ name }) => name === ref.name)
      return container ? endOf(context, container) : null
    }
    case 'neighbour':
    case 'routed': {
      const found = context.host.interfaces?.find(({ name, kind }) => name === ref.name && kind !== 'loopback')
      if (!found) return null
      const endpoint: Endpoint = {
        kind: 'neighbour',
        interface: withMaster(context, found),
        routed: ref.kind === 'routed',
      }
      return { ref: text, endpoint, namespaceId: null, container: null }
    }
  }
}

/** The end of one container; null only for a container whose namespace is missing from the topology. */
export function endOf(context: ReachContext, container: Container): ReachEnd | null {
  const endpoint = context.endpointByNamespace.get(container.namespaceId)
  if (!endpoint) return null
  return { ref: `container:${container.name}`, endpoint, namespaceId: container.namespaceId, container }
}

/** An interface that is a port of a bridge: the host's addresses there are those of the bridge. */
function withMaster(context: ReachContext, face: Interface): Interface {
  const master = context.host.interfaces?.find(({ name }) => name === face.master)
  return master ? { ...face, addresses: [...face.addresses, ...master.addresses] } : face
}
