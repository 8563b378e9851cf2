/** The matrix as the page walks and names it. Pure. */
import type { VerdictSign } from '@/lib/graph/signs'
import type { MatrixEnd, ReachMatrix } from '@/lib/reach/matrix'
import type { Words } from '../words/catalogue'
import { parseReachRef, type ReachRef } from '@/lib/reach/refs'
import { plainly } from '../words/said'

export interface Place {
  row: number
  column: number
}

/** "web1", "web1 +4", "outside eth0" */
export function endLabel({ kind, members }: MatrixEnd, words: Words['reach']): string {
  const [first, ...rest] = members
  const name = first?.name ?? ''
  switch (kind) {
    case 'host':
      return words.matrix.hostEnd(name)
    case 'neighbour':
      return words.matrix.outside(name)
    case 'routed':
      return words.matrix.router(name)
    case 'namespaces':
      return rest.length === 0 ? name : `${name} +${rest.length}`
  }
}

/** Its second line: networks, or what kind of end it is. */
export const endDetail = ({ kind, networks }: MatrixEnd, words: Words['reach']): string =>
  kind === 'namespaces' ? networks.join(', ') || words.matrix.noNetwork : ''

/** Every name that a label stands for. */
export const endNames = ({ members }: MatrixEnd): string => members.map(({ name }) => name).join(', ')

export interface Cell {
  /** null where an end would ask itself. */
  verdict: VerdictSign | null
  words: string
}

export function cellAt(matrix: ReachMatrix, { row, column }: Place, words: Words): Cell | null {
  const { matrix: says } = words.reach
  const label = (end: MatrixEnd) => endLabel(end, words.reach)
  const source = matrix.sources[row]
  const target = matrix.targets[column]
  const index = matrix.cells[row]?.[column]
  if (source === undefined || target === undefined || index === undefined) return null
  if (index === null) return { verdict: null, words: says.itself(label(source)) }
  const judgement = matrix.judgements[index]
  if (judgement === undefined) return null
  const { verdict, because } = judgement
  const ends = isSame(source, target)
    ? says.among(source.members.length, source.members[0]?.name ?? '')
    : says.ends(label(source), label(target))
  return { verdict, words: `${ends}: ${words.values.verdicts[verdict]}, ${plainly(because.join('; '))}` }
}

const isSame = (a: MatrixEnd, b: MatrixEnd): boolean => a.members[0]?.ref === b.members[0]?.ref

/** The two ends to ask about for a cell: the first of each group, or the first two of one. */
export function pairAt(matrix: ReachMatrix, { row, column }: Place): { from: ReachRef; to: ReachRef } | null {
  const source = matrix.sources[row]
  const target = matrix.targets[column]
  if (source === undefined || target === undefined) return null
  const from = parseReachRef(source.members[0]?.ref ?? '')
  const to = parseReachRef((isSame(source, target) ? target.members[1] : target.members[0])?.ref ?? '')
  return from === null || to === null ? null : { from, to }
}

/** The place of a pair of references; null when it is not in the matrix. */
export function placeOf(matrix: ReachMatrix, from: string, to: string): Place | null {
  const row = matrix.sources.findIndex(({ members }) => members.some(({ ref }) => ref === from))
  const column = matrix.targets.findIndex(({ members }) => members.some(({ ref }) => ref === to))
  return row < 0 || column < 0 ? null : { row, column }
}

/** Where a key leads; null for keys that are none of the grid's. */
export function walk(
  place: Place,
  key: string,
  control: boolean,
  size: { rows: number; columns: number },
  page: number,
): Place | null {
  const { row, column } = place
  const within = (to: Place): Place => ({
    row: Math.max(0, Math.min(size.rows - 1, to.row)),
    column: Math.max(0, Math.min(size.columns - 1, to.column)),
  })
  switch (key) {
    case 'ArrowUp':
      return within({ row: row - 1, column })
    case 'ArrowDown':
      return within({ row: row + 1, column })
    case 'ArrowLeft':
      return within({ row, column: column - 1 })
    case 'ArrowRight':
      return within({ row, column: column + 1 })
    case 'PageUp':
      return within({ row: row - page, column })
    case 'PageDown':
      return within({ row: row + page, column })
    case 'Home':
      return within({ row: control ? 0 : row, column: 0 })
    case 'End':
      return within({ row: control ? size.rows - 1 : row, column: size.columns - 1 })
    default:
      return null
  }
}

/** Indexes of what is in sight along one direction, with some more on both sides. */
export function inSight(
  offset: number,
  length: number,
  step: number,
  count: number,
  more = 4,
): { from: number; to: number } {
  const from = Math.max(0, Math.floor(offset / step) - more)
  return { from, to: Math.min(count, Math.ceil((offset + length) / step) + more) }
}
