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

export function printTable(title: string, rows: readonly Row[]): void {
  const cells = [
    ['', 'median', 'fastest', 'slowest', ''],
    ...rows.map(({ what, times, note = '' }) => [
      what,
      milliseconds(median(times)),
      milliseconds(Math.min(...times)),
      milliseconds(Math.max(...times)),
      note,
    ]),
  ]
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(...cells.map(row => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 || column === 4 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  console.log(`\n${title}`)
  for (const row of cells) console.log(`  ${line(row).trimEnd()}`)
}
