/** How many connections fit beside what else needs a file descriptor. */
import { readFileSync } from 'node:fs'

/** For engines, the kernel's side, the files of pages, and the runtime itself; a probe of a large host opens dozens at once. */
const RESERVE = 128
const MOST = 4096
const FEWEST = 16

/** @param limits /proc/self/limits; null where there is none */
export function connectionRoom(limits: string | null): number {
  const soft = /^Max open files\s+(\d+)/m.exec(limits ?? '')?.[1]
  return soft === undefined ? MOST : Math.max(FEWEST, Math.min(MOST, Number(soft) - RESERVE))
}

/** For this process, whose limit Node has raised to what is allowed. */
export function ownConnectionRoom(): number {
  try {
    return connectionRoom(readFileSync('/proc/self/limits', 'utf8'))
  } catch {
    return connectionRoom(null)
  }
}
