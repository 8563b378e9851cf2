/** The result goes to standard output, and everything else to standard error. */
import { coloured, type Page, plain } from '@/lib/report/style'
import { printable } from '@/lib/report/text'

/** What is read in a pipe or a file has no width of its own. */
const WIDTH_ELSEWHERE = 100
/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST = 120
const NARROWEST = 40

type Environment = Readonly<Record<string, string | undefined>>

/** https://no-color.org */
export function pageOf(stream: { isTTY?: boolean; columns?: number }, env: Environment): Page {
  const isPlain = stream.isTTY !== true || Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb'
  const width = stream.isTTY === true && stream.columns ? stream.columns : WIDTH_ELSEWHERE
  return { width: Math.min(WIDEST, Math.max(NARROWEST, width)), paint: isPlain ? plain : coloured }
}

/** One line to standard error. */
export const tell = (message: string): void => void process.stderr.write(`podwire: ${printable(message)}\n`)

/**
 * JSON as one text. Characters that a terminal would obey or hide are escaped, which JSON.stringify does for some of them
 * only; the value is the same.
 */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replaceAll(/[\u007F-\u009F\u2028\u2029]|\p{Cf}/gu, escaped)}\n`

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => unit(character.charCodeAt(at))).join('')

const unit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`

/** Resolves when all of it is written, or when nobody reads any more, which is no failure: `podwire check | head`. */
export const print = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (error?: Error | null) => {
      if (!error || ('code' in error && error.code === 'EPIPE')) resolve()
      else reject(error)
    }
    process.stdout.once('error', end)
    process.stdout.write(text, end)
  })
