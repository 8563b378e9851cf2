/** What the tests measured and remarked, in a few lines. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OUTPUT } from './shell.mjs'

/** What tests/lab/remarks.ts kept. */
export function remarks() {
  const file = join(OUTPUT, 'remarks.txt')
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map(line => `  ${line}`)
    : []
}

/** Per place the median and the slowest. */
export function timesReport() {
  const file = join(OUTPUT, 'times.jsonl')
  if (!existsSync(file)) return []
  const places = new Map()
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const time = JSON.parse(line)
    places.set(time.where, [...(places.get(time.where) ?? []), time])
  }
  return [...places].map(([where, times]) => {
    const sorted = times.toSorted((a, b) => a.milliseconds - b.milliseconds)
    const median = sorted[Math.floor(sorted.length / 2)].milliseconds
    const slowest = sorted.at(-1)
    return `  ${where}: changes seen after ${median} ms (median), ${slowest.milliseconds} ms (slowest: ${slowest.what})`
  })
}
