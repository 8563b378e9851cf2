/** Splits a value into words as systemd does. */

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
  s: ' ',
}

/** Digits that follow a letter, and their base. Octal ones follow nothing. */
const NUMBERS = [
  { form: /^x([0-9a-fA-F]{2})/, base: 16 },
  { form: /^u([0-9a-fA-F]{4})/, base: 16 },
  { form: /^U([0-9a-fA-F]{8})/, base: 16 },
  { form: /^([0-7]{3})/, base: 8 },
] as const

/** What stands after a backslash: the character, and how much of `rest` it took; null for an unknown escape. */
function unescape(rest: string): { text: string; length: number } | null {
  const first = rest.charAt(0)
  const simple = Object.hasOwn(SIMPLE, first) ? SIMPLE[first] : undefined
  if (simple !== undefined) return { text: simple, length: 1 }
  for (const { form, base } of NUMBERS) {
    const match = form.exec(rest)
    if (match === null) continue
    const code = Number.parseInt(match[1] ?? '', base)
    const isByte = base === 8 || first === 'x'
    if (code === 0 || code > (isByte && base === 8 ? 0xff : 0x10ffff)) return null
    return { text: String.fromCodePoint(code), length: match[0].length }
  }
  return null
}

/**
 * The words of a value, quotes removed. `command`: backslashes escape, as in Exec=; else they are plain characters, as in
 * lists of names. null when systemd refuses it (an unknown escape, or an open quote in a list).
 * https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/parser/split.go#L190-L400
 */
export function splitWords(value: string, as: 'list' | 'command'): string[] | null {
  const words: string[] = []
  let word: string | null = null
  let quote = ''
  for (let at = 0; at < value.length; at++) {
    const char = value.charAt(at)
    if (char === '\\' && as === 'command') {
      const found = unescape(value.slice(at + 1, at + 10))
      if (found === null) {
        // A trailing backslash is eaten up.
        if (at + 1 < value.length) return null
        break
      }
      word = (word ?? '') + found.text
      at += found.length
    } else if (quote !== '') {
      if (char === quote) quote = ''
      else word = (word ?? '') + char
    } else if (char === '"' || char === "'") {
      quote = char
      word ??= ''
    } else if (' \t\n\r'.includes(char)) {
      // An empty word ends the list.
      if (word === '') return words
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + char
  }
  if (quote !== '' && as === 'list') return null
  if (word !== null && word !== '') words.push(word)
  return words
}
