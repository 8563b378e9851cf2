/** Who can reach whom, all of it: groups of equal namespaces are one row and one column, so their number sets the size. */
import { indexHost, namespaceName } from '@/lib/topology/lookup'
import type { Namespace } from '@/lib/topology/types'
import { namespaceEnd, outsideEnds, speakerOf } from './ends'
import { explainBriefly, judgementTable, type TableJudgement } from './judgements'
import type { Reach } from './reach'
import type { ReachEnd } from './refs'

export interface MatrixEnd {
  kind: 'host' | 'neighbour' | 'routed' | 'namespaces'
  /** Networks of the namespaces; none for host and neighbours. */
  networks: string[]
  /** Equal namespaces, or the one end itself. `ref` is what GET /api/v1/reach takes. */
  members: { ref: string; name: string }[]
}

export interface ReachMatrix {
  hostId: string
  /** Who asks: the host, neighbours, then the targets' namespaces in the same order. */
  sources: MatrixEnd[]
  /** Who is asked: the host, then namespaces. */
  targets: MatrixEnd[]
  judgements: TableJudgement[]
  /** cells[source][target] is an index into `judgements`; null where an end would ask itself. */
  cells: (number | null)[][]
}

interface Line {
  shown: MatrixEnd
  end: ReachEnd
  /** Another of the group, to judge how its members get on with each other; null when there is none. */
  other: ReachEnd | null
}

/** Pure. Cost: groups of equal namespaces, squared. */
export function matrixOf(reach: Reach): ReachMatrix {
  const { host } = reach.context
  const self = reach.end({ kind: 'host' })
  const hostLine: Line[] =
    self === null
      ? []
      : [{ shown: { kind: 'host', networks: [], members: [{ ref: 'host', name: host.name }] }, end: self, other: null }]
  const outside = outsideEnds(reach).map(
    ({ end, interface: name, routed }): Line => ({
      shown: { kind: routed ? 'routed' : 'neighbour', networks: [], members: [{ ref: end.ref, name }] },
      end,
      other: null,
    }),
  )
  const groups = groupLines(reach)
  const sources = [...hostLine, ...outside, ...groups]
  const targets = [...hostLine, ...groups]
  const table = judgementTable(explainBriefly)
  const cells = sources.map(from =>
    targets.map(to => {
      const asked = from === to ? from.other : to.end
      return asked === null ? null : table.add(reach.direct(from.end, asked))
    }),
  )
  return {
    hostId: host.id,
    sources: sources.map(({ shown }) => shown),
    targets: targets.map(({ shown }) => shown),
    judgements: table.judgements,
    cells,
  }
}

/** By network, then by name, so that those who share one stand together. */
function groupLines(reach: Reach): Line[] {
  const { host, groups } = reach.context
  const { namespaces } = indexHost(host)
  const lines = groups.flatMap((group): Line[] => {
    const members = group.namespaceIds.flatMap(id => {
      const namespace = namespaces.get(id)
      const end = namespace && namespaceEnd(reach, namespace)
      return namespace && end ? [{ end, ref: end.ref, name: nameOf(reach, namespace) }] : []
    })
    members.sort((a, b) => compare(a.name, b.name))
    const [first, second] = members
    if (first === undefined) return []
    const networks = group.attachments.map(({ name }) => name)
    const shown: MatrixEnd = { kind: 'namespaces', networks, members: members.map(({ ref, name }) => ({ ref, name })) }
    return [{ shown, end: first.end, other: second?.end ?? null }]
  })
  const order = new Map(host.networks.map(({ name }, index) => [name, index]))
  // What is stopped comes last: nothing reaches it, whatever its networks are.
  const rank = ({ shown, end }: Line) => {
    const [only, second] = shown.networks
    if (end.endpoint.kind === 'namespace' && end.endpoint.group.stopped !== null) return order.size + 2
    return second !== undefined ? order.size : only === undefined ? order.size + 1 : (order.get(only) ?? order.size)
  }
  return lines.sort(
    (a, b) => rank(a) - rank(b) || compare(a.shown.members[0]?.name ?? '', b.shown.members[0]?.name ?? ''),
  )
}

/** A pod's name, or that of whoever speaks for the namespace: the infra container's says nothing. */
function nameOf(reach: Reach, namespace: Namespace): string {
  const { host } = reach.context
  return namespace.podId === null
    ? (speakerOf(host, namespace)?.name ?? namespaceName(host, namespace))
    : namespaceName(host, namespace)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
