/** Tracks: where several lines share a corridor, each gets a place of its own, in the order in which they cross least. */

/** A line's run through a vertical corridor: it comes in or leaves at `left` on the left side, at `right` on the right. */
export interface Run {
  line: string
  left: readonly number[]
  right: readonly number[]
}

interface Span extends Run {
  top: number
  bottom: number
}

const spanOf = (run: Run): Span => {
  const heights = [...run.left, ...run.right]
  return { ...run, top: Math.min(...heights), bottom: Math.max(...heights) }
}

const inside = (heights: readonly number[], { top, bottom }: Span): number => {
  let count = 0
  for (const y of heights) if (y > top && y < bottom) count += 1
  return count
}

/** Crossings when `a` has the track left of `b`. */
const crossings = (a: Span, b: Span): number => inside(b.left, a) + inside(a.right, b)

/** Where `run` crosses those in their order least; of equal places, the first. */
function bestPlace(ordered: readonly Span[], run: Span): number {
  let count = ordered.reduce((sum, other) => sum + crossings(run, other), 0)
  let least = count
  let best = 0
  ordered.forEach((other, index) => {
    count += crossings(other, run) - crossings(run, other)
    if (count < least) {
      least = count
      best = index + 1
    }
  })
  return best
}

const ROUNDS = 3

/** Lines from left to right. Each is put where it crosses the others least, and again when all have a place. */
export function orderRuns(runs: readonly Run[]): Run[] {
  const spans = runs.map(spanOf)
  const ordered: Span[] = []
  for (const run of spans) ordered.splice(bestPlace(ordered, run), 0, run)
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false
    for (const run of spans) {
      const at = ordered.indexOf(run)
      ordered.splice(at, 1)
      const place = bestPlace(ordered, run)
      ordered.splice(place, 0, run)
      moved ||= place !== at
    }
    if (!moved) break
  }
  return ordered.map(({ line, left, right }) => ({ line, left, right }))
}

/** Offsets from a corridor's middle for `count` lines in `room`, evenly, at most `step` apart. */
export function offsets(count: number, room: number, step: number): number[] {
  const apart = count < 2 ? 0 : Math.min(step, room / (count - 1))
  return Array.from({ length: count }, (_, index) => (index - (count - 1) / 2) * apart)
}
