#!/usr/bin/env node
/**
 * What `npm start` runs: installs and builds what is missing, then serves. Plain JavaScript without imports from
 * node_modules, because in a fresh clone there are none.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isInstalled, olderThan, readArguments, sourceHash, USAGE } from './preparation.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stampFile = join(root, '.podwire', 'build-of')

const readIfThere = file => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** One line that goes away again; nothing where nobody watches. */
function saying(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}

/** Ends with one line. 2 is for what the caller can mend by asking differently. */
function fail(message, code) {
  saying('')
  process.stderr.write(`podwire: ${message}\n`)
  process.exit(code)
}

/** Runs a command in silence; when it fails, its last lines say why. */
async function quietly(what, command, args, env) {
  saying(`${what} …`)
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = chunk => (output = (output + chunk).slice(-8000))
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const stop = () => child.kill('SIGTERM')
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const code = await new Promise(resolve => {
    child.on('error', error => resolve(error.message))
    child.on('close', (status, signal) => resolve(status ?? signal))
  })
  process.off('SIGINT', stop).off('SIGTERM', stop)
  saying('')
  if (code === 'SIGTERM' || code === 'SIGINT') process.exit(130)
  if (code !== 0)
    fail(
      `${what} failed (${command} ${args.join(' ')}: ${code})\n${output.trim().split('\n').slice(-40).join('\n')}`,
      1,
    )
}

async function install() {
  if (isInstalled(root)) return
  // --include=dev: the build needs Tailwind and TypeScript, also where NODE_ENV=production is set.
  await quietly('Installing dependencies', process.platform === 'win32' ? 'npm.cmd' : 'npm', [
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
}

/** The server as one file: it starts in a third of the time that loading its sources takes, and in two thirds of the memory. */
function bundle(serverFile) {
  return quietly('Building', join(root, 'node_modules', '.bin', 'esbuild'), [
    'bin/server.ts',
    `--outfile=${serverFile}`,
    '--bundle',
    '--packages=external',
    '--platform=node',
    '--format=esm',
    '--target=node20',
    '--log-level=error',
  ])
}

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
const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const needed = engines.node.replace(/^[^\d]*/, '')
if (olderThan(process.versions.node, needed))
  fail(`this is Node ${process.versions.node}, and ${needed} or newer is needed`, 1)

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
    await bundle(serverFile)
  }
  const { checkConfig, serve } = await import(pathToFileURL(serverFile).href)
  // Before the build: a slip of the pen should not cost a minute.
  checkConfig()
  if (!asked.dev && !isBuilt) await buildPages(sources)
  await serve({ dev: asked.dev, root })
} catch (error) {
  // Messages for people carry a code to end with; anything else is a fault of ours, and its trace helps to mend it.
  if (error instanceof Error && 'exitCode' in error) fail(error.message, error.exitCode)
  saying('')
  process.stderr.write(`podwire: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
