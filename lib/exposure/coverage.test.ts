/** Every rule is tested for all three that it can say: a hit, nothing, and that it cannot tell. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RULES } from './rules'

const testOf = (id: string) => new URL(`rules/${id}.test.ts`, import.meta.url)

/** What such a test looks like with the builders of testing.ts. */
const KINDS = {
  'a hit': /hitsOf\(|findings\)\.toMatchObject|findings\)\.toHaveLength\([1-9]|\] = run\(/,
  'a miss': /toEqual\(\[\]\)|toHaveLength\(0\)|findings: \[\]/,
  'what is unknown': /unknownOf\(|notExamined|unread\(/,
}

test.each(RULES.map(rule => rule.id))('%s', id => {
  expect(existsSync(testOf(id))).toBe(true)
  const text = readFileSync(testOf(id), 'utf8')
  for (const [kind, pattern] of Object.entries(KINDS)) expect(pattern.test(text), kind).toBe(true)
})
