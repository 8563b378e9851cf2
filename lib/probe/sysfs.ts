/** Interfaces and routes of Podwire's own namespace where there is no iproute2 (slim container images). */
import type { NetworkInterfaceInfo } from 'node:os'
import { addressOfBytes, addressOfWords, type ByteOrder } from './address'
import type { Proc } from './proc'
import type { InterfaceKind, ProbeInterface, ProbeRoute } from './types'

const NET = '/sys/class/net'
// https://github.com/torvalds/linux/blob/v6.12/include/uapi/linux/if_arp.h
const ARPHRD_ETHER = '1'
const ARPHRD_INFINIBAND = '32'
const ARPHRD_LOOPBACK = '772'
// https://github.com/torvalds/linux/blob/v6.12/include/uapi/linux/if_tun.h
const IFF_TAP = 0x2

const kindOfDevtype: ReadonlyMap<string, InterfaceKind> = new Map<string, InterfaceKind>([
  ['bridge', 'bridge'],
  ['vlan', 'vlan'],
  ['macvlan', 'macvlan'],
  ['ipvlan', 'ipvlan'],
])

function kindOf(proc: Proc, name: string): InterfaceKind {
  const read = (file: string): string | null => {
    const text = proc.text(`${NET}/${name}/${file}`)
    return text.ok ? text.value.trim() : null
  }
  const type = read('type')
  if (type === ARPHRD_LOOPBACK) return 'loopback'
  const devtype = /^DEVTYPE=(.*)$/m.exec(read('uevent') ?? '')?.[1]
  const named = devtype === undefined ? undefined : kindOfDevtype.get(devtype)
  if (named !== undefined) return named
  const tun = read('tun_flags')
  if (tun !== null) return (Number(tun) & IFF_TAP) === 0 ? 'other' : 'tap'
  if (proc.link(`${NET}/${name}/device`).ok) {
    return type === ARPHRD_ETHER || type === ARPHRD_INFINIBAND ? 'physical' : 'other'
  }
  // Of the virtual Ethernet devices without a devtype, only veth has a link, which is its peer.
  const isLinked = read('iflink') !== read('ifindex')
  return type === ARPHRD_ETHER && devtype === undefined && isLinked ? 'veth' : 'other'
}

/**
 * Interfaces by sysfs, addresses by getifaddrs (`addressesOf` = os.networkInterfaces(), which leaves out addresses of
 * interfaces without carrier). Null when /sys shows another namespace than ours: it belongs to whoever mounted it.
 */
export function readSysfsInterfaces(
  proc: Proc,
  addressesOf: NodeJS.Dict<NetworkInterfaceInfo[]>,
): ProbeInterface[] | null {
  const listed = proc.list(NET)
  const devices = proc.text('/proc/self/net/dev')
  if (!listed.ok || !devices.ok) return null
  const names = listed.value.filter(name => proc.text(`${NET}/${name}/ifindex`).ok).toSorted()
  const own = [...devices.value.matchAll(/^ *([^\s:]+):/gm)].map(match => match[1] ?? '').toSorted()
  if (names.join('\n') !== own.join('\n')) return null

  return names.map(name => {
    const read = (file: string): string => {
      const text = proc.text(`${NET}/${name}/${file}`)
      return text.ok ? text.value.trim() : ''
    }
    const master = proc.link(`${NET}/${name}/master`)
    const entries = proc.list(`${NET}/${name}`)
    // A bridge and a bond have lower_ links as well, to their ports; theirs is no parent.
    const lower = (entries.ok ? entries.value : []).filter(entry => entry.startsWith('lower_'))
    const kind = kindOf(proc, name)
    const hasParent = kind === 'vlan' || kind === 'macvlan' || kind === 'ipvlan'
    return {
      name,
      index: Number(read('ifindex')),
      kind,
      mac: read('address') || null,
      mtu: Number(read('mtu')) || null,
      addresses: (addressesOf[name] ?? []).flatMap(address => address.cidr ?? []),
      up: (Number(read('flags')) & 1) === 1,
      master: master.ok ? (master.value.split('/').at(-1) ?? null) : null,
      parent: hasParent && lower.length === 1 ? (lower[0]?.slice('lower_'.length) ?? null) : null,
    }
  })
}

// https://github.com/torvalds/linux/blob/v6.12/include/uapi/linux/route.h and ipv6_route.h
const RTF_UP = 0x1
const RTF_REJECT = 0x200
const RTF_LOCAL = 0x80000000

export const leadsSomewhere = (flags: string): boolean => {
  const bits = Number.parseInt(flags, 16)
  // Bitwise operators are 32-bit signed; the local flag is the sign bit.
  return (bits & RTF_UP) !== 0 && (bits & RTF_REJECT) === 0 && bits < RTF_LOCAL
}

/** Reads /proc/net/route. */
export const parseRouteTable = (text: string, order: ByteOrder): ProbeRoute[] =>
  text.split('\n').flatMap(line => {
    const [name, destination, gateway, flags, , , , mask] = line.split(/\s+/)
    if (destination === undefined || gateway === undefined || flags === undefined || mask === undefined) return []
    const address = addressOfWords(destination, order)
    const hop = addressOfWords(gateway, order)
    if (address === null || !leadsSomewhere(flags)) return []
    const length = Number.parseInt(mask, 16).toString(2).replaceAll('0', '').length
    return [{ destination: `${address}/${length}`, gateway: hop === '0.0.0.0' ? null : hop, interface: name ?? null }]
  })

/** Reads /proc/net/ipv6_route; multicast and the local table are left out, as `ip -6 route` does. */
export const parseRouteTable6 = (text: string): ProbeRoute[] =>
  text.split('\n').flatMap(line => {
    const [destination, length, , , gateway, , , , flags, name] = line.trim().split(/\s+/)
    if (destination === undefined || length === undefined || gateway === undefined || flags === undefined) return []
    const address = addressOfBytes(destination)
    const hop = addressOfBytes(gateway)
    if (address === null || !leadsSomewhere(flags) || destination.startsWith('ff')) return []
    return [
      {
        destination: `${address}/${Number.parseInt(length, 16)}`,
        gateway: hop === '::' ? null : hop,
        interface: name ?? null,
      },
    ]
  })
