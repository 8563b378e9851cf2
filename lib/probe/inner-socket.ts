/** A socket file below the root of another process, held open: what was looked at is what is dialled, whatever happens to its path. */
import { constants } from 'node:fs'
import { type FileHandle, open, readlink } from 'node:fs/promises'

export interface PinnedSocket {
  /** Leads to this very file for as long as it is not closed. */
  path: string
  /** "device:inode" */
  identity: string
  uid: number
  close(): Promise<void>
}

export type Pinning = { ok: true; socket: PinnedSocket } | { ok: false; because: string }

/** open(2): only the place is opened, so that neither a socket nor a pipe is woken. Node has no name for it. */
const O_PATH = 0o10000000
/** Links on the way; the kernel's own bound. */
const MAX_LINKS = 40
/** Names on the way, those of links included. */
const MAX_NAMES = 256

const namesOf = (path: string): string[] => path.split('/').filter(name => name !== '' && name !== '.')

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : 'EIO'

/**
 * Opens the socket that a process with this root finds at `path`. Each name is opened in the folder that is held already and
 * never followed by the kernel; links are followed here, from `root` where they are absolute, so that nothing outside of it can
 * be reached: what openat2(2) calls RESOLVE_IN_ROOT. `root` is a folder, "/proc/PID/root"; `proof` is asked once it is held,
 * and says whether it is still the wanted one.
 */
export async function pinSocket(root: string, path: string, proof: () => boolean = () => true): Promise<Pinning> {
  const held: FileHandle[] = []
  let socket: FileHandle | null = null
  try {
    held.push(await open(root, O_PATH | constants.O_DIRECTORY))
    if (!proof()) return { ok: false, because: 'its first process ended while it was looked at' }
    const found = await walk(held, namesOf(path))
    if (typeof found === 'string') return { ok: false, because: `${path} ${found}` }
    const { uid, dev, ino } = await found.stat({ bigint: true })
    socket = found
    return {
      ok: true,
      socket: {
        path: `/proc/self/fd/${found.fd}`,
        identity: `${dev}:${ino}`,
        uid: Number(uid),
        close: () => found.close().catch(() => {}),
      },
    }
  } catch (thrown) {
    return { ok: false, because: `${path} cannot be opened (${codeOf(thrown)})` }
  } finally {
    for (const one of held) if (one !== socket) await one.close().catch(() => {})
  }
}

/** The socket at the end; everything that was opened is in `held`, the folders from the root to where it stands first. */
async function walk(held: FileHandle[], names: string[]): Promise<FileHandle | string> {
  const [root] = held
  if (root === undefined) return 'has no root'
  let folders = [root]
  let links = 0
  let steps = 0
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    steps += 1
    if (steps > MAX_NAMES) return 'is too long'
    if (name === '..') {
      if (folders.length > 1) folders.pop()
      continue
    }
    const place = `/proc/self/fd/${(folders.at(-1) ?? root).fd}/${name}`
    const next = await open(place, O_PATH | constants.O_NOFOLLOW)
    held.push(next)
    const facts = await next.stat()
    if (facts.isSymbolicLink()) {
      links += 1
      if (links > MAX_LINKS) return 'leads through too many links'
      const target = await readlink(place)
      if (target.startsWith('/')) folders = [root]
      names.unshift(...namesOf(target))
    } else if (facts.isDirectory()) folders.push(next)
    else if (names.length > 0) return 'leads through what is no folder'
    else return facts.isSocket() ? next : 'is no socket'
  }
  return 'is no socket'
}
