/** What a terminal may be told beside the text: nothing where there are no colours. */
import type { Verdict } from '@/lib/reach/types'
import type { Severity } from '@/lib/exposure/types'

type Mark = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'green' | 'magenta'

/** https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ 8.3.117 */
const CODES: Record<Mark, readonly [on: number, off: number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  green: [32, 39],
  magenta: [35, 39],
}

/** Text that looks different; its width is that of the text. */
export type Paint = (mark: Mark, text: string) => string

export const plain: Paint = (_, text) => text

export const coloured: Paint = (mark, text) => {
  const [on, off] = CODES[mark]
  return `\u001B[${on}m${text}\u001B[${off}m`
}

export const SEVERITY_MARK: Record<Severity, Mark> = {
  critical: 'magenta',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'dim',
}

export const VERDICT_MARK: Record<Verdict, Mark> = { reachable: 'green', blocked: 'red', unknown: 'yellow' }

export interface Page {
  /** Columns. */
  width: number
  paint: Paint
}
