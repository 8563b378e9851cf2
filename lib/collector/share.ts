/**
 * Structural sharing: `next`, with every part that equals the same part of `before` replaced by that very part. So an
 * unchanged value keeps its identity, and `===` tells whether anything changed. For plain data (objects, arrays, scalars).
 */
export function share<T>(before: T, next: T): T
export function share(before: unknown, next: unknown): unknown {
  if (Object.is(before, next)) return before
  if (Array.isArray(before) && Array.isArray(next)) {
    const shared = next.map((item: unknown, index) => share<unknown>(before[index], item))
    return shared.length === before.length && shared.every((item, index) => Object.is(item, before[index]))
      ? before
      : shared
  }
  if (!isRecord(before) || !isRecord(next)) return next
  const keys = Object.keys(next)
  let equal = keys.length === Object.keys(before).length
  const shared = keys.map((key): [string, unknown] => {
    const mine = Object.hasOwn(before, key) ? before[key] : undefined
    const value = share<unknown>(mine, next[key])
    if (!Object.is(value, mine) || !Object.hasOwn(before, key)) equal = false
    return [key, value]
  })
  return equal ? before : Object.fromEntries(shared)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether two lists hold the very same items. */
export const isSameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => Object.is(item, b[index]))

/** The old list when the new one holds the very same items. */
export const keepItems = <T>(before: readonly T[], next: readonly T[]): readonly T[] =>
  isSameItems(before, next) ? before : next
