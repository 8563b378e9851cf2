/**
 * Who asks, and whether the way was encrypted: as the socket says. Headers that say otherwise are believed only of proxies that
 * were named in PODWIRE_TRUSTED_PROXIES, because everybody else can send them too.
 */
import ipaddr from 'ipaddr.js'
import { headerValues } from './raw-headers'

export interface Peer {
  /** Whom to slow down, and who stands in the log. Plain, IPv4-mapped addresses as IPv4. */
  address: string
  /** What the browser sent was encrypted. */
  secure: boolean
}

/** Addresses from `network` on, `bits` of which count. */
export interface AddressRange {
  network: ipaddr.IPv4 | ipaddr.IPv6
  bits: number
}

/** "192.0.2.1", "10.0.0.0/8", "fd00::/8"; null for anything else. */
export function parseRange(text: string): AddressRange | null {
  const [address = '', length, more] = text.split('/')
  if (more !== undefined || !isAddress(address)) return null
  const network = ipaddr.parse(address)
  const most = network.kind() === 'ipv4' ? 32 : 128
  if (length === undefined) return { network, bits: most }
  return /^\d{1,3}$/.test(length) && Number(length) <= most ? { network, bits: Number(length) } : null
}

const isAddress = (text: string) => ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)

const isWithin = (address: string, ranges: readonly AddressRange[]): boolean => {
  if (!isAddress(address)) return false
  const parsed = ipaddr.process(address)
  return ranges.some(({ network, bits }) => network.kind() === parsed.kind() && parsed.match(network, bits))
}

/** As `process` spells it; a port or brackets that some proxies add are left out. null when it is no address. */
function addressIn(entry: string): string | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry
  return isAddress(bare) ? ipaddr.process(bare).toString() : null
}

/**
 * @param socket what is known of the connection itself
 * @param trusted proxies whose X-Forwarded-For and X-Forwarded-Proto count; X-Forwarded-Host is read of nobody
 */
export function peerOf(
  socket: { remoteAddress: string | undefined; encrypted: boolean },
  rawHeaders: readonly string[],
  trusted: readonly AddressRange[],
): Peer {
  const direct = addressIn(socket.remoteAddress ?? '') ?? ''
  if (!isWithin(direct, trusted)) return { address: direct, secure: socket.encrypted }
  // Each hop adds the one before it at the end: only what a trusted one added is true.
  let address = direct
  const hops = headerValues(rawHeaders, 'x-forwarded-for').flatMap(value => value.split(','))
  for (const hop of hops.toReversed()) {
    const earlier = addressIn(hop.trim())
    if (earlier === null) break
    address = earlier
    if (!isWithin(earlier, trusted)) break
  }
  const protocols = headerValues(rawHeaders, 'x-forwarded-proto')
  return { address, secure: socket.encrypted || (protocols.length === 1 && protocols[0]?.toLowerCase() === 'https') }
}
