/** Every address that is served, read from the folder that Next makes them of, so that a new one is tested without being listed. */
import { readdirSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

export const APP = join(import.meta.dirname, '..', '..', 'app')

/** Files that answer, below app/: route handlers and pages. */
export const routeFiles = (): string[] =>
  readdirSync(APP, { recursive: true, encoding: 'utf8' })
    .filter(file => /(^|[\\/])(route\.ts|page\.tsx)$/.test(file))
    .toSorted()

/** Addresses of them; a parameter is `value`. */
export const routes = (value = 'x'): string[] =>
  routeFiles()
    .map(file =>
      dirname(file)
        .split(sep)
        .filter(part => part !== '.'),
    )
    .map(parts => `/${parts.map(part => part.replace(/^\[.*\]$/, value)).join('/')}`)

/** Of route handlers alone. */
export const apiRoutes = (): string[] => routes().filter(route => !['/', '/wall'].includes(route))
