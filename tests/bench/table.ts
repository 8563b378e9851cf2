/** Numbers of one run as a table; ratios within a run count, absolute times are the machine's. */

export interface Row {
  what: string
  /** Milliseconds of every round. */
  times: readonly number[]
  note?: string
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`

/** A number that was promised, beside what came out. */
export interface Budget {
  what: string
  target: string
  measured: string
  met: boolean
}

export const printBudgets = (budgets: readonly Budget[]): void =>
  printCells('Promised and measured', [
    ['', 'measured', 'promised', ''],
    ...budgets.map(({ what, measured, target, met }) => [what, measured, target, met ? 'kept' : 'NOT KEPT']),
  ])

export function printTable(title: string, rows: readonly Row[]): void {
  printCells(title, [
    ['', 'median', 'fastest', 'slowest', ''],
    ...rows.map(({ what, times, note = '' }) => [
      what,
      milliseconds(median(times)),
      milliseconds(Math.min(...times)),
      milliseconds(Math.max(...times)),
      note,
    ]),
  ])
}

/** The first row is the head; words stand left, numbers right. */
export function printCells(title: string, cells: readonly (readonly string[])[]): void {
  const columns = cells[0]?.map((_, column) => column) ?? []
  const widths = columns.map(column => Math.max(...cells.map(row => row[column]?.length ?? 0)))
  const isText = (column: number) => column === 0 || column === columns.length - 1
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  console.log(`\n${title}`)
  for (const row of cells) console.log(`  ${line(row).trimEnd()}`)
}
