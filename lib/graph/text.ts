/**
 * Text before it is drawn: made harmless to the eye, measured, and shortened to fit. Measuring asks no browser, so that
 * the same topology gives the same picture on every screen.
 */

/** The first of these that a screen has is used. The width table below is an upper bound for all of them. */
export const FONT_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif'

/** Advance widths of U+0020 to U+007E in 1/100 em: the wider of DejaVu Sans and Noto Sans, which are wider than the rest. */
const REGULAR = [
  32, 41, 46, 84, 64, 96, 79, 28, 40, 40, 56, 84, 32, 37, 32, 38, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
  84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 34, 30, 66, 56, 91, 76, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62,
  69, 40, 38, 40, 84, 50, 50, 62, 64, 56, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60,
  82, 60, 60, 53, 64, 56, 64, 84,
]
const BOLD = [
  35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 55, 84, 38, 42, 38, 42, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84,
  84, 84, 58, 100, 78, 77, 74, 83, 69, 69, 83, 84, 39, 38, 78, 64, 100, 84, 85, 74, 85, 77, 72, 69, 82, 78, 111, 78, 73,
  73, 46, 42, 46, 84, 50, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60, 48, 72, 66,
  93, 65, 66, 59, 72, 56, 72, 84,
]

/** Upper bounds beyond ASCII, by block; the last that starts at or below the code point counts. In 1/100 em. */
const BLOCKS: readonly (readonly [from: number, width: number])[] = [
  [0x00a0, 105],
  [0x01c4, 160],
  [0x01cd, 110],
  [0x0370, 115],
  [0x0400, 135],
  [0x0600, 160],
  [0x2010, 60],
  [0x2014, 100],
  [0x2018, 60],
  [0x2020, 100],
  [0x2190, 90],
  [0x2400, 110],
  [0x2e80, 110],
  [0xa000, 160],
  [0xac00, 110],
  [0xd7b0, 160],
  [0xfb50, 220],
  [0xfdf0, 1400],
  [0xfe00, 110],
  [0x1f000, 140],
  [0x20000, 110],
  [0x30000, 160],
]

function glyphWidth(codePoint: number, bold: boolean): number {
  let width = 160
  for (const [from, blockWidth] of BLOCKS) {
    if (from > codePoint) break
    width = blockWidth
  }
  return bold ? width * 1.12 : width
}

/** Upper bound of the text's width in the units of `size`. */
export function textWidth(text: string, size: number, bold = false): number {
  const table = bold ? BOLD : REGULAR
  let hundredths = 0
  for (let index = 0; index < text.length; index += 1) {
    const ascii = table[text.charCodeAt(index) - 0x20]
    if (ascii !== undefined) {
      hundredths += ascii
      continue
    }
    const codePoint = text.codePointAt(index) ?? 0
    if (codePoint > 0xffff) index += 1
    hundredths += glyphWidth(codePoint, bold)
  }
  return (hundredths * size) / 100
}

/** Longer names than this are shortened before anything else looks at them. */
const LONGEST = 300
/** Most text is this, and needs no second look. */
const PLAIN = /^[\x20-\x7e]*$/
/** What has no glyph or reorders its neighbours: controls, bidi overrides, zero-width characters, lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** Free text as it may be shown: what the eye could not see is spelt out, and nothing is endless. */
export function visibleText(raw: string): string {
  if (raw.length <= LONGEST && PLAIN.test(raw)) return raw
  return spellOut(raw.length > LONGEST ? `${Array.from(raw.slice(0, LONGEST)).slice(0, -1).join('')}…` : raw)
}

/** The whole text, with what the eye could not see spelt out. */
export const spellOut = (raw: string): string =>
  PLAIN.test(raw)
    ? raw
    : raw.replace(
        INVISIBLE,
        character => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
      )

/** The text, or as much of its two ends as fits, joined by an ellipsis: names often differ in their last letters only. */
export function fitText(text: string, size: number, maxWidth: number, bold = false): string {
  if (textWidth(text, size, bold) <= maxWidth) return text
  const characters = Array.from(text)
  const ellipsis = textWidth('…', size, bold)
  const widths = characters.map(character => textWidth(character, size, bold))
  if (ellipsis > maxWidth) return ''
  let room = maxWidth - ellipsis
  let head = 0
  let tail = 0
  // Three letters of the head for every two of the tail.
  while (head + tail < characters.length) {
    const takeTail = tail * 3 < head * 2
    const next = widths[takeTail ? characters.length - 1 - tail : head] ?? 0
    if (next > room) break
    room -= next
    if (takeTail) tail += 1
    else head += 1
  }
  return `${characters.slice(0, head).join('')}…${tail === 0 ? '' : characters.slice(-tail).join('')}`
}
