/** What a run found out and does not judge: kept in tests/output, printed by tests/run.mjs at the end. */
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const OUTPUT = join(import.meta.dirname, '..', 'output')

export function remark(text: string): void {
  mkdirSync(OUTPUT, { recursive: true })
  appendFileSync(join(OUTPUT, 'remarks.txt'), `${text}\n`)
}
