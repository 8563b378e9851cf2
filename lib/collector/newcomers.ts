/**
 * Containers that were created a moment ago, most of which start at once. They are looked at again without waiting to be told:
 * an engine that keeps its events in a file looks into that file four times a second only (`Poll: true`, 250 ms in nxadm/tail).
 * https://github.com/containers/podman/blob/v5.8.2/libpod/events/logfile.go
 */
import type { World } from './world'

export interface Newcomers {
  /** After a reading that ended at `now` and took so long, in milliseconds. `before` is null at the first. */
  saw(before: World | null, world: World, now: number, took: number): void
  /** When to look again; Infinity when nobody is about to start. */
  dueAt(): number
}

/** Between two looks, and for how long after the first. */
const GAP = 80
const PATIENCE = 800

export function createNewcomers(): Newcomers {
  /** Id → until when it is waited for. */
  let waiting: ReadonlyMap<string, number> = new Map()
  let due = Infinity

  return {
    saw(before, world, now, took) {
      const still = new Map<string, number>()
      for (const [id, { summary }] of world.containers) {
        if (summary.state !== 'created' && summary.state !== 'initialized') continue
        const until = before === null || before.containers.has(id) ? waiting.get(id) : now + PATIENCE
        if (until !== undefined && until > now) still.set(id, until)
      }
      waiting = still
      // Listing a thousand takes an engine a while: at most a third of its time.
      due = still.size === 0 ? Infinity : now + Math.max(GAP, 2 * took)
    },
    dueAt: () => due,
  }
}
