/** The page's filter, worked out. */
import type { Finding } from '@/lib/exposure/types'
import type { Scene } from '@/lib/graph/types'
import type { Topology } from '@/lib/topology/types'
import { keptIn, type Matches, matchFilter, onlyMatching } from './match'
import { parseFilter, type Term } from './parse'

export interface Filtered {
  terms: readonly Term[]
  matches: Matches
  /** The hosts without what does not match. */
  rest: Topology
  /** What stays bright of a picture that shows more. */
  keptIn: (scene: Scene) => ReadonlySet<string>
}

/** Null for a text without any condition. */
export function applyFilter(topology: Topology, findings: readonly Finding[], text: string): Filtered | null {
  const terms = parseFilter(text)
  const matches = matchFilter(topology, findings, terms)
  if (matches === null) return null
  return { terms, matches, rest: onlyMatching(topology, matches), keptIn: scene => keptIn(scene, matches) }
}
