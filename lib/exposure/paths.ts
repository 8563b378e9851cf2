/** Host paths, read lexically: what a link leads to is not known here. */

/** Absolute, without ".", ".." and doubled slashes, /var/run written /run; null when it is not absolute (a volume's name). */
export function cleanPath(path: string): string | null {
  if (!path.startsWith('/')) return null
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  const clean = `/${parts.join('/')}`
  return clean === '/var/run' || clean.startsWith('/var/run/') ? clean.slice('/var'.length) : clean
}

/** True when `ancestor` is `path` or above it. Both clean. */
export const contains = (ancestor: string, path: string): boolean =>
  ancestor === '/' || path === ancestor || path.startsWith(`${ancestor}/`)
