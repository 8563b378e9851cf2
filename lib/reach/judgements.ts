/** A table of judgements that many cells share, so that an answer about thousands of pairs stays small. */
import { explain } from './explain'
import type { End, Judgement, Reason, Verdict } from './types'

/** A verdict with its reasons in words. */
export interface TableJudgement {
  verdict: Verdict
  because: string[]
}

export interface JudgementTable {
  /** Index of this judgement, each kind once. */
  add(judgement: Judgement): number
  addWords(verdict: Verdict, because: readonly string[]): number
  readonly judgements: TableJudgement[]
}

/** @param words how a reason is put; reasons that come out alike share an entry */
export function judgementTable(words: (reason: Reason) => string): JudgementTable {
  const judgements: TableJudgement[] = []
  const known = new Map<string, number>()
  const addWords = (verdict: Verdict, because: readonly string[]): number => {
    const key = JSON.stringify([verdict, because])
    const index = known.get(key)
    if (index !== undefined) return index
    known.set(key, judgements.length)
    return judgements.push({ verdict, because: [...because] }) - 1
  }
  return { judgements, addWords, add: ({ verdict, reasons }) => addWords(verdict, reasons.map(words)) }
}

/** Names for cells that stand for many pairs: which ones they are, their row and column say. */
const ENDS: Record<End, string> = { from: 'the one that asks', to: 'the one that is asked' }

/** A reason in a few words, without the names of its ends. Networks are named, unless there are two of them. */
export function explainBriefly(reason: Reason): string {
  switch (reason.code) {
    case 'isolation-open':
      return 'the host forwards between their networks'
    case 'isolation-blocks':
      return 'isolation between their networks'
    case 'isolation-unknown':
      return 'whether their networks are isolated is not known'
    case 'same-network':
      return 'both are on one network'
    case 'internal-from':
      return 'it is on an internal network, which has no way out'
    case 'internal-to':
      return 'the other is on an internal network, which nobody enters'
    case 'host-on-bridge':
      return 'the host has an address on its network'
    case 'gateway-is-host':
      return 'its gateway is the host'
    case 'neighbour-no-route':
      return 'a neighbour has no route there, unless it routes by this host'
    case 'neighbour-routed':
      return 'the host forwards to it for whoever routes by this host'
    default:
      return explain(reason, ENDS)
  }
}
