/** The first process of a container: whose root and namespaces are the container's. */
import { allPids, containerOf, eachGently, monitorOf, parentOf } from './processes'
import type { Proc } from './proc'

/** True while the process is a child of the container's monitor, and in the container. */
export function isInit(proc: Proc, pid: number, id: string, ids: ReadonlySet<string>): boolean {
  const parent = parentOf(proc, pid)
  return parent !== null && monitorOf(proc, parent, ids) === id && containerOf(proc, pid, ids) === id
}

/**
 * Finds it; null when there is none to be seen. `id` is the container's full id, `ids` are those of all containers of its
 * engine, `hints` are pids that are tried first.
 */
export async function findInit(
  proc: Proc,
  id: string,
  ids: ReadonlySet<string>,
  hints: readonly number[],
): Promise<number | null> {
  let found = hints.find(pid => isInit(proc, pid, id, ids)) ?? null
  if (found !== null) return found
  await eachGently(allPids(proc), pid => {
    if (isInit(proc, pid, id, ids)) found = pid
    return found === null
  })
  return found
}
