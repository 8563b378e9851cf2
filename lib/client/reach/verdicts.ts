/** From the server's verdicts to what is said of each thing: one sign, and words. Pure. */
import type { VerdictSign } from '@/lib/graph/signs'
import type { ReachOutside } from '@/lib/reach/outside'
import type { ReachPairAnswer } from '@/lib/reach/stop'
import type { ReachRow, Verdict } from '@/lib/reach/types'
import { formatRef } from '@/lib/topology/ref'

/** What is said of one thing of the model. */
export interface Said {
  sign: VerdictSign
  words: string
}

/** Which of several signs a thing gets that stands for many: the widest door counts. */
export const WIDEST: readonly VerdictSign[] = ['reachable', 'door', 'routed', 'unknown', 'blocked', 'stop']

export const widest = (signs: readonly VerdictSign[]): VerdictSign | null =>
  WIDEST.find(sign => signs.includes(sign)) ?? null

export const portRef = ({ hostIp, hostPort, protocol }: ReachRow['published'][number]): string =>
  formatRef({ kind: 'port', hostIp, hostPort, protocol })

/** By the text form of a reference: "container:db", "port:*:80/tcp". */
export function saidByRow({ from, direct, published }: ReachRow): Map<string, Said> {
  const said = new Map<string, Said>()
  for (const { to, verdict, because } of direct)
    said.set(to, { sign: verdict, words: `${verdict}: ${because.join('; ')}` })
  for (const door of published) {
    said.set(portRef(door), { sign: door.verdict, words: `${door.verdict}: ${door.because.join('; ')}` })
    const owner = said.get(door.owner)
    if (door.verdict !== 'reachable' || door.owner === from || owner === undefined) continue
    if (owner.sign === 'blocked' || owner.sign === 'unknown')
      said.set(door.owner, { sign: 'door', words: `reachable through a published port only; else ${owner.words}` })
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

export function saidByOutside({ targets, sources, judgements }: ReachOutside): FromOutside[] {
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
      reachable: `reachable from outside by ${where.join(', ')}`,
      routed: `reachable only for a neighbour on ${where.join(', ')} that routes by this host`,
      unknown: `unknown from outside: ${because.join('; ')}`,
      blocked: 'not reachable from outside',
      door: '',
      stop: '',
    }
    return { index, sign, words: words[sign], neighbours: names(neighbours), routed: names(routed), because }
  })
}

/** The verdict on a pair as a whole: its own addresses first, then its published ports. */
export function verdictOfPair({ direct, published }: ReachPairAnswer): VerdictSign {
  const own = direct[0]?.verdict ?? 'unknown'
  if (own === 'reachable') return 'reachable'
  if (published.some(({ verdict }) => verdict === 'reachable')) return 'door'
  return own === 'unknown' || published.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'blocked'
}
