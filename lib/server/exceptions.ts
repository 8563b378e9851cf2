/** The accepted findings of the configuration file, followed while the server runs. */
import { readFile } from 'node:fs/promises'
import { type FileProblem, parseExceptions } from '@/lib/exposure/exceptions'
import type { Acceptance, Exception } from '@/lib/exposure/types'

export interface ExceptionsFile {
  /** As of now: the day is part of it. */
  acceptance(): Acceptance
  close(): void
}

export interface ExceptionsOptions {
  /** null = there is no file. */
  path: string | null
  /** What it said at start. */
  exceptions: readonly Exception[]
  /** The findings are to be examined again: the file changed, or the day did. */
  onChange(): void
  /** The file cannot be used any more, in one line; null when it can be again. */
  onProblem(problem: string | null): void
  /** ISO 8601 */
  wallTime(): string
  pollMs?: number
}

/** By polling: a file that is replaced, mounted or linked elsewhere makes no event that can be trusted. */
const POLL_MS = 2000

/** One line for what is wrong with a file. */
export const problemLine = (path: string, [first, ...others]: readonly FileProblem[]): string => {
  const at = first?.line ? `:${first.line}` : ''
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  return `${path}${at}: ${first?.message ?? 'cannot be used'}${more}`
}

/** Follows the file and the day until closed. A file with a fault accepts nothing. */
export function followExceptions(options: ExceptionsOptions): ExceptionsFile {
  const { path, pollMs = POLL_MS } = options
  let { exceptions } = options
  let problem: string | null = null
  const today = () => options.wallTime().slice(0, 10)
  let day = today()

  /** undefined = not read since the start; null = cannot be read. */
  let text: string | null | undefined
  async function look(file: string): Promise<void> {
    const latest = await readFile(file, 'utf8').catch(() => null)
    if (latest === text) return
    text = latest
    const before = problem
    const parsed = latest === null ? null : parseExceptions(latest)
    exceptions = parsed?.ok ? parsed.exceptions : []
    if (parsed === null) problem = `${file} cannot be read`
    else problem = parsed.ok ? null : problemLine(file, parsed.problems)
    if (problem !== before) options.onProblem(problem)
    options.onChange()
  }
  // Not fs.watchFile: it takes what stands there when it begins for known, and the file was read before that.
  let looking = false
  const poll =
    path === null
      ? null
      : setInterval(() => {
          // One at a time: an earlier reading must not come in after a later one.
          if (looking) return
          looking = true
          void look(path).finally(() => (looking = false))
        }, pollMs)
  poll?.unref()

  const midnight = setInterval(() => {
    if (day === today()) return
    day = today()
    options.onChange()
  }, 60_000)
  midnight.unref()

  return {
    acceptance: () => ({ today: today(), exceptions, problem }),
    close() {
      clearInterval(midnight)
      if (poll) clearInterval(poll)
    },
  }
}
