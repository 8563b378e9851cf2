/** Processes that the tests started, by id, and never by name. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'

/** A file per thread: Go forks from any of them. */
export async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const lists = await Promise.all(
    threads.map(thread => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  )
  return lists.flatMap(list => list.split(' ').filter(Boolean).map(Number))
}

export async function descendantsOf(pid: number): Promise<number[]> {
  const children = await childrenOf(pid)
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()]
}

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** Signals these processes, and resolves when `child` is gone; kills it when that takes ten seconds. */
export async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL', pids?: readonly number[]): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return
  const gone = once(child, 'exit')
  for (const pid of pids ?? [child.pid]) process.kill(pid, signal)
  const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await gone
  clearTimeout(impatient)
}
