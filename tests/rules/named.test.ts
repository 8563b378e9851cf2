import { expect, test } from 'vitest'
import { namedLines } from '../run/named.mjs'

test('a number passes when each test that has it in its name, or in that of its group, has passed', () => {
  const vitest = {
    testResults: [
      {
        assertionResults: [
          { fullName: 'P1 the ten calls go to these paths', status: 'passed' },
          { fullName: 'what fails P2 ids', status: 'failed' },
          { fullName: 'P2 ids again', status: 'passed' },
          { fullName: 'P3, P4 both, over IPv4 and HTTP-P5', status: 'passed' },
          { fullName: 'P6 skipped', status: 'pending' },
        ],
      },
    ],
  }
  const playwright = {
    suites: [{ title: 'a.spec.ts', specs: [{ title: 'P1 in a browser', ok: true }], suites: [] }],
  }
  const lines = namedLines([vitest, playwright])
  expect(lines[0]).toBe('  3 of 15 promises (docs/security.md)')
  expect(lines.slice(1, 7)).toEqual([
    '    ✓ P1  2 of 2 passed: P1 the ten calls go to these paths',
    '    ✗ P2  1 of 2 passed: P2 ids',
    '    ✓ P3  1 of 1 passed: P3, P4 both, over IPv4 and HTTP-P5',
    '    ✓ P4  1 of 1 passed: P4 both, over IPv4 and HTTP-P5',
    '    ✗ P5  no test of it was run',
    '    ✗ P6  no test of it was run',
  ])
  expect(lines).toHaveLength(16)
})

test('a number that is written with a nought is the same', () => {
  const report = { testResults: [{ assertionResults: [{ fullName: 'F01 no socket', status: 'passed' }] }] }
  expect(namedLines([report]).slice(0, 2)).toEqual(['  1 of 40 faults', '    ✓ F1  1 of 1 passed: F01 no socket'])
})
