/** From which segments outside a thing is reached: the verdicts of lib/reach, so that findings and picture say the same. */
import { outsideEnds } from '@/lib/reach/ends'
import { explain } from '@/lib/reach/explain'
import type { ReachEnd } from '@/lib/reach/refs'
import type { Door, Endpoint, Judgement, Verdict } from '@/lib/reach/types'
import type { Namespace, PublishedPort } from '@/lib/topology/types'
import { listed } from './subjects'
import { type HostView, perView } from './view'

/** Names of interfaces, each standing for the machines of its segment. */
export interface FromOutside {
  /** Machines there get through. */
  open: readonly string[]
  /** Whether they do is not known. */
  unknown: readonly string[]
  /** Why it is not known; "" when nothing is unknown. */
  because: string
}

interface Ends {
  neighbours: readonly { end: ReachEnd; interface: string }[]
  /** Those that route container subnets by this host. */
  routed: readonly { end: ReachEnd; interface: string }[]
  doors: ReadonlyMap<PublishedPort, Door>
  /** Doors that no rule of lib/reach tells apart are asked about once. */
  answers: Map<string, FromOutside>
  direct: Record<'neighbours' | 'routed', Map<Endpoint, FromOutside>>
  numbers: Map<Endpoint, number>
}

const endsOf = perView((view): Ends => {
  const all = outsideEnds(view.reach)
  return {
    neighbours: all.filter(one => !one.routed),
    routed: all.filter(one => one.routed),
    doors: new Map(view.reach.context.doors.map(door => [door.port, door])),
    answers: new Map(),
    direct: { neighbours: new Map(), routed: new Map() },
    numbers: new Map(),
  }
})

/** Reasons cost more than verdicts, and are only told of what is unknown. */
function ask(
  ends: Ends['neighbours'],
  verdictOf: (end: ReachEnd) => Verdict,
  judge: (end: ReachEnd) => Judgement,
): FromOutside {
  const open: string[] = []
  const unknown: string[] = []
  const reasons = new Set<string>()
  for (const { end, interface: name } of ends) {
    const verdict = verdictOf(end)
    if (verdict === 'reachable') open.push(name)
    if (verdict !== 'unknown') continue
    unknown.push(name)
    for (const reason of judge(end).reasons) reasons.add(explain(reason, { from: `a machine on ${name}`, to: 'it' }))
  }
  return { open, unknown, because: [...reasons].join('; ') }
}

/** Through one published port; null when there is no segment to judge from. */
function throughPort(view: HostView, port: PublishedPort): FromOutside | null {
  const ends = endsOf(view)
  const door = ends.doors.get(port)
  if (door === undefined || ends.neighbours.length === 0) return null
  const number = ends.numbers.get(door.owner) ?? ends.numbers.size
  ends.numbers.set(door.owner, number)
  const key = `${number} ${port.scope} ${port.forwarded} ${port.hostIp}`
  const before = ends.answers.get(key)
  if (before) return before
  const { reach } = view
  const answer = ask(
    ends.neighbours,
    end => reach.doorVerdict(end, door),
    end => reach.door(end, door),
  )
  ends.answers.set(key, answer)
  return answer
}

/** Through any of several published ports; null when there is no segment to judge from. */
export function doorsFromOutside(view: HostView, doors: readonly PublishedPort[]): FromOutside | null {
  const [first, ...others] = doors.flatMap(door => throughPort(view, door) ?? [])
  if (first === undefined) return null
  let merged = first
  for (const one of others) if (one !== merged) merged = either(merged, one)
  return merged
}

function either(a: FromOutside, b: FromOutside): FromOutside {
  const open = [...new Set([...a.open, ...b.open])]
  const unknown = [...new Set([...a.unknown, ...b.unknown])].filter(name => !open.includes(name))
  return { open, unknown, because: unknown.length === 0 ? '' : a.because || b.because }
}

/**
 * To a port at the addresses of a namespace's own, for neighbours that just stand there or that route by this host; null when
 * there is no segment to judge from. Namespaces that lib/reach does not tell apart share one answer.
 */
export function namespaceFromOutside(
  view: HostView,
  namespace: Namespace,
  kind: 'neighbours' | 'routed' = 'neighbours',
): FromOutside | null {
  const ends = endsOf(view)
  const endpoint = view.reach.context.endpointByNamespace.get(namespace.id)
  if (ends.neighbours.length === 0 || endpoint === undefined) return null
  const before = ends.direct[kind].get(endpoint)
  if (before) return before
  const to: ReachEnd = { ref: '', endpoint, namespaceId: namespace.id, container: null }
  const { reach } = view
  const answer = ask(
    ends[kind],
    from => reach.verdict(from, to),
    from => reach.direct(from, to),
  )
  ends.direct[kind].set(endpoint, answer)
  return answer
}

/** Surely nobody on any segment of the host gets through. */
export const shutFromOutside = (from: FromOutside | null): boolean =>
  from !== null && from.open.length === 0 && from.unknown.length === 0

/** "Open to the segments of eth0 and eth1."; "" when there is no segment to judge from. */
export function segmentWords(from: FromOutside | null): string {
  if (from === null) return ''
  const { open, unknown, because } = from
  const parts: string[] = []
  if (open.length > 0) parts.push(`Open to the segment${open.length > 1 ? 's' : ''} of ${listed(open)}.`)
  if (unknown.length > 0) parts.push(`Whether machines on ${listed(unknown)} get through is unknown: ${because}.`)
  if (shutFromOutside(from)) parts.push('No machine on a segment of this host gets through, unless it routes by it.')
  return parts.join(' ')
}
