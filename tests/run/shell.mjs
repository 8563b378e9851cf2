/** Running commands quietly, and stopping them all when the run is stopped. */
import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export const ROOT = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..')
export const OUTPUT = join(ROOT, 'tests', 'output')
mkdirSync(OUTPUT, { recursive: true })

const running = new Set()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    // Each is the leader of a group of its own, so that its children end with it.
    for (const child of running) process.kill(-child.pid, 'SIGTERM')
    process.exit(130)
  })

/** Runs a command to its end: { code, output }. Its output is shown only by whoever finds it worth it. */
export function shell(command, args, env = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    running.add(child)
    let output = ''
    const keep = chunk => (output = (output + chunk).slice(-200_000))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', error => resolve({ code: 127, output: error.message }))
    child.on('close', code => {
      running.delete(child)
      resolve({ code: code ?? 1, output })
    })
  })
}

/** The program of a package in node_modules. */
export const bin = name => join(ROOT, 'node_modules', '.bin', name)

/** Path of a program, or undefined. */
export function which(name) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'])
    try {
      accessSync(join(folder, name), constants.X_OK)
      return join(folder, name)
    } catch {
      // Not there.
    }
}
