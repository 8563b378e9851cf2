/** Puts items of one or several cells into rows, each at the first free place, so that a new one moves only later ones. */

export interface Sized {
  columns: number
  rows: number
}

export interface Slot {
  column: number
  row: number
  columns: number
  rows: number
}

/** @returns a slot per item, and the number of rows used. */
export function packGrid(items: readonly Sized[], columnCount: number): { slots: Slot[]; rows: number } {
  const taken: boolean[][] = []
  const free = (row: number, column: number) => taken[row]?.[column] !== true
  let firstOpen = 0
  let used = 0
  const slots = items.map(item => {
    const columns = Math.min(item.columns, columnCount)
    for (let row = firstOpen; ; row += 1) {
      for (let column = 0; column + columns <= columnCount; column += 1) {
        let fits = true
        for (let r = row; r < row + item.rows && fits; r += 1)
          for (let c = column; c < column + columns && fits; c += 1) fits = free(r, c)
        if (!fits) continue
        for (let r = row; r < row + item.rows; r += 1) {
          const line = (taken[r] ??= Array.from({ length: columnCount }, () => false))
          line.fill(true, column, column + columns)
        }
        used = Math.max(used, row + item.rows)
        while (taken[firstOpen]?.every(Boolean) === true) firstOpen += 1
        return { column, row, columns, rows: item.rows }
      }
    }
  })
  return { slots, rows: used }
}
