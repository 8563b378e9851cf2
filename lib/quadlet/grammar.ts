/**
 * The text of a unit file, read as Podman reads it, line by line:
 * https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/parser/unitfile.go#L383-L424
 */

/** One `Key=value`, with the line on which it begins (1 is the first). */
export interface Entry {
  section: string
  key: string
  value: string
  line: number
}

/** Why Podman does not take the file. The text of the line is not quoted: it may be the rest of a secret. */
export interface GrammarProblem {
  line: number
  message: string
  accepted: string
}

export interface UnitText {
  /** In the order of the file. */
  entries: readonly Entry[]
  /** Each once, in order of first appearance; also the empty ones. */
  sections: readonly string[]
  /** The first thing that makes Podman refuse the whole file; what follows it is still read. */
  problem: GrammarProblem | null
}

/** Go's unicode.IsSpace. JavaScript's own lacks U+0085 and has U+FEFF. */
const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'gu')
const SPACE_AT_END = new RegExp(`${SPACE}+$`, 'u')
const SPACE_AT_START = new RegExp(`^${SPACE}+`, 'u')

const isComment = (line: string) => line === '' || line.startsWith('#') || line.startsWith(';')

/** "[Container]", blanks after it included; null when the line is no section header. */
const headerIn = (line: string): string | null => /^\[([^\]]*)\][ \t]*$/.exec(line)?.[1] ?? null

const isSectionName = (name: string) => name !== '' && !/[[\]\p{Cc}]/u.test(name)

const KEY_VALUE = 'Key=value, [Section], # comment, or ; comment'

/** Reads any text; never throws. */
export function parseUnitText(text: string): UnitText {
  const entries: Entry[] = []
  const sections = new Set<string>()
  let problem: GrammarProblem | null = null
  let section: string | null = null
  const refuse = (line: number, message: string, accepted: string) => {
    problem ??= { line, message, accepted }
  }

  const take = (line: string, at: number) => {
    const header = headerIn(line)
    if (header !== null) {
      if (!isSectionName(header)) return refuse(at, 'invalid group name', '[Container]')
      section = header
      sections.add(header)
      return
    }
    const equals = line.indexOf('=')
    if (equals < 1) return refuse(at, 'the line is not a key-value pair, group, or comment', KEY_VALUE)
    if (section === null) return refuse(at, 'key file does not start with a group', '[Container] before the first key')
    const key = line.slice(0, equals).replace(SPACE_AT_END, '')
    if (key === '') return refuse(at, 'invalid key name', KEY_VALUE)
    entries.push({ section, key, value: line.slice(equals + 1).replace(SPACE_AT_START, ''), line: at })
  }

  let pending = ''
  let begun = 0
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  for (const [index, raw] of lines.entries()) {
    const line = raw.replaceAll(AROUND, '')
    if (isComment(line)) continue
    if (pending === '') begun = index + 1
    const continues = line.endsWith('\\')
    const part = continues ? line.slice(0, -1) : line
    if (continues && index !== lines.length - 1) {
      pending += part
      continue
    }
    const whole = pending + part
    pending = ''
    // A continuation may begin like a comment, and end up as nothing.
    if (!isComment(whole)) take(whole, begun)
  }
  // What is still pending is lost in Podman too: only comments follow it.
  return { entries, sections: [...sections], problem }
}

/** The text of entries that parseUnitText reads back: a section header wherever the section changes. */
export function printUnitText(entries: readonly Pick<Entry, 'section' | 'key' | 'value'>[]): string {
  let text = ''
  let current: string | null = null
  for (const { section, key, value } of entries) {
    if (section !== current) text += `${text === '' ? '' : '\n'}[${section}]\n`
    current = section
    text += `${key}=${value}\n`
  }
  return text
}

/**
 * Values of a key that may stand several times; an empty one takes back all before it.
 * https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/parser/unitfile.go#L745-L773
 */
export function allOf<T extends Entry>(entries: readonly T[], section: string, key: string): T[] {
  let found: T[] = []
  for (const entry of entries) {
    if (entry.section !== section || entry.key !== key) continue
    if (entry.value === '') found = []
    else found.push(entry)
  }
  return found
}

/**
 * The last value of a key, without the pair of double quotes around it; null when the key is not there. (Podman 5.4 still takes away
 * single ones, too.)
 * https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/parser/unitfile.go#L611-L627
 */
export function lastOf<T extends Entry>(entries: readonly T[], section: string, key: string): T | null {
  const entry = entries.findLast(one => one.section === section && one.key === key)
  if (entry === undefined) return null
  const value = entry.value.replace(SPACE_AT_END, '')
  const quoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"')
  return { ...entry, value: quoted ? value.slice(1, -1) : value }
}

const TRUE = new Set(['1', 'yes', 'true', 'on'])

/** A boolean as Podman reads it: anything else than a word for yes is no. */
export const isTrue = (value: string): boolean => TRUE.has(value.toLowerCase())
