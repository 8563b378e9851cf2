/** A /proc of one's own, for tests. */
import type { Proc, Read } from './proc'

export interface FakeProcess {
  comm: string
  netns: string
  args?: readonly string[]
  cgroup?: string
  /** Sockets that it holds, by inode. */
  sockets?: readonly string[]
  userns?: string
  parent?: number
  /** Texts below /proc/PID/net. */
  net?: Readonly<Record<string, string>>
  /** Files as seen from its root, path → identity. */
  root?: Readonly<Record<string, string>>
  /** Like another user's process: ns and fd may not be looked into. */
  isForeign?: boolean
}

export interface FakeTree {
  ownNetns?: string
  isRoot?: boolean
  processes?: Readonly<Record<number, FakeProcess>>
  /** Further files: path → text. */
  files?: Readonly<Record<string, string>>
  links?: Readonly<Record<string, string>>
  identities?: Readonly<Record<string, string>>
}

const EMPTY_SOCKSTAT = 'sockets: used 3\nTCP: inuse 0 orphan 0 tw 0 alloc 0 mem 0\nUDP: inuse 0 mem 0\n'

/** `reads` collects every path that was asked for, in order. */
export function fakeProc(tree: FakeTree): Proc & { reads: string[] } {
  const files = new Map(Object.entries(tree.files ?? {}))
  const links = new Map(Object.entries(tree.links ?? {}))
  const identities = new Map(Object.entries(tree.identities ?? {}))
  const denied: string[] = []
  const reads: string[] = []
  const own = tree.ownNetns ?? '1'
  links.set('/proc/self/ns/net', `net:[${own}]`)
  identities.set('/proc/self/net/dev', `proc:${own}`)

  for (const [pid, process] of Object.entries(tree.processes ?? {})) {
    const base = `/proc/${pid}`
    files.set(`${base}/comm`, `${process.comm}\n`)
    files.set(`${base}/cmdline`, (process.args ?? []).map(word => `${word}\0`).join(''))
    files.set(`${base}/cgroup`, process.cgroup ?? '0::/init.scope\n')
    files.set(`${base}/status`, `Name:\t${process.comm}\nPPid:\t${process.parent ?? 1}\n`)
    links.set(`${base}/ns/net`, `net:[${process.netns}]`)
    links.set(`${base}/ns/user`, `user:[${process.userns ?? 'init'}]`)
    identities.set(`${base}/net/dev`, `proc:${process.netns}`)
    files.set(`${base}/net/sockstat`, EMPTY_SOCKSTAT)
    for (const [name, text] of Object.entries(process.net ?? {})) files.set(`${base}/net/${name}`, text)
    for (const [path, identity] of Object.entries(process.root ?? {})) identities.set(`${base}/root${path}`, identity)
    for (const [index, inode] of (process.sockets ?? []).entries())
      links.set(`${base}/fd/${index + 3}`, `socket:[${inode}]`)
    if (process.isForeign === true) denied.push(`${base}/ns/`, `${base}/fd`, `${base}/root`)
  }

  const get = <T>(found: T | undefined, path: string): Read<T> => {
    reads.push(path)
    if (denied.some(prefix => path.startsWith(prefix))) return { ok: false, code: 'EACCES' }
    return found === undefined ? { ok: false, code: 'ENOENT' } : { ok: true, value: found }
  }
  const children = (path: string): string[] | undefined => {
    const names = new Set<string>()
    for (const key of [...files.keys(), ...links.keys(), ...identities.keys()]) {
      if (key.startsWith(`${path}/`)) names.add(key.slice(path.length + 1).split('/')[0] ?? '')
    }
    return names.size === 0 ? undefined : [...names]
  }

  return {
    reads,
    isRoot: tree.isRoot ?? true,
    text: path => get(files.get(path), path),
    slowText: path => Promise.resolve(get(files.get(path), path)),
    list: path => get(children(path), path),
    link: path => get(links.get(path), path),
    identity: path => get(identities.get(path), path),
  }
}

/** A line of /proc/net/tcp or udp. `local` and `remote` as the kernel prints them, "0100007F:1F90". */
export const socketLine = (local: string, inode: string, state = '0A', remote = '00000000:0000') =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000000008188f4b 100 0 0 10 0\n`

export const SOCKET_HEADER =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
