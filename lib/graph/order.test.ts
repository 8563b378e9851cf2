import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareNames } from './order'
import { packGrid } from './pack'
import { offsets, orderRuns, type Run } from './tracks'

test('numbers in names count by their value', () => {
  const names = ['web10', 'web2', 'web1', 'web02', 'api', 'web', 'web2b']
  expect(names.sort(compareNames)).toEqual(['api', 'web', 'web1', 'web02', 'web2', 'web2b', 'web10'])
})

test('names have one order', () => {
  const name = fc.stringMatching(/^[ab0-9]{0,6}$/)
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      expect(Math.sign(compareNames(a, b))).toBe(-Math.sign(compareNames(b, a)) + 0)
      if (a !== b) expect(compareNames(a, b)).not.toBe(0)
      if (compareNames(a, b) < 0 && compareNames(b, c) < 0) expect(compareNames(a, c)).toBeLessThan(0)
    }),
  )
})

test('a grid holds every item, none over another, and a later one moves no earlier one', () => {
  const item = fc.record({ columns: fc.integer({ min: 1, max: 3 }), rows: fc.integer({ min: 1, max: 4 }) })
  fc.assert(
    fc.property(fc.array(item, { maxLength: 20 }), item, fc.integer({ min: 1, max: 5 }), (items, more, columns) => {
      const { slots, rows } = packGrid(items, columns)
      const taken = new Set<string>()
      for (const slot of slots)
        for (let row = slot.row; row < slot.row + slot.rows; row += 1)
          for (let column = slot.column; column < slot.column + slot.columns; column += 1) {
            expect(column).toBeLessThan(columns)
            expect(row).toBeLessThan(rows)
            expect(taken.has(`${row} ${column}`)).toBe(false)
            taken.add(`${row} ${column}`)
          }
      expect(packGrid([...items, more], columns).slots.slice(0, items.length)).toEqual(slots)
    }),
  )
})

test('lines that fan out do not cross', () => {
  // Three doors above each other, whose lines all go down: the lowest turns first.
  const runs: Run[] = [1, 2, 3].map(n => ({ line: String(n), left: [n * 10], right: [100 + n * 10] }))
  expect(orderRuns(runs).map(run => run.line)).toEqual(['3', '2', '1'])
})

test('a line that turns between the branches of another stands left of it', () => {
  const trunk: Run = { line: 'trunk', left: [40, 60], right: [20] }
  const between: Run = { line: 'between', left: [50], right: [80] }
  expect(orderRuns([trunk, between]).map(run => run.line)).toEqual(['between', 'trunk'])
})

test('tracks stay in the room', () => {
  for (let count = 0; count < 30; count += 1) {
    const places = offsets(count, 40, 7)
    expect(new Set(places).size).toBe(count)
    for (const place of places) expect(Math.abs(place)).toBeLessThanOrEqual(20)
  }
})
