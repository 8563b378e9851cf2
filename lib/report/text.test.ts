import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOSTILE, OBEYED } from './testing'
import { clipped, printable, printableLines, widthOf, wrap } from './text'

test('P17 nothing of a name moves a cursor, hides or turns the writing round', () => {
  expect(HOSTILE).toMatch(OBEYED)
  expect(printable(HOSTILE)).not.toMatch(OBEYED)
  expect(printable('a\nb')).toBe('a\uFFFDb')
  expect(printableLines('a\nb\u001b')).toEqual(['a', 'b\uFFFD'])
  expect(printable('\uD800x')).toBe('\uFFFDx')
})

describe('wrap', () => {
  test('breaks between words, and a word that is too long where the line ends', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrap('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij'])
    expect(wrap('', 10)).toEqual([])
  })

  test('no line is too wide, and nothing gets lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(text, width)
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
      }),
    )
  })
})

test('widths are columns', () => {
  expect([widthOf('abc'), widthOf('日本'), widthOf('e\u0301')]).toEqual([3, 4, 1])
  expect(clipped('abcdef', 4)).toBe('abc…')
  expect(clipped('日本語', 4)).toBe('日…')
  expect(clipped('abc', 3)).toBe('abc')
})
