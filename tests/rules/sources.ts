/** The files of the project, and what they import. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT } from './lint'

const GENERATED = /^(\.git|\.next|\.podwire|node_modules|tests\/output)(\/|$)/

/** Everything that is committed; where there is no git, everything that nothing generated. */
function committed(): string[] {
  const { stdout, status } = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
  if (status === 0) return stdout.split('\0').filter(path => path !== '')
  return readdirSync(ROOT, { withFileTypes: true })
    .filter(entry => !GENERATED.test(entry.name))
    .flatMap(entry => (entry.isDirectory() ? below(entry.name) : [entry.name]))
    .filter(path => !GENERATED.test(path))
}

const below = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(ROOT, join(entry.parentPath, entry.name)))

/** Paths below the root. */
export const files: readonly string[] = committed()

/** The text of a file; empty when it is deleted, and not yet committed so. */
export const read = (path: string): string => {
  try {
    return readFileSync(join(ROOT, path), 'utf8')
  } catch {
    return ''
  }
}

export const isCode = (path: string): boolean => /\.(ts|tsx|mjs|js|sh)$/.test(path)
export const isTest = (path: string): boolean => /(^tests\/|\.test\.tsx?$|\/testing\.tsx?$)/.test(path)

/** Without comments. */
export const codeOf = (path: string): string => read(path).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

export interface Import {
  from: string
  typeOnly: boolean
  /** What stands between `import` and `from`; empty for imports at run time. */
  names: string
}

/** Import and export statements, and imports at run time; not what stands in comments. */
export function importsOf(path: string): Import[] {
  const code = codeOf(path)
  const statements = code.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:([^'"`;]*?)\sfrom\s+)?['"]([^'"]+)['"]/gm)
  const calls = code.matchAll(/\b(?:import|require)\(\s*['"`]([^'"`]+)/g)
  return [
    ...[...statements].map(([, type, names = '', from = '']) => ({ from, typeOnly: type !== undefined, names })),
    ...[...calls].map(([, from = '']) => ({ from, typeOnly: false, names: '' })),
  ]
}
