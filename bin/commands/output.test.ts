import { describe, expect, test } from 'vitest'
import { plain } from '@/lib/report/style'
import { jsonText, pageOf } from './output'

describe('the page', () => {
  const terminal = { isTTY: true, columns: 90 }
  test('is as wide as the terminal, within what can be read', () => {
    expect(pageOf(terminal, {}).width).toBe(90)
    expect(pageOf({ isTTY: true, columns: 300 }, {}).width).toBe(120)
    expect(pageOf({ isTTY: true, columns: 10 }, {}).width).toBe(40)
    expect(pageOf({ isTTY: true, columns: 0 }, {}).width).toBe(100)
    expect(pageOf({}, {}).width).toBe(100)
  })

  test('has colours in a terminal that wants them, and nowhere else', () => {
    expect(pageOf(terminal, {}).paint('red', 'x')).toBe('\u001b[31mx\u001b[39m')
    expect(pageOf(terminal, { NO_COLOR: '' }).paint).not.toBe(plain)
    expect(pageOf(terminal, { NO_COLOR: '1' }).paint).toBe(plain)
    expect(pageOf(terminal, { TERM: 'dumb' }).paint).toBe(plain)
    expect(pageOf({}, {}).paint).toBe(plain)
  })
})

test('JSON says the same, in characters that no terminal obeys', () => {
  const value = { name: '\u001b[2J\u009b31m\u202e\u2028\u{e0001}\u007f日本"\n' }
  const text = jsonText(value)
  expect(JSON.parse(text)).toEqual(value)
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u)
  expect(text).toContain('日本')
})
