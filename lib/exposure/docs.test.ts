import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rulesMarkdown } from './docs'
import { RULE_GROUPS, RULES } from './rules'

const file = new URL('../../docs/rules.md', import.meta.url).pathname

test('docs/rules.md is what the table says', async () => {
  expect(existsSync(file)).toBe(true)
  await expect(rulesMarkdown(RULE_GROUPS)).toMatchFileSnapshot(file)
})

test('every rule is documented with its severity', () => {
  const text = rulesMarkdown(RULE_GROUPS)
  for (const rule of RULES) expect(text).toContain(`### ${rule.id}\n`)
  expect(text).toContain('**Privileged container**: critical / high.')
  expect(text).toContain('off unless asked for')
})
