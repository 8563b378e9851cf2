/** The table of promises in docs/security.md against the tests that it names. */
import { expect, test } from 'vitest'
import { promisesIn, titlesIn } from './promises'
import { files, read } from './sources'

const promises = promisesIn(read('docs/security.md'))
const NUMBERED = /(?<![\w-])P(\d+)(?!\w)/g

test('a title is found in its group, and what is skipped, commented out or no title is not', () => {
  const source = `
    // test('P1 in a comment', () => {})
    describe('P1 outer', () => {
      test('inner', () => {})
      test.each([['a'], [f('not this')]])('P2 %s of many', () => {})
      describe.skipIf(old)('P6 now and then', () => {})
    })
    test("P3 it's quoted", () => {})
    test.skip('P4 skipped', () => {})
    test(\`P5 \${width} wide\`, () => {})
    const text = 'P7 a text'
    expect(x).toBe('P8 a value')
  `
  expect(titlesIn(source)).toEqual([
    'P1 outer',
    'inner',
    'P2 %s of many',
    'P6 now and then',
    "P3 it's quoted",
    'P5 ${width} wide',
  ])
})

test('all fifteen promises stand there, in order, each with a sentence and with tests', () => {
  expect(promises.map(({ number }) => number)).toEqual(promises.map((_, index) => index + 1))
  expect(promises.length).toBeGreaterThanOrEqual(15)
  for (const { number, sentence, tests } of promises) {
    expect([number, sentence.length > 20]).toEqual([number, true])
    expect([number, tests.length > 0]).toEqual([number, true])
  }
})

test('each test that shows a promise is there, and has its number in its name', () => {
  const missing = promises.flatMap(({ number, tests }) =>
    tests.flatMap(({ file, path }) => {
      const titles = files.includes(file) ? titlesIn(read(file)) : []
      // Each further one stands behind the one before it.
      let from = 0
      for (const title of path) from = from < 0 ? -1 : titles.indexOf(title, from)
      const numbers = [...path.join(' ').matchAll(NUMBERED)].map(([, digits]) => Number(digits))
      return from >= 0 && numbers.includes(number) ? [] : `P${number}: ${file}: ${path.join(' › ')}`
    }),
  )
  expect(missing).toEqual([])
})

test('no test claims a promise that does not name it', () => {
  const named = new Set(promises.flatMap(({ number, tests }) => tests.map(({ file }) => `${number} ${file}`)))
  const own = 'tests/rules/promises.test.ts'
  const claims = files
    .filter(file => /(\.(test|spec)\.tsx?|tests\/lab\/commands\.ts)$/.test(file) && file !== own)
    .flatMap(file =>
      titlesIn(read(file)).flatMap(title => [...title.matchAll(NUMBERED)].map(([, digits]) => `${digits} ${file}`)),
    )
  expect(claims.length).toBeGreaterThan(40)
  expect(claims.filter(claim => !named.has(claim))).toEqual([])
})
