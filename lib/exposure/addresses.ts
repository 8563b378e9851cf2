/** Addresses as values: two spellings of one address are equal. */
import ipaddr from 'ipaddr.js'

const PLAIN_IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/

/** One spelling per address; null when it is none. Takes an address or a CIDR, whose prefix it drops. */
export function canonical(text: string): string | null {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  // Podman and the kernel write IPv4 in this one way; a thousand containers need not be parsed for it.
  if (PLAIN_IPV4.test(address)) return address
  // Not ipaddr.isValid: like inet_aton it takes "1.2.3" for an address.
  return ipaddr.IPv6.isValid(address) ? ipaddr.process(address).toString() : null
}

/** True for a subnet inside 2000::/3, the addresses of the Internet. */
export function isGlobalIpv6(cidr: string): boolean {
  const [address = ''] = cidr.split('/')
  if (!ipaddr.IPv6.isValid(address)) return false
  const [first = 0] = ipaddr.IPv6.parse(address).parts
  return (first & 0xe0_00) === 0x20_00
}
