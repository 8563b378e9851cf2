/** Facts about single processes, each from one small file below /proc. */
import type { Proc } from './proc'

const OWN_NETNS = '/proc/self/ns/net'

const inodeOf = (link: string): string | null => /^net:\[(\d+)\]$/.exec(link)?.[1] ?? null

/** Inode of Podwire's own network namespace; null where the kernel has none to show. */
export const ownNetns = (proc: Proc): string | null => {
  const link = proc.link(OWN_NETNS)
  return link.ok ? inodeOf(link.value) : null
}

/**
 * Inode of the network namespace that a process is in; null when it is gone or may not be asked.
 * ns/net needs ptrace rights. net/dev does not, and has an inode of its own in every namespace: equal to ours = ours.
 */
export function netnsOf(proc: Proc, pid: number): string | null {
  const link = proc.link(`/proc/${pid}/ns/net`)
  if (link.ok) return inodeOf(link.value)
  if (link.code !== 'EACCES' && link.code !== 'EPERM') return null
  const own = proc.identity('/proc/self/net/dev')
  const theirs = proc.identity(`/proc/${pid}/net/dev`)
  return own.ok && theirs.ok && own.value === theirs.value ? ownNetns(proc) : null
}

/** Command name, at most 15 characters; null when the process is gone. */
export const commandOf = (proc: Proc, pid: number): string | null => {
  const comm = proc.text(`/proc/${pid}/comm`)
  return comm.ok ? comm.value.trim() : null
}

/** Arguments; empty when gone, unreadable, or a kernel thread. */
export const argumentsOf = (proc: Proc, pid: number): string[] => {
  const cmdline = proc.text(`/proc/${pid}/cmdline`)
  return cmdline.ok ? cmdline.value.split('\0').slice(0, -1) : []
}

/**
 * The container among `ids` in whose cgroup a process is; null when it is in none of them. The innermost one counts, so a
 * container's own engine does not hide the container. Names: https://github.com/containers/podman/blob/v5.8.2/libpod/container_internal_linux.go
 * ("libpod-ID.scope", "libpod-ID", with split cgroups "libpod-payload-ID"); conmon's own are "libpod-conmon-ID" and do not match.
 */
function cgroupContainerOf(proc: Proc, pid: number, ids: ReadonlySet<string>): string | null {
  const cgroup = proc.text(`/proc/${pid}/cgroup`)
  if (!cgroup.ok) return null
  const named = [...cgroup.value.matchAll(/\/libpod-(?:payload-)?([0-9a-f]{64})(?:\.scope)?(?=\/|$)/gm)]
  return named.map(match => match[1] ?? '').findLast(id => ids.has(id)) ?? null
}

/**
 * The container among `ids` that a process is the monitor of. The id has 64 random hex digits, so naming one of them proves
 * that this kernel runs the engine's containers, which neither a pid nor an inode does (another machine may have equal ones).
 * A process inside a container may call itself conmon; its cgroup gives it away.
 */
export function monitorOf(proc: Proc, pid: number, ids: ReadonlySet<string>): string | null {
  if (commandOf(proc, pid) !== 'conmon') return null
  const words = argumentsOf(proc, pid)
  const id = words[words.indexOf('-c') + 1]
  if (id === undefined || !words.includes('-c') || !ids.has(id)) return null
  return cgroupContainerOf(proc, pid, ids) === null ? id : null
}

/** Null when the process is gone. */
export const parentOf = (proc: Proc, pid: number): number | null => {
  const status = proc.text(`/proc/${pid}/status`)
  const digits = status.ok ? /^PPid:\t(\d+)$/m.exec(status.value)?.[1] : undefined
  return digits === undefined ? null : Number(digits)
}

/** Deeper than any sane tree, and an end for one that changes while it is climbed. */
const MAX_DEPTH = 64

/**
 * The container among `ids` that a process belongs to: by its cgroup, or, where containers have none of their own (rootless
 * without delegation, --cgroups=disabled), by the monitor that it descends from. Null when it is in none of them.
 */
export function containerOf(proc: Proc, pid: number, ids: ReadonlySet<string>): string | null {
  const byCgroup = cgroupContainerOf(proc, pid, ids)
  if (byCgroup !== null) return byCgroup
  let at = parentOf(proc, pid)
  for (let depth = 0; at !== null && at > 1 && depth < MAX_DEPTH; depth++) {
    const monitored = monitorOf(proc, at, ids)
    if (monitored !== null) return monitored
    at = parentOf(proc, at)
  }
  return null
}

export const allPids = (proc: Proc): number[] => {
  const names = proc.list('/proc')
  return names.ok ? names.value.filter(name => /^\d+$/.test(name)).map(Number) : []
}

/** Hands the event loop back now and then: a machine with 1,000 containers has thousands of processes. */
export function createBreather(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < 5) return
    await new Promise(resolve => setImmediate(resolve))
    since = performance.now()
  }
}

/** Visits all items until one visit returns false, with pauses for others. */
export async function eachGently<T>(items: Iterable<T>, visit: (item: T) => boolean | void): Promise<void> {
  const breathe = createBreather()
  for (const item of items) {
    if (visit(item) === false) return
    await breathe()
  }
}
