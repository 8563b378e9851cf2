/** What start.mjs and command.mjs share: installing, bundling, and saying so. No imports from node_modules. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { access, constants, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isInstalled, olderThan } from './preparation.mjs'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

export const readIfThere = file => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** @returns {{ version: string, engines: { node: string } }} */
export const readPackage = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Ends when this Node is too old for the packages. */
export function checkNode() {
  const needed = readPackage().engines.node.replace(/^[^\d]*/, '')
  if (olderThan(process.versions.node, needed))
    fail(`this is Node ${process.versions.node}, and ${needed} or newer is needed`, 1)
}

/** One line that goes away again; nothing where nobody watches. */
export function saying(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}

/** Ends with one line. 2 is for what the caller can mend by asking differently. */
export function fail(message, code) {
  saying('')
  process.stderr.write(`podwire: ${message}\n`)
  process.exit(code)
}

/** Runs a command in silence; when it fails, its last lines say why. */
export async function quietly(what, command, args, env) {
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

export async function install() {
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

/**
 * TypeScript as one file, put in place when it is whole: it starts in a third of the time that loading its sources takes, and in
 * two thirds of the memory. Packages stay outside, unless they are wanted inside for a quicker start still.
 */
export async function bundle(entry, file, { packages = 'external' } = {}) {
  const draft = `${file}.${process.pid}`
  const folder = dirname(file)
  await mkdir(folder, { recursive: true }).catch(() => {})
  await access(folder, constants.W_OK).catch(() =>
    fail(`its sources changed, and you may not write to ${folder}: run it once as the owner of that`, 1),
  )
  try {
    await quietly('Building', join(root, 'node_modules', '.bin', 'esbuild'), [
      entry,
      `--outfile=${draft}`,
      '--bundle',
      `--packages=${packages}`,
      '--platform=node',
      '--format=esm',
      '--target=node20',
      // CommonJS packages call for Node's own modules.
      "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      '--log-level=error',
    ])
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

/** Messages for people carry a code to end with; anything else is a fault of ours, and its trace helps to mend it. */
export function failWith(error) {
  if (error instanceof Error && 'exitCode' in error) fail(error.message, error.exitCode)
  saying('')
  process.stderr.write(`podwire: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
