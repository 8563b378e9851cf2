/** Doors that follow each other are told, and drawn, as one. */
import type { PublishedPort } from './types'

export interface DoorRange {
  first: PublishedPort
  last: PublishedPort
}

/** Folds a namespace's doors, which come sorted by host port; doors of several addresses may alternate. */
export function foldDoors(doors: readonly PublishedPort[]): DoorRange[] {
  const ranges: DoorRange[] = []
  const current = new Map<string, DoorRange>()
  for (const door of doors) {
    const key = `${door.hostIp} ${door.protocol} ${door.forwarded} ${door.hostPort - door.containerPort}`
    const range = current.get(key)
    if (range && door.hostPort === range.last.hostPort + 1) range.last = door
    else {
      const started = { first: door, last: door }
      current.set(key, started)
      ranges.push(started)
    }
  }
  return ranges
}
