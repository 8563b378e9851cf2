/**
 * Which network namespace is the host of an engine. Proven or unknown, never guessed: the dialled socket may be forwarded
 * by ssh or a virtual machine, whose containers can have the very pids and inodes of processes here.
 */
import { allPids, argumentsOf, commandOf, eachGently, monitorOf, netnsOf, ownNetns } from './processes'
import type { Proc } from './proc'
import { parseListeningUnixSockets } from './sockets'
import type { ProbeInput } from './types'

export type HostProof =
  | {
      proven: true
      netns: string
      /** A process in it, checked. */
      pid: number | 'self'
      /** The process that showed it: one of the engine's own. */
      witness: number | 'self'
    }
  | { proven: false; because: string }

/** Finds the host's namespace by the first of three proofs that holds. `last` is checked before anything is searched. */
export async function proveHostNamespace(proc: Proc, input: ProbeInput, last: HostProof | null): Promise<HostProof> {
  const ids = new Set(input.containers.map(container => container.id))
  // What the engine says of host-mode containers may only contradict: inodes repeat across machines.
  const listed = new Set(input.containers.flatMap(c => (c.networkMode === 'host' && c.netns !== null ? [c.netns] : [])))
  const agrees = (netns: string) => listed.size === 0 || (listed.size === 1 && listed.has(netns))

  if (last?.proven === true && typeof last.witness === 'number' && agrees(last.netns)) {
    if (monitorOf(proc, last.witness, ids) !== null && netnsOf(proc, last.witness) === last.netns) return last
  }

  const monitors = await findMonitors(proc, input, ids)
  const [monitored, second] = monitors.byNetns
  if (monitored !== undefined && second === undefined && agrees(monitored[0])) {
    return { proven: true, netns: monitored[0], pid: monitored[1], witness: monitored[1] }
  }

  const own = ownNetns(proc)
  if (own !== null && isOwnHostModeContainer(proc, input, own)) {
    return { proven: true, netns: own, pid: 'self', witness: 'self' }
  }

  const holder = input.socketPath === null ? null : await findSocketHolder(proc, input.socketPath)
  if (holder !== null) return { proven: true, netns: holder.netns, pid: holder.pid, witness: holder.pid }
  return { proven: false, because: reasonOf(proc, monitors, listed) }
}

interface Monitors {
  /** One monitor per network namespace that monitors are in. */
  byNetns: Map<string, number>
  /** Monitors whose namespace may not be read. */
  unreadable: number
}

/** conmon of the listed containers: where the engine says first, then everywhere (it may count pids in another namespace). */
async function findMonitors(proc: Proc, input: ProbeInput, ids: ReadonlySet<string>): Promise<Monitors> {
  const found: Monitors = { byNetns: new Map(), unreadable: 0 }
  const visit = (pid: number) => {
    if (monitorOf(proc, pid, ids) === null) return
    const netns = netnsOf(proc, pid)
    if (netns === null) found.unreadable++
    else if (!found.byNetns.has(netns)) found.byNetns.set(netns, pid)
  }
  if (input.containers.every(container => container.netns === null && container.pid === null)) return found
  await eachGently(
    input.containers.flatMap(container => container.conmonPid ?? []),
    visit,
  )
  if (found.byNetns.size === 0 && found.unreadable === 0) await eachGently(allPids(proc), visit)
  return found
}

/** Podwire runs in a container of this very engine, in host mode. Podman mounts files of the container into it, which name it. */
function isOwnHostModeContainer(proc: Proc, input: ProbeInput, own: string): boolean {
  const mounts = proc.text('/proc/self/mountinfo')
  if (!mounts.ok) return false
  const id = /-containers\/([0-9a-f]{64})\/userdata\//.exec(mounts.value)?.[1]
  return input.containers.some(c => c.id === id && c.networkMode === 'host' && c.netns === own)
}

/** A podman service, or the systemd that listens for it. Not ssh, not gvproxy: what those hold leads to another machine. */
const isEngine = (proc: Proc, pid: number): boolean => {
  const command = commandOf(proc, pid)
  if (command === 'podman' || command === 'systemd') return true
  // Rootless Podman runs itself again as /proc/self/exe.
  return command === 'exe' && /(?:^|\/)podman$/.test(argumentsOf(proc, pid)[0] ?? '')
}

/** The engine's process that listens on the dialled socket file: equal by device and inode, whatever its path is there. */
async function findSocketHolder(proc: Proc, socketPath: string): Promise<{ pid: number; netns: string } | null> {
  const dialled = proc.identity(socketPath)
  if (!dialled.ok) return null
  let holder: { pid: number; netns: string } | null = null
  await eachGently(allPids(proc), pid => {
    if (!isEngine(proc, pid)) return true
    const netns = netnsOf(proc, pid)
    const sockets = proc.text(`/proc/${pid}/net/unix`)
    const descriptors = proc.list(`/proc/${pid}/fd`)
    if (netns === null || !sockets.ok || !descriptors.ok) return true
    const listening = parseListeningUnixSockets(sockets.value)
    for (const descriptor of descriptors.value) {
      const link = proc.link(`/proc/${pid}/fd/${descriptor}`)
      const inode = link.ok ? /^socket:\[(\d+)\]$/.exec(link.value)?.[1] : undefined
      const path = inode === undefined ? undefined : listening.get(inode)
      if (path === undefined) continue
      if (identityFor(proc, pid, path) !== dialled.value) continue
      holder = { pid, netns }
      return false
    }
    return true
  })
  return holder
}

/** Identity of the file that a process calls `path`; null when that cannot be told. */
function identityFor(proc: Proc, pid: number, path: string): string | null {
  const own = proc.link('/proc/self/ns/mnt')
  const theirs = proc.link(`/proc/${pid}/ns/mnt`)
  const isOwn = own.ok && theirs.ok && own.value === theirs.value
  const root = isOwn ? '' : `/proc/${pid}/root`
  // An absolute link on the way would lead out of their root into ours.
  const steps = path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'))
  if (!isOwn && steps.slice(1).some(step => proc.link(`${root}${step}`).ok)) return null
  const file = proc.identity(`${root}${path}`)
  return file.ok ? file.value : null
}

function reasonOf(proc: Proc, monitors: Monitors, listed: ReadonlySet<string>): string {
  const tried: string[] = []
  if (monitors.byNetns.size > 1) tried.push('its containers were started in several network namespaces')
  else if (monitors.byNetns.size === 1) {
    const [netns] = monitors.byNetns.keys()
    tried.push(`conmon is in namespace ${netns}, and host-mode containers are listed in ${[...listed].join(', ')}`)
  } else if (monitors.unreadable > 0) tried.push('the namespace of its conmon processes may not be read')
  else tried.push('no conmon of its containers is visible here')
  tried.push('Podwire is no host-mode container of it')
  tried.push(`no podman or systemd process ${proc.isRoot ? '' : 'that may be looked into '}holds its socket`)
  return `Which network namespace is the host of this engine is not proven: ${tried.join('; ')}.`
}
