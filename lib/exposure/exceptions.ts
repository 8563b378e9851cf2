/**
 * `[[exceptions]]` of the configuration file: which findings are accepted, why, and until when. Everything that is not exactly
 * right is a problem, and a file with a problem accepts nothing.
 */
import { parse, TomlDate, TomlError } from 'smol-toml'
import { isDay } from './day'
import { RULES } from './rules'
import { NEVER_ACCEPTED } from './suppress'
import type { Exception } from './types'

export interface FileProblem {
  /** 1 = the first; null when it is not known. */
  line: number | null
  /** One line that names what is wrong and what is accepted. */
  message: string
}

export type ParsedExceptions = { ok: true; exceptions: Exception[] } | { ok: false; problems: FileProblem[] }

export type ParsedDocument =
  | { ok: true; document: Readonly<Record<string, unknown>> }
  | { ok: false; problems: FileProblem[] }

/** The other keys of the file; lib/server/config.ts reads them. */
export const SERVER_KEYS = [
  'listen',
  'token',
  'wallToken',
  'hosts',
  'tlsCert',
  'tlsKey',
  'trustedProxies',
  'recording',
  'nested',
] as const

const TABLE = 'exceptions'
const FILE_KEYS: readonly string[] = [...SERVER_KEYS, TABLE]
const KEYS = ['rule', 'subject', 'host', 'reason', 'until'] as const

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads TOML, or an object of JSON: no TOML begins with a brace. */
export function parseDocument(text: string): ParsedDocument {
  const isJson = text.trimStart().startsWith('{')
  try {
    const document: unknown = isJson ? JSON.parse(text) : parse(text)
    if (isObject(document)) return { ok: true, document }
    return { ok: false, problems: [{ line: null, message: 'expected TOML, or an object of JSON' }] }
  } catch (error) {
    // The library repeats the lines about the fault, and one of them may hold the token.
    const line = error instanceof TomlError ? error.line : null
    const [words = ''] = error instanceof TomlError ? error.message.split('\n') : ['']
    const detail = words.replace(/^Invalid TOML document: /, '')
    const message = isJson ? 'begins with { and is not JSON' : `is not TOML${detail === '' ? '' : `: ${detail}`}`
    return { ok: false, problems: [{ line, message }] }
  }
}

/** The exceptions of a configuration file, or everything that is wrong with it. Keys of the server are left to the server. */
export function parseExceptions(text: string): ParsedExceptions {
  const parsed = parseDocument(text)
  if (!parsed.ok) return parsed
  const problems: FileProblem[] = Object.keys(parsed.document)
    .filter(key => !FILE_KEYS.includes(key))
    .map(key => ({
      line: lineOf(text.split('\n'), 0, key),
      message: `unknown key ${JSON.stringify(key)}: expected ${FILE_KEYS.join(', ')}`,
    }))
  const tables = Object.hasOwn(parsed.document, TABLE) ? parsed.document[TABLE] : []
  if (!Array.isArray(tables)) {
    problems.push({ line: null, message: `${TABLE}: expected tables, each headed [[${TABLE}]]` })
    return { ok: false, problems }
  }
  const exceptions = tables.flatMap((table: unknown, index): Exception[] => {
    const read = readException(table, new Place(text, index))
    problems.push(...read.problems)
    return read.exception === null ? [] : [read.exception]
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, exceptions }
}

/** The first line from `start` on that sets `key` or heads its table. The library keeps no places. */
function lineOf(lines: readonly string[], start: number, key: string): number | null {
  const wanted = (line: string) => {
    const words = line.replace(/^[\s[]+/, '').replace(/^(["'])(.*?)\1/, '$2')
    return words.startsWith(key) && /^\s*[=.\]]/.test(words.slice(key.length))
  }
  const found = lines.findIndex((line, at) => at >= start && wanted(line))
  return found < 0 ? null : found + 1
}

/** Where one table stands, for messages. */
class Place {
  readonly line: number | null
  readonly #lines: readonly string[]

  constructor(
    text: string,
    readonly index: number,
  ) {
    const lines = text.split('\n')
    const heads = lines.flatMap((line, at) => (/^\s*\[\[\s*["']?exceptions["']?\s*\]\]/.test(line) ? [at] : []))
    const start = heads[index]
    this.line = start === undefined ? null : start + 1
    this.#lines = start === undefined ? [] : lines.slice(0, heads[index + 1])
  }

  of(key: string): number | null {
    return this.line === null ? null : (lineOf(this.#lines, this.line, key) ?? this.line)
  }
}

function readException(table: unknown, place: Place): { exception: Exception | null; problems: FileProblem[] } {
  const problems: FileProblem[] = []
  const wrong = (key: string, words: string) => {
    problems.push({ line: place.of(key), message: `${TABLE}[${place.index}].${key}: ${words}` })
  }
  if (!isObject(table)) {
    problems.push({ line: place.line, message: `${TABLE}[${place.index}]: expected a table of ${KEYS.join(', ')}` })
    return { exception: null, problems }
  }
  for (const key of Object.keys(table))
    if (!KEYS.some(known => known === key)) wrong(key, `unknown key: expected ${KEYS.join(', ')}`)
  const textOf = (key: 'rule' | 'subject' | 'host' | 'reason', expected: string, fallback: string | null): string => {
    const value = Object.hasOwn(table, key) ? table[key] : fallback
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
    wrong(key, value === null ? `missing: expected ${expected}` : `expected ${expected}`)
    return ''
  }
  const ruleId = textOf('rule', 'the id of a rule', null)
  const never = NEVER_ACCEPTED.has(ruleId)
  if (never) wrong('rule', `${ruleId} cannot be accepted`)
  else if (ruleId !== '' && !RULES.some(rule => rule.id === ruleId))
    wrong('rule', `${JSON.stringify(ruleId)} is no rule: expected one of ${acceptedRules().join(', ')}`)
  const subject = textOf('subject', 'a name, or a pattern with * and ?', null)
  const host = textOf('host', 'the name of a host, or a pattern with * and ?', '*')
  const reason = textOf('reason', 'why this is accepted, in words', null)
  const until = dayOf(Object.hasOwn(table, 'until') ? table['until'] : null)
  if (until === undefined) wrong('until', 'expected a day such as 2027-01-31')
  if (problems.length > 0 || until === undefined) return { exception: null, problems }
  return { exception: { ruleId, subject, host, reason, until, line: place.line }, problems }
}

/** Ids that an exception may name. */
export const acceptedRules = (): string[] => RULES.map(rule => rule.id).filter(id => !NEVER_ACCEPTED.has(id))

/** undefined = it is none. TOML has dates of its own. */
function dayOf(value: unknown): string | null | undefined {
  if (value === null) return null
  if (value instanceof TomlDate) return value.isDate() ? value.toISOString() : undefined
  return typeof value === 'string' && isDay(value) ? value : undefined
}
