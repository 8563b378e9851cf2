import ipaddr from 'ipaddr.js'

/** Byte order of this machine as /proc/net prints its 32-bit words; every recording so far is little-endian. */
export type ByteOrder = 'LE' | 'BE'

const bytesOf = (hex: string, order: ByteOrder): number[] => {
  const words = hex.match(/.{8}/g) ?? []
  return words.flatMap(word => {
    const bytes = (word.match(/../g) ?? []).map(byte => Number.parseInt(byte, 16))
    return order === 'LE' ? bytes.reverse() : bytes
  })
}

/**
 * An address as /proc/net/{tcp,udp,route} print it: 32-bit words in the machine's byte order, 8 or 32 hex digits.
 * IPv4-mapped IPv6 addresses come back as IPv4, because that is where they are reached. Null when it is no address.
 * https://github.com/torvalds/linux/blob/v6.12/net/ipv6/tcp_ipv6.c
 */
export const addressOfWords = (hex: string, order: ByteOrder): string | null =>
  /^(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{32})$/.test(hex) ? textOf(bytesOf(hex, order)) : null

/** An address as /proc/net/{if_inet6,ipv6_route} print it: 32 hex digits in network order. Null when it is none. */
export const addressOfBytes = (hex: string): string | null =>
  /^[0-9A-Fa-f]{32}$/.test(hex) ? textOf(bytesOf(hex, 'BE')) : null

const textOf = (bytes: number[]): string => {
  const address = ipaddr.fromByteArray(bytes)
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) return address.toIPv4Address().toString()
  return address.toString()
}
