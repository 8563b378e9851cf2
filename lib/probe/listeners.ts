/** Listening sockets per network namespace, read through any process that is in it. */
import type { ByteOrder } from './address'
import { known, unknown } from './facts'
import type { HolderIndex } from './holders'
import type { Proc } from './proc'
import { parseSocketCounts, parseSocketTable, type SocketCounts, type SocketRow } from './sockets'
import type { Known, ProbeListener } from './types'

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'] as const
const SOURCE = '/proc/PID/net/{tcp,tcp6,udp,udp6}'

interface Remembered {
  counts: string
  rows: SocketRow[]
  readAt: number
}

export interface NamespaceReader {
  /**
   * Listeners of the namespace that process `pid` is in. `maxAgeMs`: how old rows may be when the number of sockets is the
   * same as then; 0 reads the tables anew. `pidsIn` names the processes to search for holders.
   */
  read(request: {
    netns: string
    pid: number | 'self'
    maxAgeMs: number
    pidsIn: () => Promise<readonly number[]>
    ids: ReadonlySet<string>
  }): Promise<Known<readonly ProbeListener[]>>
  /** Forgets all namespaces but these. */
  keepOnly(netns: ReadonlySet<string>): void
}

export function createNamespaceReader(
  proc: Proc,
  order: ByteOrder,
  holders: HolderIndex,
  now: () => number,
): NamespaceReader {
  const remembered = new Map<string, Remembered>()

  async function readRows(pid: number | 'self', counts: SocketCounts): Promise<SocketRow[] | string> {
    const rows: SocketRow[] = []
    for (const table of TABLES) {
      // Null is not zero: a kernel that does not count may still have sockets.
      if (counts[table] === 0) continue
      const text = await proc.slowText(`/proc/${pid}/net/${table}`)
      if (text.ok) rows.push(...parseSocketTable(text.value, table.startsWith('tcp') ? 'tcp' : 'udp', order))
      else if (!(text.code === 'ENOENT' && table.endsWith('6'))) return text.code
    }
    return rows
  }

  return {
    async read({ netns, pid, maxAgeMs, pidsIn, ids }) {
      const sockstat = proc.text(`/proc/${pid}/net/sockstat`)
      const sockstat6 = proc.text(`/proc/${pid}/net/sockstat6`)
      const counts = parseSocketCounts(sockstat.ok ? sockstat.value : '', sockstat6.ok ? sockstat6.value : '')
      const signature = JSON.stringify(counts)
      const last = remembered.get(netns)
      let rows = last?.rows
      if (last === undefined || rows === undefined || last.counts !== signature || now() - last.readAt >= maxAgeMs) {
        const fresh = await readRows(pid, counts)
        if (typeof fresh === 'string')
          return unknown(`the socket tables of namespace ${netns} could not be read (${fresh})`)
        rows = fresh
        remembered.set(netns, { counts: signature, rows, readAt: now() })
      }
      if (rows.length === 0) return known([], SOURCE)
      const inodes = rows.map(row => row.inode)
      const heldBy = await holders.find(inodes, pidsIn, ids)
      return known(toListeners(rows, heldBy), SOURCE)
    },
    keepOnly(netns) {
      for (const inode of remembered.keys()) if (!netns.has(inode)) remembered.delete(inode)
    },
  }
}

/** One entry per address, port, protocol and holder (SO_REUSEPORT makes several sockets of one), sorted. */
export function toListeners(
  rows: readonly SocketRow[],
  heldBy: ReadonlyMap<string, { process: string | null; containerId: string | null }>,
): ProbeListener[] {
  const distinct = new Map<string, ProbeListener>()
  for (const { address, port, protocol, inode } of rows) {
    const holder = heldBy.get(inode)
    const listener = {
      address,
      port,
      protocol,
      containerId: holder?.containerId ?? null,
      process: holder?.process ?? null,
    }
    distinct.set(Object.values(listener).join(' '), listener)
  }
  const byKey = [...distinct].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, listener]) => listener)
  return byKey.toSorted((a, b) => a.port - b.port)
}
