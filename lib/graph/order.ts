/** Orders that do not depend on a locale, so that every screen has the same. */

const isDigit = (code: number) => code >= 48 && code <= 57

/** End of the run of digits that starts at `from`, and where its first digit that counts is. */
function digits(text: string, from: number): { start: number; end: number } {
  let start = from
  while (text.charCodeAt(start) === 48 && isDigit(text.charCodeAt(start + 1))) start += 1
  let end = start
  while (isDigit(text.charCodeAt(end))) end += 1
  return { start, end }
}

/** By code unit, but numbers by their value: "web2" before "web10". */
export function compareNames(a: string, b: string): number {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(j)]
    if (isDigit(x) && isDigit(y)) {
      const [left, right] = [digits(a, i), digits(b, j)]
      const longer = left.end - left.start - (right.end - right.start)
      if (longer !== 0) return longer
      for (let k = 0; k < left.end - left.start; k += 1) {
        const difference = a.charCodeAt(left.start + k) - b.charCodeAt(right.start + k)
        if (difference !== 0) return difference
      }
      i = left.end
      j = right.end
    } else if (x === y) {
      i += 1
      j += 1
    } else return x - y
  }
  return a.length - i - (b.length - j) || (a < b ? -1 : a > b ? 1 : 0)
}

export const byName = (a: { name: string }, b: { name: string }): number => compareNames(a.name, b.name)
