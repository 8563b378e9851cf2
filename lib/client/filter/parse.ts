/**
 * The language of the filter: `port:443 net:frontend is:exposed -state:exited "two words" label:tier=db`. A condition a word,
 * all must hold; a comma within a value means any of them, a leading dash that it must not hold. Quotes make a word of anything.
 */
import { SEVERITIES } from '@/lib/graph/marks'
import { formatRef, parseRef, type Ref } from '@/lib/topology/ref'
import { splitHost } from '../url'

/** By what is asked; and the other words for it. */
export const FIELDS = [
  'name',
  'addr',
  'port',
  'image',
  'net',
  'pod',
  'label',
  'state',
  'sev',
  'unit',
  'host',
  'is',
] as const
export type Field = (typeof FIELDS)[number]

const ALSO_CALLED: ReadonlyMap<string, Field> = new Map([
  ...FIELDS.map((field): [string, Field] => [field, field]),
  ['address', 'addr'],
  ['ip', 'addr'],
  ['network', 'net'],
  ['severity', 'sev'],
])

export const FLAGS = [
  'exposed',
  'running',
  'stopped',
  'unhealthy',
  'privileged',
  'hostmode',
  'pivot',
  'internal',
  'declared',
] as const
export type Flag = (typeof FLAGS)[number]
export const isFlag = (text: string): text is Flag => FLAGS.some(flag => flag === text)

/** near: what shares a network with it · near2: and what shares one with those · outside: its way out · hide: all but it */
export const FOCUSES = ['near', 'near2', 'outside', 'hide'] as const
export type FocusHow = (typeof FOCUSES)[number]
const isFocus = (text: string): text is FocusHow => FOCUSES.some(how => how === text)

export type Term =
  | { kind: 'word'; not: boolean; text: string }
  | { kind: 'field'; not: boolean; field: Field; values: readonly string[] }
  | { kind: 'focus'; how: FocusHow; hostId: string | null; ref: Ref }
  /** Of a known field, and no value that it can have: holds for nothing. */
  | { kind: 'wrong'; text: string; field: Field | FocusHow }

/** More conditions than anybody types are no filter. */
const MOST_TERMS = 24
const LONGEST = 2000

const TOKEN = /(?:"(?:[^"\\]|\\.)*"|[^\s"])+|"/gsu
const QUOTED = /"((?:[^"\\]|\\.)*)"|(")/gsu

const unquote = (text: string): string =>
  text.replaceAll(QUOTED, (_, inside: string | undefined) => (inside ?? '').replaceAll(/\\(.)/gsu, '$1'))

/** The parts between commas that stand outside of quotes, without those that are empty. */
const parts = (text: string): string[] =>
  (text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"]|")+/gsu) ?? []).map(unquote).filter(part => part !== '')

const isPort = (text: string): boolean => {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/[a-z]+)?$/.exec(text)
  return (
    match !== null && [match[1], match[2] ?? match[1]].every(digits => Number(digits) >= 1 && Number(digits) <= 65_535)
  )
}

function isPossible(field: Field, value: string): boolean {
  switch (field) {
    case 'port':
      return isPort(value)
    case 'sev':
      return SEVERITIES.some(severity => severity === value.toLowerCase()) || SHORT_SEVERITIES.has(value.toLowerCase())
    case 'is':
      return isFlag(value.toLowerCase())
    case 'name':
    case 'addr':
    case 'image':
    case 'net':
    case 'pod':
    case 'label':
    case 'state':
    case 'unit':
    case 'host':
      return true
  }
}

/** Whoever types `sev:med` means it. */
const SHORT_SEVERITIES: ReadonlyMap<string, string> = new Map([
  ['crit', 'critical'],
  ['med', 'medium'],
])

const spelled = (field: Field, value: string): string => {
  if (field === 'sev') return SHORT_SEVERITIES.get(value.toLowerCase()) ?? value.toLowerCase()
  return field === 'is' || field === 'state' ? value.toLowerCase() : value
}

function parseToken(token: string): Term | null {
  const match = /^(-?)([A-Za-z0-9]+):(.*)$/su.exec(token)
  const [, dash = '', key = '', rest = ''] = match ?? []
  const field = ALSO_CALLED.get(key.toLowerCase())
  if (field !== undefined) {
    const values = parts(rest)
    const wrong = values.length === 0 || !values.every(value => isPossible(field, value))
    if (wrong) return { kind: 'wrong', field, text: unquote(token) }
    return { kind: 'field', not: dash === '-', field, values: values.map(value => spelled(field, value)) }
  }
  if (dash === '' && isFocus(key)) {
    const { hostId, rest: name } = splitHost(unquote(rest), null)
    const ref = parseRef(name)
    return ref === null ? { kind: 'wrong', field: key, text: unquote(token) } : { kind: 'focus', how: key, hostId, ref }
  }
  const not = token.startsWith('-') && token.length > 1
  const text = unquote(not ? token.slice(1) : token)
  return text === '' ? null : { kind: 'word', not, text }
}

/** The conditions of a text; never throws, whatever is typed or linked. */
export function parseFilter(text: string): Term[] {
  const seen = new Set<string>()
  return (text.slice(0, LONGEST).match(TOKEN) ?? [])
    .flatMap(token => parseToken(token) ?? [])
    .filter(term => seen.size < seen.add(formatTerm(term)).size)
    .slice(0, MOST_TERMS)
}

const inQuotes = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
const quoteIf = (test: RegExp, text: string): string => (test.test(text) ? inQuotes(text) : text)

/** One condition as text, which parseFilter reads back as the same. */
export function formatTerm(term: Term): string {
  switch (term.kind) {
    case 'word': {
      const taken = /[\s"\\]|^-/u.test(term.text) || /^[A-Za-z0-9]+:/.test(term.text)
      return `${term.not ? '-' : ''}${taken ? inQuotes(term.text) : term.text}`
    }
    case 'field':
      return `${term.not ? '-' : ''}${term.field}:${term.values.map(value => quoteIf(/[\s",\\]/u, value)).join(',')}`
    case 'focus': {
      const name = `${term.hostId === null ? '' : `${term.hostId}/`}${formatRef(term.ref)}`
      return `${term.how}:${quoteIf(/[\s"\\]/u, name)}`
    }
    case 'wrong': {
      const colon = term.text.indexOf(':')
      return term.text.slice(0, colon + 1) + quoteIf(/[\s"\\]/u, term.text.slice(colon + 1))
    }
  }
}

export const formatFilter = (terms: readonly Term[]): string => terms.map(formatTerm).join(' ')

/** The filter with one condition more; the same one is not said twice. */
export const withTerm = (filter: string, term: Term): string => {
  const text = formatTerm(term)
  const terms = parseFilter(filter)
  return terms.some(one => formatTerm(one) === text) ? formatFilter(terms) : formatFilter([...terms, term])
}

/** The filter without its condition at this place. */
export const withoutTerm = (filter: string, place: number): string =>
  formatFilter(parseFilter(filter).toSpliced(place, 1))
