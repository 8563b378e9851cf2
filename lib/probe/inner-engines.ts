/** Containers that run an engine of their own, as their processes show. */
import { known, unknown } from './facts'
import { allPids, argumentsOf, commandOf, containerOf, eachGently, monitorOf } from './processes'
import type { Proc } from './proc'
import type { Known } from './types'

/** Looking at all processes costs milliseconds, and engines inside of containers seldom come and go. */
const RECHECK_MS = 30_000
/** After containers changed it is done every time: what they start takes a while. */
const YOUNG_MS = 10_000

/** What was seen, by the container's full id. */
export type InnerEngines = Known<Readonly<Record<string, string>>>

/** Looks for them now and then; `ids` are all containers of the engine. */
export type FindInnerEngines = (ids: ReadonlySet<string>) => Promise<InnerEngines>

/** Keep one per engine: it remembers its last look. */
export function createInnerEngines(proc: Proc, now: () => number): FindInnerEngines {
  let last: { engines: InnerEngines; at: number } | null = null
  let listed = ''
  let listedAt = -Infinity

  return async ids => {
    const list = [...ids].toSorted().join()
    if (list !== listed) {
      listed = list
      listedAt = now()
    } else if (last !== null && now() - last.at < RECHECK_MS && now() - listedAt >= YOUNG_MS) return last.engines
    last = { engines: await look(proc, ids), at: now() }
    return last.engines
  }
}

async function look(proc: Proc, ids: ReadonlySet<string>): Promise<InnerEngines> {
  const pids = allPids(proc)
  // The first process is everybody's but for a /proc that hides what is not one's own (hidepid).
  if (!pids.includes(1)) return unknown('processes of other users are hidden here')
  const seen = new Map<string, string>()
  await eachGently(pids, pid => {
    const what = engineProcess(proc, pid)
    // The monitors of these very containers are the outer engine's.
    if (what === null || monitorOf(proc, pid, ids) !== null) return
    const container = containerOf(proc, pid, ids)
    if (container === null) return
    const before = seen.get(container)
    if (before === undefined || what < before) seen.set(container, what)
  })
  return known(Object.fromEntries([...seen].toSorted(([a], [b]) => (a < b ? -1 : 1))), '/proc/PID/{comm,cgroup}')
}

/** A client says nothing: it may speak to the engine outside. */
function engineProcess(proc: Proc, pid: number): string | null {
  const command = commandOf(proc, pid)
  if (command === 'conmon') return 'conmon runs among its processes'
  // Rootless Podman runs itself again as /proc/self/exe.
  if (command !== 'podman' && command !== 'exe') return null
  const [program = '', ...words] = argumentsOf(proc, pid)
  if (!/(?:^|\/)podman$/.test(program)) return null
  return words[words.indexOf('system') + 1] === 'service' && words.includes('system')
    ? 'podman system service runs among its processes'
    : null
}
