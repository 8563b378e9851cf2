import { expect, test } from 'vitest'
import { clean, createLog, errorText } from './log'

function capture(isTTY: boolean) {
  const lines: string[] = []
  return { lines, log: createLog({ isTTY, write: text => lines.push(text) }) }
}

test('for machines a line is JSON with time, level and words', () => {
  const { lines, log } = capture(false)
  log.info({ host: 'root' }, 'live')
  expect(lines).toHaveLength(1)
  const entry = JSON.parse(lines[0] ?? '')
  expect(entry).toMatchObject({ level: 'info', host: 'root', msg: 'live' })
  expect(new Date(entry.time).getTime()).toBeGreaterThan(0)
})

test('on a terminal it is words', () => {
  const { lines, log } = capture(true)
  log.info({ host: 'root' }, 'live')
  log.warn('something')
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d root: live\n$/)
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d something\n$/)
})

test.each([
  'a\nb',
  'a\r\nb',
  '\u001b[31mred\u001b[0m',
  'a\u0000b',
  'a\u009bb',
  'a\u2028b',
  'evil\u202etxt.exe',
  'zero\u200bwidth',
])('%j becomes one harmless line', text => {
  // oxlint-disable-next-line no-control-regex -- it is what must be gone
  expect(clean(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e\u200b]/)
})

test('long text is cut', () => {
  expect(clean('x'.repeat(1000))).toHaveLength(301)
})

test('a fault is told with its place, in one line', () => {
  const text = errorText(new TypeError('what\nhappened'))
  expect(text).toMatch(/^TypeError: what.happened at .*log\.test\.ts/)
  expect(text).not.toContain('\n')
  expect(errorText('just text')).toBe('just text')
})
