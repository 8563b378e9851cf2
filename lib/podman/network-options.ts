import { isIP } from 'node:net'
import * as z from 'zod'
import { networkArguments } from './create-command'
import { or } from './tolerant'
import type { UserModeNetworkOptions } from './types'

/**
 * A command line may hold secrets, so of everything that was passed to pasta or slirp4netns only words of this grammar
 * survive: known option names, with ports, addresses, interface names, numbers and the fixed keywords as values.
 */
type Mode = UserModeNetworkOptions['mode']

const isAddress = (value: string): boolean => isIP(value.replace(/%[\w.-]{1,15}$/, '')) !== 0

const isAddressOrPrefix = (value: string): boolean => isAddress(value.replace(/\/\d{1,3}$/, ''))

const isInterface = (value: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,14}$/.test(value)

const isNumber = (value: string): boolean => /^\d{1,6}$/.test(value)

/** One comma-free part of pasta's SPEC: "none", "auto", "22", "~10-20", "192.0.2.1%eth0/5", "22-80:32-90". */
const isPorts = (value: string): boolean => {
  const slash = value.lastIndexOf('/')
  if (slash !== -1 && !isAddress(value.slice(0, slash))) return false
  return /^(none|all|auto|~?\d{1,5}(-\d{1,5})?(:\d{1,5}(-\d{1,5})?)?)$/.test(value.slice(slash + 1))
}

const isAddressOrNone = (value: string): boolean => value === 'none' || isAddress(value)

/** Options of pasta that take a value, https://passt.top/builds/latest/web/passt.1.html */
const pastaValues: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['-t', isPorts],
  ['--tcp-ports', isPorts],
  ['-u', isPorts],
  ['--udp-ports', isPorts],
  ['-T', isPorts],
  ['--tcp-ns', isPorts],
  ['-U', isPorts],
  ['--udp-ns', isPorts],
  ['--map-host-loopback', isAddressOrNone],
  ['--map-guest-addr', isAddressOrNone],
  ['-a', isAddressOrPrefix],
  ['--address', isAddressOrPrefix],
  ['-n', isAddressOrNumber],
  ['--netmask', isAddressOrNumber],
  ['-g', isAddress],
  ['--gateway', isAddress],
  ['-i', isInterface],
  ['--interface', isInterface],
  ['-I', isInterface],
  ['--ns-ifname', isInterface],
  ['-o', isAddress],
  ['--outbound', isAddress],
  ['--outbound-if4', isInterface],
  ['--outbound-if6', isInterface],
  ['-D', isAddressOrNone],
  ['--dns', isAddressOrNone],
  ['--dns-forward', isAddressOrNone],
  ['--dns-host', isAddress],
  ['-m', isNumber],
  ['--mtu', isNumber],
])

function isAddressOrNumber(value: string): boolean {
  return isNumber(value) || isAddress(value)
}

const pastaFlags = new Set([
  // Podman's own word: it stands for not passing --no-map-gw.
  '--map-gw',
  '--no-map-gw',
  '--host-lo-to-ns-lo',
  '--freebind',
  '--no-tcp',
  '--no-udp',
  '--no-icmp',
  '--no-dhcp',
  '--no-dhcpv6',
  '--no-ndp',
  '--no-ra',
  '--no-splice',
  '--splice-only',
  '--config-net',
  '-4',
  '--ipv4-only',
  '-6',
  '--ipv6-only',
])

/** "-T" "5432" and "--tcp-ns=5432" and "-T5432" → the option and its value apart. */
const separated = (word: string): [option: string, value: string | null] => {
  if (word.startsWith('--')) {
    const at = word.indexOf('=')
    return at === -1 ? [word, null] : [word.slice(0, at), word.slice(at + 1)]
  }
  return word.length > 2 ? [word.slice(0, 2), word.slice(2)] : [word, null]
}

const portsFrom = (given: readonly string[], start: number): string[] => {
  const end = given.findIndex((word, at) => at >= start && !isPorts(word))
  return given.slice(start, end === -1 ? given.length : end)
}

const pastaWords = (given: readonly string[]): string[] => {
  const words: string[] = []
  for (let at = 0; at < given.length; at += 1) {
    const [option, attached] = separated(given[at] ?? '')
    if (attached === null && pastaFlags.has(option)) words.push(option)
    const fits = pastaValues.get(option)
    if (fits === undefined) continue
    const value = attached ?? given[at + 1]
    if (value === undefined || !fits(value)) continue
    words.push(option, value)
    if (attached === null) at += 1
    // Podman splits at commas, and so does a list of ports: what follows "-T 80" may be its next part.
    if (fits === isPorts) {
      const more = portsFrom(given, at + 1)
      words.push(...more)
      at += more.length
    }
  }
  return words
}

const isBoolean = (value: string): boolean => value === 'true' || value === 'false'

/** https://github.com/containers/podman/blob/v5.8.2/docs/source/markdown/options/network.md */
const slirpValues: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['allow_host_loopback', isBoolean],
  ['enable_ipv6', isBoolean],
  ['mtu', isNumber],
  ['cidr', isAddressOrPrefix],
  ['outbound_addr', (value: string) => isAddress(value) || isInterface(value)],
  ['outbound_addr6', (value: string) => isAddress(value) || isInterface(value)],
  ['port_handler', (value: string) => value === 'rootlesskit' || value === 'slirp4netns'],
])

const slirpWords = (given: readonly string[]): string[] =>
  given.filter(word => {
    const at = word.indexOf('=')
    return at !== -1 && (slirpValues.get(word.slice(0, at))?.(word.slice(at + 1)) ?? false)
  })

const wordsOf: Record<Mode, (given: readonly string[]) => string[]> = { pasta: pastaWords, slirp4netns: slirpWords }

const modes: readonly Mode[] = ['pasta', 'slirp4netns']

const optionsOf = (mode: Mode, given: readonly string[]): UserModeNetworkOptions | null => {
  const words = wordsOf[mode](given)
  return words.length === 0 ? null : { mode, words }
}

const modeOf = (network: string): Mode | null =>
  modes.find(mode => network === mode || network.startsWith(`${mode}:`)) ?? null

const givenIn = (mode: Mode, network: string): string[] => network.slice(mode.length + 1).split(',')

/**
 * The known option words of a container that has pasta or slirp4netns to itself, from its network mode
 * ("slirp4netns:opt=…") and from the command that made it; null when there are none, which is no proof that none were
 * given: containers made over the API have no command, and containers.conf adds options of its own.
 */
export const userModeOptions = (networkMode: string, argv: readonly string[]): UserModeNetworkOptions | null => {
  const mode = modeOf(networkMode)
  if (mode === null) return null
  const typed = networkArguments(argv).filter(network => modeOf(network) === mode)
  return optionsOf(
    mode,
    [networkMode, ...typed].flatMap(network => givenIn(mode, network)),
  )
}

/** A network mode without the option words that are not known. */
export const plainNetworkMode = (networkMode: string): string => {
  const mode = modeOf(networkMode)
  if (mode === null) return networkMode
  const words = wordsOf[mode](givenIn(mode, networkMode))
  return words.length === 0 ? mode : `${mode}:${words.join(',')}`
}

const givenToPod = z.object({ pasta: or(z.array(z.string()), []), slirp4netns: or(z.array(z.string()), []) })

/** `InfraConfig.NetworkOptions` of a pod: {"pasta": ["-T", "5432"]}. */
export const podNetworkOptions = or(givenToPod, null).transform(given => {
  if (given === null) return null
  return optionsOf('pasta', given.pasta) ?? optionsOf('slirp4netns', given.slirp4netns)
})
