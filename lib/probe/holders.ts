/** Which process holds a listening socket: socket inode → /proc/PID/fd → command and container. */
import { allPids, commandOf, containerOf, eachGently } from './processes'
import type { Proc } from './proc'

interface Holder {
  process: string | null
  containerId: string | null
}

interface Found extends Holder {
  /** Link below /proc that showed it; still the same = still the holder. */
  descriptor: string
}

/** Sockets of which nobody, or only systemd, was found to be the holder are looked for again after so many reads. */
const RETRY_EVERY = 8

/** passt chooses among builds of itself for the CPU: https://passt.top/passt/tree/arch.c */
const plainName = (command: string | null): string | null => command?.replace(/\.avx2$/, '') ?? null

export interface HolderIndex {
  /**
   * The holders of `inodes`. `likely` names the processes of the sockets' namespace and is asked only when there is
   * something to look for; then come all others: rootlessport and pasta hold sockets of a namespace that they have left,
   * and systemd hands a host's sockets to containers. Inodes that nobody readable holds are missing.
   */
  find(
    inodes: readonly string[],
    likely: () => Promise<readonly number[]>,
    ids: ReadonlySet<string>,
  ): Promise<Map<string, Holder>>
}

/** Remembers between reads who holds what; only sockets that are new cost a look through the processes. */
export function createHolderIndex(proc: Proc): HolderIndex {
  const remembered = new Map<string, Found>()
  const unsettled = new Map<string, number>()

  const isSettled = (inode: string): boolean => {
    const found = remembered.get(inode)
    if (found === undefined) return false
    const link = proc.link(found.descriptor)
    if (link.ok && link.value === `socket:[${inode}]`) return !isSecondHand(found)
    remembered.delete(inode)
    return false
  }

  async function search(wanted: ReadonlySet<string>, likely: readonly number[], ids: ReadonlySet<string>) {
    const open = new Set(wanted)
    const visit = (pid: number) => {
      const descriptors = proc.list(`/proc/${pid}/fd`)
      for (const name of descriptors.ok ? descriptors.value : []) {
        const descriptor = `/proc/${pid}/fd/${name}`
        const link = proc.link(descriptor)
        const inode = link.ok ? /^socket:\[(\d+)\]$/.exec(link.value)?.[1] : undefined
        if (inode === undefined || !wanted.has(inode)) continue
        const process = plainName(commandOf(proc, pid))
        const found = { descriptor, process, containerId: containerOf(proc, pid, ids) }
        const former = remembered.get(inode)
        if (former === undefined || isBetter(found, former)) remembered.set(inode, found)
        if (!isSecondHand(found)) open.delete(inode)
      }
      return open.size > 0
    }
    // Sockets that are new are mostly held by processes that are new.
    await eachGently(
      likely.toSorted((a, b) => b - a),
      visit,
    )
    const seen = new Set(likely)
    if (open.size > 0)
      await eachGently(
        allPids(proc)
          .filter(pid => !seen.has(pid))
          .toReversed(),
        visit,
      )
  }

  return {
    async find(inodes, likely, ids) {
      const wanted = new Set(
        inodes.filter(inode => {
          if (isSettled(inode)) return false
          const misses = unsettled.get(inode) ?? 0
          unsettled.set(inode, misses + 1)
          return misses % RETRY_EVERY === 0
        }),
      )
      if (wanted.size > 0) await search(wanted, await likely(), ids)
      const result = new Map<string, Holder>()
      for (const inode of inodes) {
        const found = remembered.get(inode)
        if (found === undefined) continue
        if (!isSecondHand(found)) unsettled.delete(inode)
        result.set(inode, { process: found.process, containerId: found.containerId })
      }
      if (unsettled.size > 10_000) unsettled.clear()
      if (remembered.size > 50_000) remembered.clear()
      return result
    },
  }
}

/** systemd holds the sockets of services too: it is the answer only when no service is found. */
const isSecondHand = (found: Found) => found.process === 'systemd' && found.containerId === null

const isBetter = (candidate: Found, former: Found): boolean => {
  const rank = (found: Found) => (found.containerId !== null ? 2 : isSecondHand(found) ? 0 : 1)
  return rank(candidate) > rank(former)
}
