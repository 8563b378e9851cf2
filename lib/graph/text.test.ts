import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitText, textWidth, visibleText } from './text'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })

describe('fitText', () => {
  test('leaves what fits', () => expect(fitText('web', 14, 100)).toBe('web'))
  test('keeps both ends, since names often differ in their last letters only', () => {
    const fitted = fitText('registry-mirror-cache-017', 14, 110)
    expect(fitted).toMatch(/^reg.*….*017$/)
  })
  test('never exceeds the room, and never cuts a character in two', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 300 }), fc.boolean(), (text, room, bold) => {
        const fitted = fitText(visibleText(text), 13, room, bold)
        expect(textWidth(fitted, 13, bold)).toBeLessThanOrEqual(room + 1e-9)
        expect(fitted).not.toMatch(/\p{Cs}/u)
      }),
    )
  })
})

describe('visibleText', () => {
  test('leaves letters of all scripts', () => expect(visibleText('web-ü-漢字-λ')).toBe('web-ü-漢字-λ'))
  test.each([
    ['a\u202Eb', 'a⟨U+202E⟩b'],
    ['a\u200Bb', 'a⟨U+200B⟩b'],
    ['a\nb\u0007', 'a⟨U+000A⟩b⟨U+0007⟩'],
    ['\u00ADsoft', '⟨U+00AD⟩soft'],
    ['\uD800', '⟨U+D800⟩'],
  ])('spells out what the eye would not see: %j', (raw, shown) => expect(visibleText(raw)).toBe(shown))
  test('tells names apart that only look the same', () => {
    expect(visibleText('web')).not.toBe(visibleText('web\u200B'))
  })
  test('ends', () => expect(visibleText('n'.repeat(1_000_000)).length).toBeLessThanOrEqual(301))
})

test('the width of a text is at least that of its parts', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const joined = textWidth(`${a} ${b}`, 14)
      expect(joined).toBeGreaterThanOrEqual(textWidth(a, 14))
      expect(textWidth(a, 28)).toBeCloseTo(2 * textWidth(a, 14))
    }),
  )
})
