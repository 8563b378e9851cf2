/**
 * Type guards that are put together like the types they check. By hand, because the smallest of the libraries is a
 * tenth of the page's whole script; they copy nothing, so what passes is the very value that came.
 */
export type Guard<T> = (value: unknown) => value is T

export const isText = (value: unknown): value is string => typeof value === 'string'
export const isNumber = (value: unknown): value is number => typeof value === 'number'
export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
export const isAnything = (value: unknown): value is unknown => value !== undefined

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const nullable =
  <T>(guard: Guard<T>): Guard<T | null> =>
  (value): value is T | null =>
    value === null || guard(value)

export const listOf =
  <T>(guard: Guard<T>): Guard<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(one => guard(one))

export const oneOf =
  <const T extends string | number>(...values: readonly T[]): Guard<T> =>
  (value): value is T =>
    values.some(one => one === value)

export const either =
  <A, B>(a: Guard<A>, b: Guard<B>): Guard<A | B> =>
  (value): value is A | B =>
    a(value) || b(value)

export const both =
  <A, B>(a: Guard<A>, b: Guard<B>): Guard<A & B> =>
  (value): value is A & B =>
    a(value) && b(value)

/** An object's field that may be left out. */
export const optional =
  <K extends string, T>(name: K, guard: Guard<T>): Guard<{ [key in K]?: T }> =>
  (value): value is { [key in K]?: T } =>
    isRecord(value) && (!Object.hasOwn(value, name) || guard(value[name]))

/** Any keys, each with such a value. */
export const mapOf =
  <T>(guard: Guard<T>): Guard<Record<string, T>> =>
  (value): value is Record<string, T> =>
    isRecord(value) && Object.values(value).every(one => guard(one))

/** What each field of T has to be. */
export type Fields<T extends object> = { [K in keyof T]-?: Guard<T[K]> }

/** Names every field of T: one that the type gains breaks the build until it is checked. More fields do no harm. */
export function object<T extends object>(fields: Fields<T>): Guard<T> {
  const checks: [string, Guard<unknown>][] = Object.entries(fields)
  return (value): value is T =>
    isRecord(value) && checks.every(([name, guard]) => Object.hasOwn(value, name) && guard(value[name]))
}

/** Reads JSON text; null when it is none, or not what the guard wants. */
export function readJson<T>(guard: Guard<T>, json: string): T | null {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  return guard(value) ? value : null
}
