#!/usr/bin/env node
/**
 * What `npm start` and bin/podwire run: installs and builds what is missing, then serves, or runs a command. Plain JavaScript
 * without imports from node_modules, because in a fresh clone there are none.
 */
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle, checkNode, fail, failWith, install, quietly, readIfThere, root } from './building.mjs'
import { runCommand } from './command.mjs'
import { readArguments, sourceHash, USAGE } from './preparation.mjs'

const stampFile = join(root, '.podwire', 'build-of')

/** The pages. What they are made from is written down last: half a build must not pass for one. */
async function buildPages(sources) {
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  await quietly('Building', process.execPath, [next, 'build'], {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NO_COLOR: '1',
  })
  await writeFile(stampFile, sources)
}

const asked = readArguments(process.argv.slice(2))
if (asked.kind === 'wrong') fail(asked.message, 2)
if (asked.kind === 'help') {
  process.stdout.write(USAGE)
  process.exit(0)
}
checkNode()
if (asked.kind === 'command') {
  // exit() and not just its code: an engine that hangs must not keep the process.
  process.exit(await runCommand(asked.command, asked.args).catch(failWith))
}

process.env.NODE_ENV = asked.dev ? 'development' : 'production'
process.env.NEXT_TELEMETRY_DISABLED = '1'
try {
  await install()
  const sources = await sourceHash(root)
  const isBuilt = readIfThere(stampFile) === sources && existsSync(join(root, '.next', 'BUILD_ID'))
  const serverFile = join(root, '.podwire', asked.dev ? 'server-dev.mjs' : 'server.mjs')
  if (asked.dev || !isBuilt || !existsSync(serverFile)) {
    await mkdir(dirname(stampFile), { recursive: true })
    if (!asked.dev) await rm(stampFile, { force: true })
    await bundle('bin/server.ts', serverFile)
  }
  const { checkConfig, serve } = await import(pathToFileURL(serverFile).href)
  // Before the build: a slip of the pen should not cost a minute.
  if (!asked.build) checkConfig()
  if (!asked.dev && !isBuilt) await buildPages(sources)
  if (!asked.build) await serve({ dev: asked.dev, root })
} catch (error) {
  failWith(error)
}
