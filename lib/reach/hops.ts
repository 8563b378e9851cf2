/** The way of a judged connection, end to end, as the picture draws it. A stopped way ends at what stops it. */
import { formatRef } from '@/lib/topology/ref'
import type { ReachContext } from './context'
import type { ReachEnd } from './refs'
import type { Door, Hop, Judgement } from './types'

/** Hops in the order of the packet; ids are those of the topology, interface and door ids their references. */
export function hopsOf(
  context: ReachContext,
  from: ReachEnd,
  to: ReachEnd,
  judgement: Judgement,
  door: Door | null,
): Hop[] {
  const ends = (end: ReachEnd): Hop =>
    end.endpoint.kind === 'neighbour'
      ? { kind: 'interface', id: `interface:${end.endpoint.interface.name}`, label: end.ref }
      : {
          kind: end.endpoint.kind === 'host' && end.container === null ? 'host' : 'namespace',
          id: end.namespaceId ?? context.host.id,
          label: end.container?.name ?? context.host.name,
        }
  const steps = judgement.path.flatMap((step): Hop[] => {
    switch (step.kind) {
      case 'network':
        return [{ kind: 'network', id: step.network.id, label: step.network.name }]
      case 'interface':
        return [{ kind: 'interface', id: `interface:${step.name}`, label: step.name }]
      case 'host':
        return [{ kind: 'host', id: context.host.id, label: context.host.name }, ...doorHop(door)]
    }
  })
  const all = [ends(from), ...steps, ...(judgement.verdict === 'blocked' ? [] : [ends(to)])]
  return all.filter((hop, index) => index === 0 || hop.id !== all[index - 1]?.id || hop.kind !== all[index - 1]?.kind)
}

function doorHop(door: Door | null): Hop[] {
  if (door === null) return []
  const { hostIp, hostPort, protocol } = door.port
  const id = formatRef({ kind: 'port', hostIp, hostPort, protocol })
  return [{ kind: 'door', id, label: id.slice('port:'.length) }]
}
