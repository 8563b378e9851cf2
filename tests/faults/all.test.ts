import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const FOLDERS = [import.meta.dirname, ...['e2e', 'lab'].map(name => join(import.meta.dirname, '..', name))]
const NUMBERS = Array.from({ length: 40 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`)

test('each of the forty faults has a test of its name that runs, and a line in the table', () => {
  const files = FOLDERS.flatMap(folder =>
    readdirSync(folder)
      .filter(name => /\.(test|spec)\.ts$/.test(name))
      .map(name => readFileSync(join(folder, name), 'utf8')),
  )
  // Of a table of tests, the name comes after the table; one that is skipped has another word before the bracket.
  const named = files.flatMap(text =>
    [...text.matchAll(/^(?:test|\] as const\))\(\s*'(F\d\d) /gm)].map(([, number = '']) => number),
  )
  expect([...new Set(named)].toSorted()).toEqual(NUMBERS)
  const table = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  expect([...table.matchAll(/^\| (F\d\d) .*\| .*`.*`.* \|$/gm)].map(([, number]) => number)).toEqual(NUMBERS)
})
