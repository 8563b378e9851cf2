/** When a reader last looked at what changed: one for each set of hosts, shared by all tabs of a browser. */
import type { Topology } from '@/lib/topology/types'
import { isText, object, readJson } from '../guards'
import type { Looked } from './history'

type Stored = Pick<Looked, 'seen'> & { at: string }
const isStored = object<Stored>({ seen: isText, at: isText })

const PREFIX = 'podwire.looked:'

export const lookedKey = ({ hosts }: Topology): string =>
  PREFIX +
  hosts
    .map(({ id }) => encodeURIComponent(id))
    .toSorted()
    .join(',')

/** What is stored; null when there is nothing, or storage is barred. */
export function readLooked(key: string): Stored | null {
  try {
    return readJson(isStored, localStorage.getItem(key) ?? '')
  } catch {
    return null
  }
}

export function writeLooked(key: string, stored: Stored): void {
  try {
    localStorage.setItem(key, JSON.stringify(stored))
  } catch {
    // Storage may be barred; then it is known as long as the page.
  }
}
