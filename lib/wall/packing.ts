/** Chips in rows, and boxes in columns. What is dealt out in turn stays where it is when something else grows. */

/** A chip's place in a grid of cells. */
export interface Cell {
  column: number
  row: number
  span: number
}

/** How wide a grid's cells are, and where everything stands in it. */
export interface Grid {
  columns: number
  rows: number
  cells: readonly Cell[]
}

/** In their order, each in as many cells as it needs, in this many columns. */
function gridOf(needs: readonly number[], inner: number, gap: number, columns: number): Grid {
  const cell = (inner - (columns - 1) * gap) / columns
  let [row, column] = [0, 0]
  const cells = needs.map(need => {
    const span = Math.min(columns, Math.max(1, Math.ceil((need + gap) / (cell + gap) - 1e-9)))
    if (column + span > columns) [row, column] = [row + 1, 0]
    const place = { column, row, span }
    column += span
    return place
  })
  return { columns, rows: needs.length === 0 ? 0 : row + 1, cells }
}

/** The grid of fewest rows; of those, the one with the widest cells. `least` is the narrowest that a cell may be. */
export function packChips(needs: readonly number[], inner: number, gap: number, least: number): Grid {
  const most = Math.max(1, Math.floor((inner + gap) / (least + gap)))
  let best = gridOf(needs, inner, gap, 1)
  for (let columns = 2; columns <= most; columns += 1) {
    const grid = gridOf(needs, inner, gap, columns)
    if (grid.rows < best.rows) best = grid
  }
  return best
}

/** Fills rows whose rest is too narrow for one more like those in it: the cells are so narrow for something else. */
export function stretched({ cells, ...grid }: Grid): Grid {
  return {
    ...grid,
    cells: cells.map(cell => {
      const { column, row, span } = cell
      const isLast = !cells.some(other => other.row === row && other.column > column)
      const rest = grid.columns - column - span
      return isLast && rest > 0 && rest < span ? { ...cell, span: span + rest } : cell
    }),
  }
}

/**
 * Deals boxes of these heights out to columns, in turn, so that none of them decides where another stands. Only where that
 * makes a column too high do boxes go from its foot to the shortest.
 * @returns indexes of boxes by column, from the top down
 */
export function dealBoxes(heights: readonly number[], columnCount: number, height: number, gap: number): number[][] {
  const columns = Array.from({ length: columnCount }, () => ({ boxes: new Array<number>(), height: -gap }))
  heights.forEach((one, index) => {
    const column = columns[index % columnCount]
    column?.boxes.push(index)
    if (column) column.height += one + gap
  })
  for (let moves = 0; moves < heights.length; moves += 1) {
    const tall = columns.reduce((a, b) => (b.height > a.height ? b : a))
    const short = columns.reduce((a, b) => (b.height < a.height ? b : a))
    if (tall.height <= height) break
    const place = tall.boxes.findLastIndex(box => short.height + gap + (heights[box] ?? 0) <= height)
    const [box] = place < 0 ? [] : tall.boxes.splice(place, 1)
    if (box === undefined) break
    tall.height -= gap + (heights[box] ?? 0)
    short.height += gap + (heights[box] ?? 0)
    short.boxes.push(box)
  }
  return columns.map(({ boxes }) => boxes)
}

/**
 * Which size a number counts as, where the composition as a whole hangs on it: one more seldom makes a difference.
 */
export function sizeClass(count: number): number {
  for (let size = 1; ; size += Math.max(1, Math.floor(size / 3))) if (size >= count) return size
}
