/** What a drawing looks like in numbers, whoever placed it. */

export interface Rect {
  id: string
  parent: string | null
  x: number
  y: number
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

/** A line as it is drawn, from border to border. */
export interface Line {
  source: string
  target: string
  points: readonly Point[]
}

export interface Drawing {
  rects: readonly Rect[]
  lines: readonly Line[]
}

export interface Measures {
  /** Pairs of lines that cross; lines that share an end do not count. */
  crossings: number
  /** Pieces of lines that run through a box that they neither leave nor enter. */
  through: number
  /** Pairs of boxes that overlap though neither is inside of the other. */
  overlaps: number
  /** Length of all that is drawn of lines, in diagonals of the picture; where several run as one, it counts once. */
  length: number
  /** Share of a 16:9 screen that the boxes of things cover when everything is in sight. */
  filled: number
}

type Piece = readonly [Point, Point]

const piecesOf = ({ points }: Line): Piece[] =>
  points.slice(1).map((point, index): Piece => [points[index] ?? point, point])

const side = (a: Point, b: Point, c: Point) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x))

const cross = ([a, b]: Piece, [c, d]: Piece): boolean =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0

/** Whether a piece runs through the inside of a box. Clipping after Liang and Barsky. */
function isThrough([a, b]: Piece, { x, y, width, height }: Rect): boolean {
  const inset = 0.5
  let [from, to] = [0, 1]
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  for (const [step, room] of [
    [-dx, a.x - (x + inset)],
    [dx, x + width - inset - a.x],
    [-dy, a.y - (y + inset)],
    [dy, y + height - inset - a.y],
  ] as const) {
    if (step === 0) {
      if (room <= 0) return false
    } else if (step < 0) from = Math.max(from, room / step)
    else to = Math.min(to, room / step)
  }
  return from < to
}

const overlap = (a: Rect, b: Rect): boolean =>
  a.x + a.width > b.x + 0.5 && b.x + b.width > a.x + 0.5 && a.y + a.height > b.y + 0.5 && b.y + b.height > a.y + 0.5

/** Length of pieces on one straight line, without what lies on another. */
function covered(spans: readonly (readonly [number, number])[]): number {
  let sum = 0
  let end = Number.NEGATIVE_INFINITY
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    sum += Math.max(0, to - Math.max(from, end))
    end = Math.max(end, to)
  }
  return sum
}

function inkOf(pieces: readonly Piece[]): number {
  const straight = new Map<string, [number, number][]>()
  let slanted = 0
  for (const [a, b] of pieces) {
    const [key, from, to] =
      a.x === b.x ? [`x ${a.x.toFixed(1)}`, a.y, b.y] : a.y === b.y ? [`y ${a.y.toFixed(1)}`, a.x, b.x] : ['', 0, 0]
    if (key === '') slanted += Math.hypot(b.x - a.x, b.y - a.y)
    else straight.set(key, [...(straight.get(key) ?? []), [Math.min(from, to), Math.max(from, to)]])
  }
  return [...straight.values()].reduce((sum, spans) => sum + covered(spans), slanted)
}

export function measure({ rects, lines }: Drawing): Measures {
  const byId = new Map(rects.map(rect => [rect.id, rect]))
  const ancestors = (id: string): Set<string> => {
    const found = new Set<string>()
    for (let at = byId.get(id); at?.parent; at = byId.get(at.parent)) found.add(at.parent)
    return found
  }
  const above = new Map(rects.map(rect => [rect.id, ancestors(rect.id)]))
  const isNested = (a: string, b: string) => above.get(a)?.has(b) === true || above.get(b)?.has(a) === true
  const parents = new Set(rects.map(rect => rect.parent))
  const things = rects.filter(rect => !parents.has(rect.id))

  let crossings = 0
  let through = 0
  const pieces = lines.map(line => ({ line, pieces: piecesOf(line) }))
  pieces.forEach((one, index) => {
    for (const other of pieces.slice(index + 1)) {
      const ends = new Set([one.line.source, one.line.target, other.line.source, other.line.target])
      if (ends.size === 4 && one.pieces.some(a => other.pieces.some(b => cross(a, b)))) crossings++
    }
    for (const thing of things)
      if (thing.id !== one.line.source && thing.id !== one.line.target)
        through += one.pieces.filter(piece => isThrough(piece, thing)).length
  })

  let overlaps = 0
  rects.forEach((one, index) => {
    for (const other of rects.slice(index + 1)) if (!isNested(one.id, other.id) && overlap(one, other)) overlaps++
  })

  const [left, top] = [Math.min(...rects.map(({ x }) => x)), Math.min(...rects.map(({ y }) => y))]
  const width = Math.max(...rects.map(rect => rect.x + rect.width)) - left
  const height = Math.max(...rects.map(rect => rect.y + rect.height)) - top
  const screen = Math.max(width, (height * 16) / 9) * Math.max(height, (width * 9) / 16)
  return {
    crossings,
    through,
    overlaps,
    length: inkOf(pieces.flatMap(one => one.pieces)) / Math.hypot(width, height),
    filled: things.reduce((sum, thing) => sum + thing.width * thing.height, 0) / screen,
  }
}
