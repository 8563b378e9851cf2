/** Who can reach whom before and after, told by those for whom it changes. */
import { namespaceEnd, outsideEnds } from '@/lib/reach/ends'
import { explainBriefly } from '@/lib/reach/judgements'
import { outsideOf } from '@/lib/reach/outside'
import { reachOf, type Reach } from '@/lib/reach/reach'
import type { ReachEnd } from '@/lib/reach/refs'
import type { Door, Judgement, Verdict } from '@/lib/reach/types'
import { indexHost, namespaceName, refOfPort } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import type { HostModel } from '@/lib/topology/types'
import type { ReachChange, Turned, Way } from './types'

interface Side {
  reach: Reach
  subject: ReachEnd
  /** Of the subject, by reference and port inside. */
  own: ReadonlyMap<string, Door>
  /** Of everybody else, likewise and by owner. */
  others: ReadonlyMap<string, Door>
}

interface Other {
  ref: string
  name: string
  end: ReachEnd
}

/** `containerId`: of the contract, whose namespace is spoken of. null when one of the models does not have it. */
export function reachChanges(
  before: HostModel,
  after: HostModel,
  containerId: string,
): { reachedBy: Turned<ReachChange>; reaches: Turned<ReachChange> } | null {
  const was = sideOf(before, containerId)
  const is = sideOf(after, containerId)
  if (was === null || is === null) return null
  const there = new Map(othersOf(is, containerId).map(one => [one.ref, one]))
  const both = othersOf(was, containerId).flatMap(one => {
    const now = there.get(one.ref)
    return now === undefined ? [] : [{ was: one, is: now }]
  })
  const reachedBy = new Changes()
  const reaches = new Changes()
  const doors = pairDoors(was.own, is.own)
  for (const pair of both) {
    const into = (side: Side, from: ReachEnd, door: Door | undefined) =>
      door === undefined ? null : side.reach.door(from, door)
    reachedBy.add(
      pair.was,
      { kind: 'direct' },
      was.reach.direct(pair.was.end, was.subject),
      is.reach.direct(pair.is.end, is.subject),
    )
    for (const [earlier, later] of doors)
      reachedBy.add(
        pair.was,
        { kind: 'door', ref: refOfDoor(later ?? earlier) },
        into(was, pair.was.end, earlier),
        into(is, pair.is.end, later),
      )
    if (!isOutside(pair.was))
      reaches.add(
        pair.was,
        { kind: 'direct' },
        was.reach.direct(was.subject, pair.was.end),
        is.reach.direct(is.subject, pair.is.end),
      )
  }
  for (const [key, door] of is.others) {
    const earlier = was.others.get(key)
    const way: Way = { kind: 'door', ref: formatRef(refOfPort(door.port)) }
    if (earlier !== undefined)
      reaches.add(ownerOf(is.reach, door), way, was.reach.door(was.subject, earlier), is.reach.door(is.subject, door))
  }
  addListeners(reachedBy, was.reach, is.reach)
  return { reachedBy: reachedBy.told(), reaches: reaches.told() }
}

function sideOf(model: HostModel, containerId: string): Side | null {
  const reach = reachOf(model)
  const container = indexHost(model.host).containers.get(containerId)
  const endpoint = container && reach.context.endpointByNamespace.get(container.namespaceId)
  if (container === undefined || endpoint === undefined) return null
  const { namespaceId } = container
  const own = new Map<string, Door>()
  const others = new Map<string, Door>()
  for (const door of reach.context.doors) {
    const key = `${formatRef(refOfPort(door.port))} ${door.port.containerPort}`
    if (door.port.ownerId === containerId) own.set(key, door)
    else others.set(`${door.port.ownerId} ${key}`, door)
  }
  return { reach, subject: { ref: `container:${container.name}`, endpoint, namespaceId, container }, own, others }
}

const refOfDoor = (door: Door | undefined): string => (door === undefined ? '' : formatRef(refOfPort(door.port)))

/** The same door before and after. One that is bound to another address only is still that door, for those who get through. */
function pairDoors(
  was: ReadonlyMap<string, Door>,
  is: ReadonlyMap<string, Door>,
): (readonly [Door | undefined, Door | undefined])[] {
  const place = ({ port }: Door) => `${port.hostPort} ${port.containerPort} ${port.protocol}`
  const only = (doors: Iterable<Door>) => {
    const byPlace = new Map<string, Door | null>()
    for (const door of doors) byPlace.set(place(door), byPlace.has(place(door)) ? null : door)
    return byPlace
  }
  const [wasOnly, isOnly] = [only(was.values()), only(is.values())]
  const moved = [...wasOnly].flatMap(([at, door]) => {
    const later = isOnly.get(at)
    return door && later ? [[door, later] as const] : []
  })
  const paired = new Set(moved.flat())
  const rest = [...new Set([...was.keys(), ...is.keys()])].map(key => [was.get(key), is.get(key)] as const)
  return [...moved, ...rest.filter(([a, b]) => !(a && paired.has(a)) && !(b && paired.has(b)))]
}

const isOutside = ({ end }: Other): boolean => end.endpoint.kind === 'neighbour'

/** The host, those outside of it, and every namespace but the subject's. */
function othersOf({ reach, subject }: Side, containerId: string): Other[] {
  const { host } = reach.context
  const self = reach.end({ kind: 'host' })
  const outside = outsideEnds(reach).map(({ end }): Other => ({ ref: end.ref, name: end.ref, end }))
  const namespaces = host.namespaces.flatMap((namespace): Other[] => {
    if (namespace.kind === 'host' || namespace.id === subject.namespaceId) return []
    const end = namespaceEnd(reach, namespace)
    if (end === null || namespace.ownerId === containerId) return []
    return [{ ref: end.ref, name: namespaceName(host, namespace), end }]
  })
  return [...(self === null ? [] : [{ ref: 'host', name: 'host', end: self }]), ...outside, ...namespaces]
}

function ownerOf(reach: Reach, { port, ownerNamespaceId }: Door): Pick<Other, 'ref' | 'name'> {
  const { host } = reach.context
  const namespace = indexHost(host).namespaces.get(ownerNamespaceId)
  const end = namespace && namespaceEnd(reach, namespace)
  return namespace && end
    ? { ref: end.ref, name: namespaceName(host, namespace) }
    : { ref: port.ownerId, name: port.ownerId }
}

/** Sockets of the host that are there on one side only; those that stay are nobody's change. */
function addListeners(changes: Changes, was: Reach, is: Reach): void {
  const earlier = socketVerdicts(was)
  const now = socketVerdicts(is)
  for (const key of new Set([...earlier.keys(), ...now.keys()])) {
    const a = earlier.get(key)
    const b = now.get(key)
    const { from, ref } = a ?? b ?? { from: '', ref: '' }
    if (a !== undefined && b !== undefined) continue
    changes.addWords({ ref: from, name: from }, { kind: 'listener', ref }, a ?? CLOSED, b ?? CLOSED)
  }
}

interface Said {
  verdict: Verdict
  because: readonly string[]
  /** What sorts of reasons these are: those that differ in names alone are told together. */
  kinds: readonly string[]
}

const CLOSED: Said = { verdict: 'blocked', because: ['no such socket'], kinds: [] }

function socketVerdicts(reach: Reach): Map<string, Said & { from: string; ref: string }> {
  const { targets, sources, judgements } = outsideOf(reach)
  const said = new Map<string, Said & { from: string; ref: string }>()
  for (const { from, verdicts } of sources)
    for (const [at, { kind, ref }] of targets.entries()) {
      const judgement = judgements[verdicts[at] ?? -1]
      if (kind === 'listener' && judgement !== undefined)
        said.set(`${from} ${ref}`, { ...judgement, kinds: judgement.because, from, ref })
    }
  return said
}

const NO_DOOR: Said = { verdict: 'blocked', because: ['no such published port'], kinds: [] }

interface Group {
  others: Map<string, string>
  way: Way
  was: Verdict
  is: Verdict
  because: Set<string>
  kinds: string
}

/** Gathers pairs, and tells those that change alike as one. */
class Changes {
  readonly #groups = new Map<string, Group>()

  add(other: Pick<Other, 'ref' | 'name'>, way: Way, was: Judgement | null, is: Judgement | null): void {
    // Most pairs stay as they are, and need no words.
    if ((was?.verdict ?? 'blocked') !== (is?.verdict ?? 'blocked')) this.addWords(other, way, wordsOf(was), wordsOf(is))
  }

  addWords({ ref, name }: Pick<Other, 'ref' | 'name'>, way: Way, was: Said, is: Said): void {
    if (was.verdict === is.verdict) return
    const kinds = JSON.stringify([was.verdict, is.verdict, is.kinds])
    const key = JSON.stringify([way, kinds])
    const known = this.#groups.get(key)
    const group = known ?? { others: new Map(), way, was: was.verdict, is: is.verdict, because: new Set(), kinds }
    if (known === undefined) this.#groups.set(key, group)
    group.others.set(ref, name)
    for (const reason of is.because) group.because.add(reason)
  }

  told(): Turned<ReachChange> {
    // Several doors that change alike for the same others.
    const merged = new Map<string, ReachChange>()
    for (const { others, way, was, is, because, kinds } of this.#groups.values()) {
      const key = JSON.stringify([[...others], kinds, way.kind])
      const known = merged.get(key)
      if (known !== undefined) known.ways.push(way)
      else
        merged.set(key, {
          others: [...others].map(([ref, name]) => ({ ref, name })),
          ways: [way],
          was,
          is,
          because: [...because],
        })
    }
    const all = [...merged.values()]
    return {
      gained: all.filter(({ is }) => is === 'reachable'),
      lost: all.filter(({ was, is }) => was === 'reachable' && is === 'blocked'),
      unknown: all.filter(({ was, is }) => is === 'unknown' || (was === 'unknown' && is === 'blocked')),
    }
  }
}

const wordsOf = (judgement: Judgement | null): Said =>
  judgement === null
    ? NO_DOOR
    : {
        verdict: judgement.verdict,
        because: judgement.reasons.map(explainBriefly),
        kinds: judgement.reasons.map(({ code }) => code),
      }
