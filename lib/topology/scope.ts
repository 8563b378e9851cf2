/** How wide a published port's host address opens. Addresses are parsed, never compared as text. */
import ipaddr from 'ipaddr.js'
import type { BindScope } from './types'

export interface BindAddress {
  scope: BindScope
  /** The family that netavark's rules match; null for "" (both). */
  family: 'ipv4' | 'ipv6' | null
  /** Canonical text; null for wildcards and what is no address. */
  address: string | null
  /** Why the scope is not certain; null when it is. */
  doubt: string | null
}

/** ipaddr.js's names of ranges that never reach the internet. */
const PRIVATE = new Set(['private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'])

/**
 * Reads the host address of a mapping as Podman lists it ("" = unset). What is no address counts as public: a name or a short
 * form such as "127.1" must not pass for loopback.
 */
export function readBindAddress(hostIp: string): BindAddress {
  if (hostIp === '') return { scope: 'wildcard', family: null, address: null, doubt: null }
  const text = hostIp.startsWith('[') && hostIp.endsWith(']') ? hostIp.slice(1, -1) : hostIp
  // Strict on purpose: ipaddr.js and inet_aton also take "127.1", "0x7f000001" and "2130706433".
  // ipaddr.js takes "::127.0.0.1" for the mapped 127.0.0.1, the kernel does not.
  const parsed = ipaddr.IPv4.isValidFourPartDecimal(text)
    ? ipaddr.IPv4.parse(text)
    : ipaddr.IPv6.isValid(text) && !/^::\d+\./.test(text)
      ? ipaddr.IPv6.parse(text)
      : null
  if (parsed === null)
    return { scope: 'public', family: null, address: null, doubt: `"${hostIp}" is no IP address that is understood` }
  const family = parsed.kind()
  const plain = parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() ? parsed.toIPv4Address() : parsed
  const range = plain.range()
  if (plain.toByteArray().every(byte => byte === 0)) return { scope: 'wildcard', family, address: null, doubt: null }
  const scope = range === 'loopback' ? 'loopback' : PRIVATE.has(range) ? 'private' : 'public'
  return { scope, family, address: parsed.toString(), doubt: null }
}

/** One spelling for every address; what is none stays as it is. */
export const canonical = (address: string): string => readBindAddress(address).address ?? address
