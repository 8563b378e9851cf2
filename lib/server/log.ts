/**
 * One line per change of a state, to standard error: JSON for machines, words for a terminal. Free text of engines and
 * clients is cleaned, so that it can neither start a line nor move a cursor.
 */
import { type Logger, pino } from 'pino'

export type { Logger }

/** Control characters, and the marks that turn the direction of text round or hide it. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** `text` as one harmless line of at most `max` characters. */
export function clean(text: string, max = 300): string {
  const line = text.replaceAll(UNPRINTABLE, '\uFFFD')
  return line.length > max ? `${line.slice(0, max)}…` : line
}

interface LogTarget {
  isTTY?: boolean
  write(text: string): unknown
}

/** @param target standard error, or what stands for it in tests */
export function createLog(target: LogTarget): Logger {
  const options = {
    level: 'info',
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
  }
  if (!target.isTTY) return pino(options, { write: line => void target.write(line) })
  return pino(options, { write: line => void target.write(forTerminal(line)) })
}

/** "21:04:05 root: live" */
function forTerminal(line: string): string {
  const entry: unknown = JSON.parse(line)
  if (typeof entry !== 'object' || entry === null) return line
  const field = (name: string) => (name in entry ? String(Reflect.get(entry, name)) : '')
  const host = field('host')
  return `${field('time').slice(11, 19)} ${host === '' ? '' : `${host}: `}${field('msg')}\n`
}

/** What is printed may be lost: the disk is full, or who read it is gone. To tell of that would be one more line that is lost. */
export function goOnWithout(...outputs: NodeJS.WritableStream[]): void {
  for (const output of outputs) output.on('error', () => {})
}

/** Name, message and the first places of an error, for faults of our own; bodies and arguments are not in there. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return clean(String(error))
  const places = (error.stack ?? '')
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .slice(0, 4)
  return clean(`${error.name}: ${error.message} ${places.map(line => line.trim()).join(' ')}`, 1000)
}

/**
 * Next talks to the console: what it says of itself is dropped, and its warnings and errors become lines of the log. There is
 * one console in a process, so this is for good.
 */
export function takeOverConsole(log: Logger): void {
  const silent = () => {}
  const said = (...parts: unknown[]) =>
    parts.map(part => (typeof part === 'string' ? clean(part, 1000) : errorText(part))).join(' ')
  Object.assign(console, {
    log: silent,
    info: silent,
    debug: silent,
    warn: (...parts: unknown[]) => log.warn(said(...parts)),
    error: (...parts: unknown[]) => log.error(said(...parts)),
  })
}
