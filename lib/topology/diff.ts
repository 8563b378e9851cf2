/**
 * What changed between two topologies, as RFC 6902 operations. Entries of lists are matched by what identifies them, so a new
 * container is one `add` at its place, and not a rewrite of everything behind it.
 */
import { isList, isRecord, sameJson } from './json'
import type { PatchOperation, Topology } from './types'

/** By the name of the list: the fields that identify an entry. Lists of plain values identify entries by the value. */
const IDENTITY: ReadonlyMap<string, readonly string[]> = new Map([
  ['hosts', ['id']],
  ['interfaces', ['name']],
  ['networks', ['id']],
  ['namespaces', ['id']],
  ['pods', ['id']],
  ['containers', ['id']],
  ['units', ['id']],
  ['subnets', ['cidr']],
  ['attachments', ['networkName']],
  ['published', ['hostPort', 'protocol', 'hostIp', 'containerPort']],
  ['listeners', ['port', 'protocol', 'address', 'containerId', 'process']],
])

const NONE: readonly string[] = []
/** Ages grow with every second; the stream's ping carries them. */
const AGES: readonly string[] = ['ageSeconds']

/**
 * The operations that turn `before` into `after`, in order. Leaves out revision, generatedAt and ages, which travel beside a
 * patch; empty when nothing else changed.
 */
export function diffTopology(before: Topology, after: Topology): PatchOperation[] {
  const operations: PatchOperation[] = []
  if (before.schemaVersion !== after.schemaVersion)
    operations.push({ op: 'replace', path: '/schemaVersion', value: after.schemaVersion })
  diffList('/hosts', 'hosts', before.hosts, after.hosts, operations)
  return operations
}

function diffValue(path: string, name: string, before: unknown, after: unknown, operations: PatchOperation[]): void {
  if (isList(before) && isList(after)) diffList(path, name, before, after, operations)
  else if (isRecord(before) && isRecord(after)) diffRecord(path, before, after, NONE, operations)
  else operations.push({ op: 'replace', path, value: after })
}

function diffRecord(
  path: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  ignored: readonly string[],
  operations: PatchOperation[],
): void {
  for (const key of Object.keys(before))
    if (!Object.hasOwn(after, key)) operations.push({ op: 'remove', path: `${path}/${escape(key)}` })
  for (const key of Object.keys(after)) {
    if (ignored.includes(key)) continue
    const value = after[key]
    if (!Object.hasOwn(before, key)) operations.push({ op: 'add', path: `${path}/${escape(key)}`, value })
    else if (!sameJson(before[key], value)) diffValue(`${path}/${escape(key)}`, key, before[key], value, operations)
  }
}

function diffList(
  path: string,
  name: string,
  before: readonly unknown[],
  after: readonly unknown[],
  operations: PatchOperation[],
): void {
  const fields = IDENTITY.get(name) ?? NONE
  // What stands in front of the first change, and behind the last, keeps its place.
  const shorter = Math.min(before.length, after.length)
  let front = 0
  while (front < shorter && sameIdentity(before[front], after[front], fields)) front++
  let back = 0
  while (back < shorter - front && sameIdentity(before.at(-1 - back), after.at(-1 - back), fields)) back++
  const places = placesByIdentity(before, front, before.length - back, fields)
  const wanted = placesByIdentity(after, front, after.length - back, fields)
  if (places === null || wanted === null) {
    operations.push({ op: 'replace', path, value: after })
    return
  }
  const kept = longestRise([...wanted.keys()].map(key => places.get(key) ?? -1))
  for (let index = before.length - back - 1; index >= front; index--)
    if (!kept.has(index)) operations.push({ op: 'remove', path: `${path}/${index}` })
  // Up to here the list holds the kept entries in their order; from the front it becomes `after`, so that `index` is right.
  for (let index = 0; index < front; index++) diffEntry(path, index, name, before[index], after[index], operations)
  for (const [key, index] of wanted) {
    const place = places.get(key)
    if (place !== undefined && kept.has(place)) diffEntry(path, index, name, before[place], after[index], operations)
    else operations.push({ op: 'add', path: `${path}/${index}`, value: after[index] })
  }
  for (let index = after.length - back; index < after.length; index++)
    diffEntry(path, index, name, before[index + before.length - after.length], after[index], operations)
}

function diffEntry(
  list: string,
  index: number,
  name: string,
  before: unknown,
  after: unknown,
  operations: PatchOperation[],
): void {
  // Most entries are equal: no path is put together for them.
  if (sameJson(before, after)) return
  const path = `${list}/${index}`
  if (name === 'hosts' && isRecord(before) && isRecord(after)) diffRecord(path, before, after, AGES, operations)
  else diffValue(path, '', before, after, operations)
}

function sameIdentity(one: unknown, other: unknown, fields: readonly string[]): boolean {
  if (Object.is(one, other)) return true
  if (fields.length === 0 || !isRecord(one) || !isRecord(other)) return false
  for (const field of fields) if (one[field] !== other[field]) return false
  return true
}

/** Identity → index, from `start` up to `end`; null when an entry has none, or two share one. */
function placesByIdentity(
  list: readonly unknown[],
  start: number,
  end: number,
  fields: readonly string[],
): Map<string, number> | null {
  const places = new Map<string, number>()
  for (let index = start; index < end; index++) {
    const one = list[index]
    if (isList(one) || (isRecord(one) && fields.length === 0)) return null
    const key = isRecord(one) ? JSON.stringify(fields.map(field => one[field])) : `${typeof one} ${String(one)}`
    places.set(key, index)
  }
  return places.size === end - start ? places : null
}

/**
 * The largest set of entries that need not move: a longest rising run among `places` (indexes in the old list, in the order
 * of the new list; -1 = not in the old list).
 */
function longestRise(places: readonly number[]): Set<number> {
  const tails: number[] = []
  const previous = new Map<number, number>()
  for (const place of places) {
    if (place < 0) continue
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tails[middle] ?? -1) < place) low = middle + 1
      else high = middle
    }
    const before = tails[low - 1]
    if (before !== undefined) previous.set(place, before)
    tails[low] = place
  }
  const kept = new Set<number>()
  for (let place = tails.at(-1); place !== undefined; place = previous.get(place)) kept.add(place)
  return kept
}

/** RFC 6901. */
const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')
