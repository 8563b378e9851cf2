/** Runs one of the commands that answer and end: bundles them when their sources changed, and loads that. */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle, install, readIfThere, readPackage, root } from './building.mjs'
import { commandHash } from './preparation.mjs'

const file = join(root, '.podwire', 'cli.mjs')
const stampFile = join(root, '.podwire', 'cli-of')

/** Resolves to the exit code. */
export async function runCommand(name, args) {
  const sources = await commandHash(root)
  if (readIfThere(stampFile) !== sources || !existsSync(file)) {
    await install()
    await bundle('bin/cli.ts', file, { packages: 'bundle' })
    await writeFile(stampFile, sources)
  }
  const { run } = await import(pathToFileURL(file).href)
  return run(name, args, readPackage().version)
}
