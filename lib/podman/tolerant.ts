import * as z from 'zod'
import { PodmanError } from './errors'
import { cut } from './text'

/** A value, and what of the answer could not be used for it, in words. */
export interface Tolerated<T> {
  value: T
  problems: string[]
}

const maxProblems = 20

type Step = PropertyKey

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** "Ports[3].host_port"; keys are the engine's, so they are cut. Values are never quoted: they may be secrets. */
const wordsOf = (path: readonly Step[]): string =>
  path.reduce<string>(
    (words, step) =>
      typeof step === 'number' ? `${words}[${step}]` : `${words}${words === '' ? '' : '.'}${cut(String(step), 60)}`,
    '',
  )

const parentOf = (root: unknown, path: readonly Step[]): object | null => {
  let at: unknown = root
  for (const step of path.slice(0, -1)) {
    if (!isObject(at) || !Object.hasOwn(at, step)) return null
    at = Reflect.get(at, step)
  }
  return isObject(at) ? at : null
}

/** What to take out for an issue at `path`: the part itself or, when it is what is missing, the nearest part around it. */
const targetOf = (root: unknown, path: readonly Step[]): readonly Step[] | null => {
  for (let length = path.length; length > 0; length -= 1) {
    const target = path.slice(0, length)
    const parent = parentOf(root, target)
    if (parent !== null && Object.hasOwn(parent, path[length - 1] ?? '')) return target
  }
  return null
}

const remove = (root: unknown, path: readonly Step[]): void => {
  const parent = parentOf(root, path)
  const last = path.at(-1)
  if (parent === null || last === undefined) return
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else Reflect.deleteProperty(parent, last)
}

const isInside = (path: readonly Step[], targets: ReadonlyMap<string, unknown>): boolean =>
  path.slice(0, -1).some((_, index) => targets.has(wordsOf(path.slice(0, index + 1))))

/** Takes out what the issues name; false when that would be everything. */
const prune = (root: unknown, issues: readonly z.core.$ZodIssue[]): boolean => {
  const targets = new Map<string, readonly Step[]>()
  for (const { path } of issues) {
    const target = targetOf(root, path)
    if (target === null) return false
    targets.set(wordsOf(target), target)
  }
  // Last first, so that the removal of one element does not shift another.
  for (const target of [...targets.values()].reverse()) if (!isInside(target, targets)) remove(root, target)
  return true
}

/**
 * Parses `raw` with `schema`; a part that does not fit (a field, an element, an entry) is taken out and told in
 * `problems`, and what is left is parsed again. No `value` when what is left is no row at all. Changes `raw`.
 */
const tolerate = <T>(schema: z.ZodType<T>, raw: unknown): Tolerated<T> | { problems: string[] } => {
  // By path: a part that was taken out is "missing" in the next pass, which is no news.
  const problems = new Map<string, string>()
  const words = () => [...problems].map(([where, what]) => `${where}: ${cut(what, 120)}`)
  for (;;) {
    const result = schema.safeParse(raw)
    if (result.success) return { value: result.data, problems: shorten(words()) }
    for (const { path, message } of result.error.issues) {
      const where = wordsOf(path)
      if (!problems.has(where)) problems.set(where, message)
    }
    if (!prune(raw, result.error.issues)) return { problems: words() }
  }
}

const shorten = (problems: string[]): string[] =>
  problems.length <= maxProblems
    ? problems
    : [...problems.slice(0, maxProblems), `and ${problems.length - maxProblems} more`]

/** Parses one object of an answer. Throws `malformed` when nothing usable is left. */
export const parseOne = <T>(schema: z.ZodType<T>, raw: unknown, template: string): Tolerated<T> => {
  const result = tolerate(schema, raw)
  if ('value' in result) return result
  throw new PodmanError('malformed', `unusable answer: ${result.problems.at(-1) ?? 'empty'}`, { template })
}

/**
 * Parses the rows of a list; one that cannot be used is left out and told in `lost`, the others stay. `null` is an
 * empty list (Go's nil slice). Throws `malformed` for anything but a list.
 */
export const parseRows = <T>(
  schema: z.ZodType<T>,
  raw: unknown,
  template: string,
): { rows: Tolerated<T>[]; lost: string[] } => {
  if (raw !== null && !Array.isArray(raw)) throw new PodmanError('malformed', 'expected a list', { template })
  const rows: Tolerated<T>[] = []
  const lost: string[] = []
  for (const [index, row] of (raw ?? []).entries()) {
    const result = tolerate(schema, row)
    if ('value' in result) rows.push(result)
    else lost.push(`row ${index} left out: ${result.problems.at(-1) ?? 'empty'}`)
  }
  return { rows, lost: shorten(lost) }
}

/** An element that is of use only as a whole: a fault anywhere in it takes the element out, not just the field. */
export const whole = <T>(schema: z.ZodType<T>) =>
  z.unknown().transform((value, context): T => {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    const [issue] = result.error.issues
    const where = issue === undefined ? '' : wordsOf(issue.path)
    context.addIssue({ code: 'custom', message: [where, issue?.message ?? 'invalid'].filter(Boolean).join(': ') })
    return z.NEVER
  })

/** Absent and null (Go's nil) become `fallback`. */
export const or = <T, F>(schema: z.ZodType<T>, fallback: F) =>
  schema.nullish().transform((value): T | F => value ?? fallback)

/** A list of which absent and null are the empty one. */
export const list = <T>(schema: z.ZodType<T>) => or(z.array(schema), [])

/** Text of at most `max` characters; the rest is cut off visibly. */
export const text = (max: number) => z.string().transform(value => cut(value, max))

/** Text where "" means that there is none. */
export const textOrNull = (max: number) => or(text(max), '').transform(value => (value === '' ? null : value))
