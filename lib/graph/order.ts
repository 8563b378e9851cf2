/** Orders that do not depend on a locale, so that every screen has the same. */

const DIGITS = /\d+/g

/** "web2" before "web10". */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0
  const left = a.replace(DIGITS, digits => digits.padStart(12, '0'))
  const right = b.replace(DIGITS, digits => digits.padStart(12, '0'))
  if (left !== right) return left < right ? -1 : 1
  return a < b ? -1 : 1
}

export const byName = (a: { name: string }, b: { name: string }): number => compareNames(a.name, b.name)
