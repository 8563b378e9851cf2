/** Deterministic order: by code unit, so that no locale of a server or browser changes a topology. */

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Records of the engine by name, then full id. */
export const bySummary = (a: HasSummary, b: HasSummary): number => byNameThenId(a.summary, b.summary)

interface HasSummary {
  summary: { name: string; id: string }
}

export const byNameThenId = (a: { name: string; id: string }, b: { name: string; id: string }): number =>
  compareText(a.name, b.name) || compareText(a.id, b.id)
