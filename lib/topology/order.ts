/** Deterministic order: by code unit, so that no locale of a server or browser changes a topology. */

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Records of the engine by name, then full id. */
export const bySummary = (a: HasSummary, b: HasSummary): number => byNameThenId(a.summary, b.summary)

interface HasSummary {
  summary: { name: string; id: string }
}

export const byNameThenId = (a: { name: string; id: string }, b: { name: string; id: string }): number =>
  compareText(a.name, b.name) || compareText(a.id, b.id)

/** Of entries that compare equal in a sorted list, the first. */
export function withoutRepeats<T>(sorted: readonly T[], compare: (a: T, b: T) => number): T[] {
  const result: T[] = []
  for (const one of sorted) {
    const last = result.at(-1)
    if (last === undefined || compare(last, one) !== 0) result.push(one)
  }
  return result
}

/** Each text once, in the order of first appearance. */
export const unique = (texts: readonly string[]): string[] => (texts.length < 2 ? [...texts] : [...new Set(texts)])
