/** What bin/start.mjs decides by: the arguments, the installed packages, the sources. No imports from node_modules. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

export const USAGE = `Usage: podwire [start] [options]  serves on http://127.0.0.1:4410
       podwire check [options]     prints what is exposed; exit 1 when something is
       podwire reach A [B]         whether A can connect to B, or all that A reaches
       podwire what-if CONTAINER   what another network or bind address would gain and lose
       podwire record [options]    writes a host down, for a look at it elsewhere

Shows how the containers of Podman hosts are wired to the network, and what that exposes.

  --dev    serve from sources and reload on change
  --build  make what serving needs, and end: for an image, whose files cannot be written to
  --help   this text; after a command, what that takes

Environment:
  PODWIRE_LISTEN     address:port to listen on (default 127.0.0.1:4410)
  PODWIRE_TOKEN      asked of everybody; needed for any address but loopback
  PODWIRE_WALL_TOKEN opens the wall display, /wall#token=…, and nothing else
  PODWIRE_HOSTS      further host names to answer to, separated by commas
  PODWIRE_TLS_CERT   a certificate in PEM, and
  PODWIRE_TLS_KEY    its key: HTTPS in place of HTTP
  PODWIRE_TRUSTED_PROXIES  addresses of proxies in front whose X-Forwarded-For counts
  PODWIRE_RECORDING  a recording to show instead of a live host
  PODWIRE_CONFIG     a TOML file with what stands above, and exceptions
  CONTAINER_HOST     the one engine to read, as podman has it
  NO_COLOR           no colours
`

/** Those that answer and end; bin/cli.ts knows their options. */
const COMMANDS = ['check', 'reach', 'record', 'what-if']

/** @param {readonly string[]} args */
export function readArguments(args) {
  const [command = '', ...rest] = args
  if (COMMANDS.includes(command)) return { kind: 'command', command, args: rest }
  let dev = false
  let build = false
  let first = true
  for (const argument of args) {
    if (argument === '--help' || argument === '-h') return { kind: 'help' }
    if (argument === '--dev') dev = true
    else if (argument === '--build') build = true
    else if (argument.startsWith('-'))
      return {
        kind: 'wrong',
        message: `unknown option ${JSON.stringify(argument)}: accepted are --dev, --build and --help`,
      }
    else if (argument !== 'start' || !first)
      return {
        kind: 'wrong',
        message: `unknown command ${JSON.stringify(argument)}: accepted are start, ${COMMANDS.join(', ')}`,
      }
    first = false
  }
  if (dev && build) return { kind: 'wrong', message: '--dev builds nothing: accepted is one of --dev and --build' }
  return { kind: 'start', dev, build }
}

/** Of "20.20.2" and "20.9": whether the first is older. */
export function olderThan(version, needed) {
  const [have, want] = [version.split('.').map(Number), needed.split('.').map(Number)]
  for (const [index, part] of want.entries()) if ((have[index] ?? 0) !== part) return (have[index] ?? 0) < part
  return false
}

/**
 * Whether node_modules holds what package-lock.json asks for, by npm's own note of what it installed. Packages for other
 * platforms are optional, and missing by right.
 */
export function isInstalled(root) {
  const packagesOf = file => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).packages ?? {}) : {})
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, { version, optional, link }]) =>
      path === '' || optional || link || (installed[path]?.version === version && existsSync(join(root, path))),
  )
}

/** What the pages and the server are made from, and what the commands are. */
const PAGES = {
  folders: ['app', 'bin', 'components', 'lib', 'public'],
  files: ['package-lock.json', 'package.json', 'next.config.js', 'postcss.config.mjs', 'tsconfig.json'],
}
const COMMAND = { folders: ['bin', 'lib'], files: ['package-lock.json', 'tsconfig.json'] }
const ASIDE = /\.test\.tsx?$/

async function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return []
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile() && !ASIDE.test(entry.name))
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
}

/** A hash of everything that a build is made from, and of the Node that makes it. */
async function hashOf(root, sources) {
  const below = await Promise.all(sources.folders.map(folder => filesBelow(root, folder)))
  const files = [...below.flat(), ...sources.files.map(file => join(root, file)).filter(existsSync)].sort((a, b) =>
    a < b ? -1 : 1,
  )
  const hash = createHash('sha256').update(process.version)
  for (const file of files) {
    // One after the other: all at once are more open files than some systems allow.
    const content = readFileSync(file)
    hash.update(`\0${file.slice(root.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Of the pages and the server. */
export const sourceHash = root => hashOf(root, PAGES)

/** Of the commands, which are read at every start of one. */
export const commandHash = root => hashOf(root, COMMAND)
