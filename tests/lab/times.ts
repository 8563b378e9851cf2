/** Measured times, for people: kept in tests/output, printed by tests/run.mjs, never asserted but for generous limits. */
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const OUTPUT = join(import.meta.dirname, '..', 'output')

export function note(where: string, what: string, milliseconds: number): void {
  mkdirSync(OUTPUT, { recursive: true })
  const line = JSON.stringify({ where, what, milliseconds: Math.round(milliseconds) })
  appendFileSync(join(OUTPUT, 'times.jsonl'), `${line}\n`)
}
