/** Tracks: where several lines share a corridor, each gets a place of its own, in the order in which they cross least. */

/** A line's run through a vertical corridor: it comes in or leaves at `left` on the left side, at `right` on the right. */
export interface Run {
  line: string
  left: number
  right: number
}

const between = (y: number, a: number, b: number) => y > Math.min(a, b) && y < Math.max(a, b)

/** Crossings when `a` has the track left of `b`. */
const crossings = (a: Run, b: Run): number =>
  Number(between(b.left, a.left, a.right)) + Number(between(a.right, b.left, b.right))

/** Lines from left to right. Each is put where it crosses the others least; there are never many. */
export function orderRuns(runs: readonly Run[]): Run[] {
  const ordered: Run[] = []
  for (const run of runs) {
    let best = 0
    let least = Number.POSITIVE_INFINITY
    for (let place = 0; place <= ordered.length; place += 1) {
      let count = 0
      ordered.forEach((other, index) => {
        count += index < place ? crossings(other, run) : crossings(run, other)
      })
      if (count < least) {
        least = count
        best = place
      }
    }
    ordered.splice(best, 0, run)
  }
  return ordered
}

/** Offsets from a corridor's middle for `count` lines in `room`, evenly, at most `step` apart. */
export function offsets(count: number, room: number, step: number): number[] {
  const apart = count < 2 ? 0 : Math.min(step, room / (count - 1))
  return Array.from({ length: count }, (_, index) => (index - (count - 1) / 2) * apart)
}
