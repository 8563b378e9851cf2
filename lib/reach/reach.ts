/** The answers: one row, one pair with its hops, and the matrix between groups of equal namespaces. */
import type { Container, HostModel } from '@/lib/topology/types'
import { createClasses } from './classes'
import { createContext, type ReachContext } from './context'
import { direct } from './direct'
import { throughDoor } from './doors'
import { explain } from './explain'
import { answers } from './groups'
import { hopsOf } from './hops'
import { judge } from './networks'
import { endOf, type ReachEnd, type ReachRef, resolveReachRef } from './refs'
import type { Door, End, Endpoint, Judgement, ReachPair, ReachRow, Verdict } from './types'

export interface Reach {
  /** Everything that `from` can reach; null when there is no such end. */
  row(from: ReachRef): ReachRow | null
  /** One pair; `port` and `protocol` narrow the doors. null when one of the ends does not exist. */
  pair(from: ReachRef, to: ReachRef, only?: { port?: number; protocol?: string }): ReachPair | null
  /** Verdict between two ends, any address of the target's own. */
  direct(from: ReachEnd, to: ReachEnd): Judgement
  door(from: ReachEnd, door: Door): Judgement
  /** The verdict of `direct` alone, at a fraction of its cost: for matrices and rules that look at every pair. */
  verdict(from: ReachEnd, to: ReachEnd): Verdict
  /** The verdict of `door` alone, likewise. */
  doorVerdict(from: ReachEnd, door: Door): Verdict
  end(ref: ReachRef): ReachEnd | null
  context: ReachContext
}

const known = new WeakMap<HostModel, Reach>()

/** The one reach of a model: rules, answers and matrix share what was judged already. */
export function reachOf(model: HostModel): Reach {
  const made = known.get(model) ?? createReach(model)
  known.set(model, made)
  return made
}

/** Pure. Judgements between groups of equal namespaces are remembered for the life of the object. */
export function createReach(model: HostModel): Reach {
  const context = createContext(model)
  const classes = createClasses(context)
  const remembered = new Map<Endpoint, Map<Endpoint, Judgement>>()

  const between = (from: ReachEnd, to: ReachEnd): Judgement => {
    const known = withoutPackets(from, to)
    if (known !== null) return known
    let row = remembered.get(from.endpoint)
    if (row === undefined) remembered.set(from.endpoint, (row = new Map()))
    let judgement = row.get(to.endpoint)
    if (judgement === undefined) row.set(to.endpoint, (judgement = direct(context, from.endpoint, to.endpoint)))
    return judgement
  }

  const door = (from: ReachEnd, one: Door): Judgement =>
    silent(from, 'from') ?? throughDoor(context, from.endpoint, from.namespaceId, one)

  const doorRow = (from: ReachEnd, one: Door): ReachRow['published'][number] => {
    const { hostIp, hostPort, protocol } = one.port
    const owner = ownerRef(context, one)
    const judgement = door(from, one)
    return { owner, hostIp, hostPort, protocol, verdict: judgement.verdict, because: words(judgement, from.ref, owner) }
  }

  let everybody: readonly ReachEnd[] | null = null
  const listEverybody = (): readonly ReachEnd[] => {
    const host = resolveReachRef(context, { kind: 'host' })
    return [...(host ? [host] : []), ...context.host.containers.flatMap(one => endOf(context, one) ?? [])]
  }

  return {
    context,
    direct: between,
    door,
    verdict: (from, to) => withoutPackets(from, to)?.verdict ?? classes.direct(from.endpoint, to.endpoint),
    doorVerdict: (from, one) => silent(from, 'from')?.verdict ?? classes.door(from.endpoint, from.namespaceId, one),
    end: ref => resolveReachRef(context, ref),
    row(ref) {
      const from = resolveReachRef(context, ref)
      if (from === null) return null
      const row = (to: ReachEnd) => {
        const judgement = between(from, to)
        return { to: to.ref, verdict: judgement.verdict, because: words(judgement, from.ref, to.ref) }
      }
      return {
        from: from.ref,
        direct: (everybody ??= listEverybody()).filter(to => to.ref !== from.ref).map(row),
        published: context.doors.map(one => doorRow(from, one)),
      }
    },
    pair(fromRef, toRef, only = {}) {
      const from = resolveReachRef(context, fromRef)
      const to = resolveReachRef(context, toRef)
      if (from === null || to === null) return null
      const judgement = between(from, to)
      const doors = context.doors.filter(
        ({ port, ownerNamespaceId }) =>
          ownerNamespaceId === to.namespaceId &&
          (only.port === undefined || port.hostPort === only.port || port.containerPort === only.port) &&
          (only.protocol === undefined || port.protocol === only.protocol),
      )
      const open =
        judgement.verdict === 'reachable' ? undefined : doors.find(one => door(from, one).verdict === 'reachable')
      return {
        from: from.ref,
        direct: [{ to: to.ref, verdict: judgement.verdict, because: words(judgement, from.ref, to.ref) }],
        published: doors.map(one => doorRow(from, one)),
        hops: hopsOf(context, from, to, open ? door(from, open) : judgement, open ?? null),
      }
    },
  }
}

/** A container without processes neither asks nor answers. */
const silent = ({ container }: ReachEnd, end: End): Judgement | null =>
  container !== null && !answers(container)
    ? judge('blocked', { code: 'not-running', end, state: container.state })
    : null

/** What is decided by the two ends themselves. */
const withoutPackets = (from: ReachEnd, to: ReachEnd): Judgement | null =>
  silent(to, 'to') ??
  silent(from, 'from') ??
  (from.namespaceId !== null && from.namespaceId === to.namespaceId
    ? judge('reachable', { code: 'same-namespace' })
    : null)

const words = (judgement: Judgement, from: string, to: string): string[] =>
  judgement.reasons.map(reason => explain(reason, { from: nameOf(from), to: nameOf(to) }))

/** "container:web" → "web"; "host" and "neighbour:eth0" stay. */
const nameOf = (ref: string) => (ref.startsWith('container:') ? ref.slice('container:'.length) : ref)

function ownerRef(context: ReachContext, door: Door): string {
  const owner: Container | undefined = context.containersById.get(door.port.ownerId)
  return owner ? `container:${owner.name}` : 'host'
}
