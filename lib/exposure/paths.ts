/** Host paths, read lexically: what a link leads to is not known here. */

/** Absolute, without ".", ".." and doubled slashes, /var/run written /run; null when it is not absolute (a volume's name). */
export function cleanPath(path: string): string | null {
  if (!path.startsWith('/')) return null
  return withoutVar(TO_CLEAN.test(path) ? joined(path) : path)
}

/** "//", "/./", "/../", or one of them at the end. */
const TO_CLEAN = /\/\.{0,2}(?:\/|$)/

function joined(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

const withoutVar = (path: string) =>
  path === '/var/run' || path.startsWith('/var/run/') ? path.slice('/var'.length) : path

/** True when `ancestor` is `path` or above it. Both clean. */
export const contains = (ancestor: string, path: string): boolean =>
  ancestor === '/' || path === ancestor || path.startsWith(`${ancestor}/`)
