/** Programs of the system that steps need: found, installed (as root, where there is apt-get), or told what to install. */
import { existsSync } from 'node:fs'
import { shell, which } from './shell.mjs'

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Path of the browser for the tests, or undefined. */
export const chromium = () => process.env.PODWIRE_CHROMIUM ?? CHROMIUMS.map(which).find(Boolean)

/** [Debian package, whether what is needed of it is there] */
const LAB = [
  ['debootstrap', () => which('debootstrap')],
  ['debian-archive-keyring', () => existsSync('/usr/share/keyrings/debian-archive-keyring.gpg')],
  ['iproute2', () => which('ip')],
  ['mount', () => which('mount')],
  ['util-linux', () => ['unshare', 'nsenter', 'setpriv', 'flock'].every(which)],
]
const BROWSER = [
  ['chromium', chromium],
  ['fonts-dejavu-core', () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf')],
  ['fonts-noto-core', () => existsSync('/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf')],
]

const provided = new Map()

/** Makes sure of the programs of `what`, once; resolves to what is wrong, or null. */
export function provide(what) {
  if (!provided.has(what)) provided.set(what, provideNow(what))
  return provided.get(what)
}

async function provideNow(what) {
  const wanted = { lab: LAB, browser: [...LAB, ...BROWSER] }[what]
  const missing = () => wanted.filter(([, isThere]) => !isThere()).map(([name]) => name)
  let names = missing()
  if (names.length > 0 && process.getuid?.() === 0 && which('apt-get')) {
    const apt = (...args) => shell('apt-get', ['-qq', ...args], { DEBIAN_FRONTEND: 'noninteractive' })
    await apt('update')
    const { output } = await apt('install', '-y', '--no-install-recommends', ...names)
    names = missing()
    if (names.length > 0) return `apt-get could not install ${names.join(' ')}:\n${output}`
  }
  if (names.length > 0) {
    const line = `apt-get install --no-install-recommends ${names.join(' ')}`
    return `Missing: ${names.join(', ')}. On Debian or Ubuntu, as root: ${line}\nElsewhere, install what provides the same programs.`
  }
  return process.getuid?.() === 0
    ? null
    : 'Real Podman hosts are made of namespaces, and that needs root. Run: sudo npm test'
}

/** What keeps this machine from making hosts, or null. */
export async function mayUnshare() {
  const { code, output } = await shell('unshare', ['--mount', '--net', '--pid', '--fork', 'true'])
  if (code === 0) return null
  return `unshare is refused here (${output.trim()}). In a container, start it with --privileged, or run the tests on a machine of your own.`
}
