/** Promises, hostile inputs and faults by number, with what became of the tests that carry the number in their names. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OUTPUT } from './shell.mjs'

/** Letter, how many there are, and what they are. */
const FAMILIES = [
  ['P', 15, 'promises (docs/security.md)'],
  ['H', 62, 'hostile inputs'],
  ['F', 40, 'faults'],
]
const NUMBERED = /(?<![\w-])([PHF])(\d+)(?!\w)/g

/** Names and outcomes of a report of Vitest or Playwright. */
function testsIn(report) {
  // What was skipped is not here at all.
  const ofFile = file =>
    file.assertionResults.flatMap(({ fullName, status }) =>
      status === 'passed' || status === 'failed' ? [{ name: fullName, passed: status === 'passed' }] : [],
    )
  if (report.testResults) return report.testResults.flatMap(ofFile)
  const ofSuite = (suite, above) => {
    const named = title => [...above, title].join(' ')
    return [
      ...(suite.specs ?? []).map(({ title, ok }) => ({ name: named(title), passed: ok })),
      ...(suite.suites ?? []).flatMap(inner => ofSuite(inner, [...above, inner.title])),
    ]
  }
  return (report.suites ?? []).flatMap(suite => ofSuite(suite, []))
}

/** By "P4": how many tests have it in their names, how many of them passed, and the first name. */
function byNumber(tests) {
  const numbers = new Map()
  for (const { name, passed } of tests)
    for (const written of new Set([...name.matchAll(NUMBERED)].map(([text]) => text))) {
      // "F01" is F1.
      const id = written.replace(/(?<=^[A-Z])0+/, '')
      const entry = numbers.get(id) ?? { tests: 0, passed: 0, name: name.slice(name.indexOf(written)) }
      numbers.set(id, { ...entry, tests: entry.tests + 1, passed: entry.passed + (passed ? 1 : 0) })
    }
  return numbers
}

/** Lines for the end of a run of these steps. */
export function namedReport(steps) {
  const files = steps.map(step => join(OUTPUT, `${step}.json`)).filter(existsSync)
  const texts = files.map(file => readFileSync(file, 'utf8')).filter(text => text !== '')
  return namedLines(texts.map(text => JSON.parse(text)))
}

/** One line for each family of which there is a test in these reports, and below it one for each number. */
export function namedLines(reports) {
  const numbers = byNumber(reports.flatMap(testsIn))
  return FAMILIES.flatMap(([letter, count, what]) => {
    const ids = [...numbers.keys()].filter(id => id.startsWith(letter))
    if (ids.length === 0) return []
    const all = Math.max(count, ...ids.map(id => Number(id.slice(1))))
    const rows = Array.from({ length: all }, (_, index) => [
      `${letter}${index + 1}`,
      numbers.get(`${letter}${index + 1}`),
    ])
    const whole = rows.filter(([, entry]) => entry !== undefined && entry.passed === entry.tests)
    return [
      `  ${whole.length} of ${all} ${what}`,
      ...rows.map(
        ([id, entry]) => `    ${whole.some(([one]) => one === id) ? '✓' : '✗'} ${id.padEnd(4)}${said(entry)}`,
      ),
    ]
  })
}

const said = entry =>
  entry === undefined
    ? 'no test of it was run'
    : `${entry.passed} of ${entry.tests} passed: ${entry.name.slice(0, 100)}`
