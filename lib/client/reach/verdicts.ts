/** From the server's verdicts to what is said of each thing: one sign, and words. Pure. */
import type { VerdictSign } from '@/lib/graph/signs'
import type { ReachOutside } from '@/lib/reach/outside'
import type { ReachPairAnswer } from '@/lib/reach/stop'
import type { ReachRow, Verdict } from '@/lib/reach/types'
import type { Words } from '../words/catalogue'
import { parseReachRef } from '@/lib/reach/refs'
import { containersIn, indexHost, namespaceOf } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'
import { plainly } from '../words/said'

/** What is said of one thing of the model. */
export interface Said {
  sign: VerdictSign
  words: string
}

/** Which of several signs a thing gets that stands for many: the widest door counts. */
export const WIDEST: readonly VerdictSign[] = ['reachable', 'door', 'routed', 'unknown', 'blocked', 'stop']

export const widest = (signs: readonly VerdictSign[]): VerdictSign | null =>
  WIDEST.find(sign => signs.includes(sign)) ?? null

/** Everybody in the network namespace of an owner: a door into it is a door to each of them. */
export function matesOf(host: Host, owner: string): string[] {
  const end = parseReachRef(owner)
  const container = end?.kind === 'container' ? indexHost(host).containersByName.get(end.name) : undefined
  const namespace = container && namespaceOf(host, container)
  if (!namespace || namespace.kind === 'host') return [owner]
  return containersIn(host, namespace).map(({ name }) => `container:${name}`)
}

export const portRef = ({ hostIp, hostPort, protocol }: ReachRow['published'][number]): string =>
  formatRef({ kind: 'port', hostIp, hostPort, protocol })

/** By the text form of a reference: "container:db", "port:*:80/tcp". */
export function saidByRow(host: Host, { from, direct, published }: ReachRow, words: Words): Map<string, Said> {
  const judged = (verdict: Verdict, because: readonly string[]) =>
    `${words.values.verdicts[verdict]}: ${plainly(because.join('; '))}`
  const said = new Map<string, Said>()
  for (const { to, verdict, because } of direct) said.set(to, { sign: verdict, words: judged(verdict, because) })
  for (const door of published) {
    said.set(portRef(door), { sign: door.verdict, words: judged(door.verdict, door.because) })
    if (door.verdict !== 'reachable') continue
    for (const mate of matesOf(host, door.owner)) {
      const own = said.get(mate)
      if (mate !== from && own !== undefined && own.sign !== 'reachable' && own.sign !== 'door')
        said.set(mate, { sign: 'door', words: words.reach.said.door(own.words) })
    }
  }
  return said
}

/** One target, from everywhere outside. */
export interface FromOutside extends Said {
  /** Index of the target. */
  index: number
  /** Interfaces whose neighbours reach it. */
  neighbours: string[]
  /** Interfaces on which only a neighbour that routes by this host reaches it. */
  routed: string[]
  /** Of the best source. */
  because: string[]
}

export function saidByOutside(
  { targets, sources, sourcesUnknownBecause, judgements }: ReachOutside,
  { said }: Words['reach'],
): FromOutside[] {
  if (sourcesUnknownBecause !== null) {
    const words = said.unknownOutside(plainly(sourcesUnknownBecause))
    const because = [sourcesUnknownBecause]
    return targets.map((_, index) => ({ index, sign: 'unknown', words, neighbours: [], routed: [], because }))
  }
  return targets.map((_, index) => {
    const each = sources.map(source => ({ source, judgement: judgements[source.verdicts[index] ?? -1] }))
    const having = (verdict: Verdict, routed: boolean) =>
      each.filter(({ source, judgement }) => source.routed === routed && judgement?.verdict === verdict)
    const neighbours = having('reachable', false)
    const routed = having('reachable', true).filter(
      ({ source }) => !neighbours.some(one => one.source.interface === source.interface),
    )
    const unknown = [...having('unknown', false), ...having('unknown', true)]
    const best = neighbours[0] ?? routed[0] ?? unknown[0] ?? each[0]
    const because = best?.judgement?.because ?? []
    const names = (list: typeof each) => list.map(({ source }) => source.interface)
    const sign: VerdictSign =
      neighbours.length > 0 ? 'reachable' : routed.length > 0 ? 'routed' : unknown.length > 0 ? 'unknown' : 'blocked'
    const where = neighbours.length > 0 ? names(neighbours) : names(routed)
    const words: Record<VerdictSign, string> = {
      reachable: said.outside(where.join(', ')),
      routed: said.routed(where.join(', ')),
      unknown: said.unknownOutside(plainly(because.join('; '))),
      blocked: said.blocked,
      door: '',
      stop: '',
    }
    return { index, sign, words: words[sign], neighbours: names(neighbours), routed: names(routed), because }
  })
}

/** The same by reference, with what stands behind the doors that are open. */
export function saidFromOutside(host: Host, answer: ReachOutside, words: Words['reach']): Map<string, Said> {
  const each = saidByOutside(answer, words)
  const said = new Map<string, Said>()
  const say = (ref: string, next: Said) => {
    const known = said.get(ref)
    if (known === undefined || WIDEST.indexOf(next.sign) < WIDEST.indexOf(known.sign)) said.set(ref, next)
  }
  for (const one of each) {
    const target = answer.targets[one.index]
    if (target === undefined) continue
    say(target.ref, one)
    if (target.kind === 'container' || (one.sign !== 'reachable' && one.sign !== 'routed') || target.owner === 'host')
      continue
    const sign = one.sign === 'reachable' ? 'door' : one.sign
    for (const mate of matesOf(host, target.owner))
      say(mate, { sign, words: words.said.through(one.words, target.ref) })
  }
  return said
}

/** The verdict on a pair as a whole: its own addresses first, then its published ports. */
export function verdictOfPair({ direct, published }: ReachPairAnswer): VerdictSign {
  const own = direct[0]?.verdict ?? 'unknown'
  if (own === 'reachable') return 'reachable'
  if (published.some(({ verdict }) => verdict === 'reachable')) return 'door'
  return own === 'unknown' || published.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'blocked'
}
