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

/** Reasons that name two networks, or one that the row or column names already. */
const BRIEF: Partial<Record<Reason['code'], string>> = {
  'isolation-open': 'the host forwards between their networks',
  'isolation-blocks': 'isolation between their networks',
  'isolation-unknown': 'whether their networks are isolated is not known',
  'same-network': 'both are on one network',
  'internal-from': 'it is on an internal network, which has no way out',
  'internal-to': 'the other is on an internal network, which nobody enters',
  'host-on-bridge': 'the host has an address on its network',
  'gateway-is-host': 'its gateway is the host',
  'neighbour-no-route': 'a neighbour has no route there, unless it routes by this host',
  'neighbour-routed': 'the host forwards to it for whoever routes by this host',
}

/** A reason in a few words, without the names of its ends. */
export const explainBriefly = (reason: Reason): string => BRIEF[reason.code] ?? explain(reason, ENDS)
