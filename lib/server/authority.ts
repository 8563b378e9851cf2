/**
 * Which names this server answers to. A page of another site can make a browser send requests here under a name of its own
 * (DNS rebinding); the Host header is what gives it away, so it is compared with a list, never with other headers.
 */
import ipaddr from 'ipaddr.js'

export interface Authority {
  /** Lower case; IPv6 without brackets, in its shortest form. */
  host: string
  /** null when the text has none: the scheme's default port. */
  port: number | null
}

/** An entry of PODWIRE_HOSTS. Without a port it stands for the name with our own port, or with none (a proxy on 80 or 443). */
export type AllowedHost = Authority

const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`)

/**
 * Reads "name", "name:port", "192.0.2.1:80", "[::1]:80". null for anything else, also for what a resolver would take for a
 * number: "2130706433", "0x7f.1" and "127.1" are 127.0.0.1 to some and a name to others.
 */
export function parseAuthority(text: string): Authority | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text.toLowerCase())
  if (!match) return null
  const [, bracketed, plain, digits] = match
  const port = digits === undefined ? null : Number(digits)
  if (port !== null && (port < 1 || port > 65_535)) return null
  if (bracketed !== undefined)
    return ipaddr.IPv6.isValid(bracketed) ? { host: normaliseAddress(bracketed), port } : null
  if (plain === undefined) return null
  if (ipaddr.IPv4.isValidFourPartDecimal(plain)) return { host: plain, port }
  const host = plain.endsWith('.') ? plain.slice(0, -1) : plain
  // https://url.spec.whatwg.org/#ends-in-a-number-checker
  const last = host.slice(host.lastIndexOf('.') + 1)
  if (host.length > 253 || !NAME.test(host) || /^(?:\d+|0x[0-9a-f]*)$/.test(last)) return null
  return { host, port }
}

/** One spelling per address: IPv4-mapped ones as IPv4, IPv6 in its shortest form, no zone. */
function normaliseAddress(address: string): string {
  const plain = address.replace(/%.*$/, '')
  return ipaddr.isValid(plain) ? ipaddr.process(plain).toString() : plain
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '::1'])

/**
 * Whether a request under this name is meant for us.
 * @param ownPort the port that we listen on
 * @param localAddress the address that the connection came in on: naming it literally proves that no name was rebound
 * @param secure whether the scheme is https, which decides the port that goes without saying
 */
export function isAllowedHost(
  authority: Authority,
  extraHosts: readonly AllowedHost[],
  ownPort: number,
  localAddress: string | undefined,
  secure = false,
): boolean {
  // Without a port the scheme's default counts, and only a listed name may stand behind a proxy that hides ours.
  const atOwnPort = authority.port === ownPort || (authority.port === null && ownPort === (secure ? 443 : 80))
  if (atOwnPort && LOOPBACK_NAMES.has(authority.host)) return true
  if (atOwnPort && localAddress !== undefined && authority.host === normaliseAddress(localAddress)) return true
  return extraHosts.some(
    extra =>
      extra.host === authority.host &&
      (extra.port === null ? authority.port === null || authority.port === ownPort : authority.port === extra.port),
  )
}
