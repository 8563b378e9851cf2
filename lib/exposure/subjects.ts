/** Who a finding is about, in the words of the one who runs it; and the walks over containers and namespaces. */
import type { ContainerFacts, Namespace } from '@/lib/topology/types'
import type { RuleHit, RuleResult, Subject } from './types'
import { type HostView, type Member, perView, type Unexamined } from './view'

/** A container; an infra container is known to its admin as the pod. */
export function subjectOf(view: HostView, container: Member['container']): Subject {
  const pod = container.isInfra && container.podId !== null ? view.pod(container.podId) : undefined
  return pod
    ? { kind: 'namespace', id: container.namespaceId, name: pod.name }
    : { kind: 'container', id: container.id, name: container.name }
}

/** The owner of a namespace: a container, or the pod; what has neither goes by its kind. */
export function subjectOfNamespace(view: HostView, namespace: Namespace): Subject {
  const pod = namespace.podId === null ? undefined : view.pod(namespace.podId)
  if (pod) return { kind: 'namespace', id: namespace.id, name: pod.name }
  const owner = namespace.ownerId === null ? undefined : view.container(namespace.ownerId)
  return owner
    ? { kind: 'container', id: owner.id, name: owner.name }
    : { kind: 'namespace', id: namespace.id, name: namespace.kind }
}

export const hostSubject = (view: HostView): Subject => ({ kind: 'host', id: view.host.id, name: view.host.name })

export const networkSubject = (network: { id: string; name: string }): Subject => ({
  kind: 'network',
  id: network.id,
  name: network.name,
})

/** The line of notExamined for a container that could not be read; the same from every rule, so that it is said once. */
export const notRead = (view: HostView, { container, reasons }: Unexamined): string =>
  `${subjectOf(view, container).name}: ${reasons.join('; ')}`

/** Names in prose: "a, b and 3 more". */
export function listed(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most)
  const rest = names.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '')
}

/** What a rule says of one subject: a hit, nothing, or why it cannot tell. */
export type Verdict = RuleHit | null | { unknown: string }

const sort = (verdict: Verdict, into: RuleResult) => {
  if (verdict === null) return
  if ('unknown' in verdict) into.unknown.push(verdict.unknown)
  else into.hits.push(verdict)
}

/** Asks about every container that an admin made (not infra); those that were not read completely become unknown. */
export function eachContainer(view: HostView, examine: (member: Member) => Verdict): RuleResult {
  const result: RuleResult = { hits: [], unknown: [] }
  for (const member of view.members) if (!member.container.isInfra) sort(examine(member), result)
  for (const one of view.unexamined) if (!one.container.isInfra) result.unknown.push(notRead(view, one))
  return result
}

export interface Owned {
  namespace: Namespace
  subject: Subject
  owner: Member
  facts: ContainerFacts
  live: boolean
}

/** Namespaces that a container or pod made, whose owner was read completely. */
const ownedOf = perView((view): readonly Owned[] => {
  const all: Owned[] = []
  for (const namespace of view.host.namespaces) {
    const owner = namespace.ownerId === null ? undefined : view.member(namespace.ownerId)
    if (owner === undefined) continue
    const subject = subjectOfNamespace(view, namespace)
    all.push({ namespace, subject, owner, facts: owner.facts, live: view.isLive(namespace) })
  }
  return all
})

const publishersOf = perView(view => ownedOf(view).filter(({ namespace }) => namespace.published.length > 0))

const each = (view: HostView, all: readonly Owned[], examine: (owned: Owned) => Verdict): RuleResult => {
  const result: RuleResult = { hits: [], unknown: view.unexamined.map(one => notRead(view, one)) }
  for (const owned of all) sort(examine(owned), result)
  return result
}

/** Asks about every namespace that a container or pod made, once however many share it. */
export const eachNamespace = (view: HostView, examine: (owned: Owned) => Verdict): RuleResult =>
  each(view, ownedOf(view), examine)

/** Asks about those that publish a port, of whatever kind: all that rules about doors need to see. */
export const eachPublisher = (view: HostView, examine: (owned: Owned) => Verdict): RuleResult =>
  each(view, publishersOf(view), examine)

/** Names of those who share a namespace, infra left out. */
export const memberNames = (view: HostView, namespace: Namespace): string[] =>
  namespace.memberIds.flatMap(id => {
    const container = view.container(id)
    return container && !container.isInfra ? [container.name] : []
  })
