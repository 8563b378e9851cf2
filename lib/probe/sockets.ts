/** Readers for the socket tables of /proc/PID/net. Pure: text in, rows out; a line that is not understood is left out. */
import { addressOfWords, type ByteOrder } from './address'

/** A socket that accepts (tcp) or is bound without a peer (udp). */
export interface SocketRow {
  address: string
  port: number
  protocol: 'tcp' | 'udp'
  /** Inode of the socket; what /proc/PID/fd links name as "socket:[…]". */
  inode: string
}

// https://github.com/torvalds/linux/blob/v6.12/include/net/tcp_states.h
const TCP_LISTEN = '0A'

/** Rows of /proc/net/{tcp,tcp6,udp,udp6}; connected sockets are left out. */
export function parseSocketTable(text: string, protocol: 'tcp' | 'udp', order: ByteOrder): SocketRow[] {
  const rows: SocketRow[] = []
  for (const line of text.split('\n')) {
    const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/)
    if (local === undefined || remote === undefined || inode === undefined || !/^\d+$/.test(inode)) continue
    const [hex, portHex] = local.split(':')
    if (hex === undefined || portHex === undefined) continue
    const waits = protocol === 'tcp' ? state === TCP_LISTEN : /^0+:0000$/.test(remote)
    const address = waits ? addressOfWords(hex, order) : null
    const port = Number.parseInt(portHex, 16)
    if (address !== null && port > 0 && port <= 65_535) rows.push({ address, port, protocol, inode })
  }
  return rows
}

/** Sockets in use in a namespace, by family; null for a family the text does not name. */
export interface SocketCounts {
  tcp: number | null
  tcp6: number | null
  udp: number | null
  udp6: number | null
}

/**
 * Counts of /proc/net/sockstat and sockstat6. Cheap, unlike the tables: reading /proc/net/tcp walks the hash table of all
 * namespaces (5 ms on a machine of 24 GB), so it is read only where there is a socket at all.
 */
export function parseSocketCounts(sockstat: string, sockstat6: string): SocketCounts {
  const inUse = (text: string, label: string): number | null => {
    const digits = new RegExp(`^${label}: inuse (\\d+)`, 'm').exec(text)?.[1]
    return digits === undefined ? null : Number(digits)
  }
  return {
    tcp: inUse(sockstat, 'TCP'),
    udp: inUse(sockstat, 'UDP'),
    tcp6: inUse(sockstat6, 'TCP6'),
    udp6: inUse(sockstat6, 'UDP6'),
  }
}

/** Listening sockets with a path in /proc/net/unix, as inode → path in the mount namespace of whoever bound it. */
export function parseListeningUnixSockets(text: string): Map<string, string> {
  // Num: RefCount Protocol Flags Type St Inode Path; 00010000 = __SO_ACCEPTCON
  // https://github.com/torvalds/linux/blob/v6.12/net/unix/af_unix.c
  const found = new Map<string, string>()
  for (const line of text.split('\n')) {
    const match = /^\S+: \S+ \S+ 00010000 \S+ \S+ +(\d+) (\/.*)$/.exec(line)
    if (match?.[1] !== undefined && match[2] !== undefined) found.set(match[1], match[2])
  }
  return found
}
