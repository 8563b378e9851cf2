/** One round over the pure stages; bundled, so that it is timed as it runs in the server (see bundled.ts). */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { HostSnapshot } from '@/lib/collector/types'
import { examine } from '@/lib/exposure/engine'
import { reachOf } from '@/lib/reach/reach'
import { endOf, type ReachEnd } from '@/lib/reach/refs'
import type { Endpoint } from '@/lib/reach/types'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import type { HostModel } from '@/lib/topology/types'

setFlagsFromString('--expose-gc')
const collect: (options: { type: 'minor' }) => void = runInNewContext('gc')

/**
 * What a round is given is old when it begins, as in a server, where it was read or made long before: the second minor
 * collection moves it out of the young generation. So a round pays for what it leaves itself, by the collection that is its last
 * part. Not a full one, which throws away compiled code as well.
 */
function age(): void {
  collect({ type: 'minor' })
  collect({ type: 'minor' })
}

/** From the host, each physical interface's neighbours and each group of equal namespaces: to every other and through every door. */
function countReachable(model: HostModel): number {
  const reach = reachOf(model)
  const ends = new Map<Endpoint, ReachEnd>()
  const add = (end: ReachEnd | null) => end && ends.set(end.endpoint, end)
  add(reach.end({ kind: 'host' }))
  for (const { name } of model.host.interfaces?.filter(({ kind }) => kind === 'physical') ?? [])
    for (const kind of ['neighbour', 'routed'] as const) add(reach.end({ kind, name }))
  for (const container of model.host.containers) add(endOf(reach.context, container))
  let reachable = 0
  for (const from of ends.values()) {
    for (const to of ends.values()) if (reach.verdict(from, to) === 'reachable') reachable++
    for (const door of reach.context.doors) if (reach.doorVerdict(from, door) === 'reachable') reachable++
  }
  return reachable
}

/** The first reading of a host: `given` is copied, so that nothing remembered from the round before may help. */
export function first(given: HostSnapshot): Record<'topology' | 'reach' | 'findings' | 'garbage', number> {
  const snapshot = structuredClone(given)
  age()
  const start = performance.now()
  const model = buildTopology(snapshot)
  const built = performance.now()
  const reachable = countReachable(model)
  const reached = performance.now()
  const report = examine([model])
  const examined = performance.now()
  collect({ type: 'minor' })
  const end = performance.now()
  if (reachable === 0 || report.findings.length === 0 || model.host.id === '') throw new Error('nothing was judged')
  return { topology: built - start, reach: reached - built, findings: examined - reached, garbage: end - examined }
}

/** What follows one changed container: topology, the patch to it, and the findings. */
export function refresh(
  before: HostSnapshot,
  after: HostSnapshot,
): Record<'topology' | 'patch' | 'findings' | 'garbage', number> {
  const shown = assembleTopology([buildTopology(before)], 1, '')
  age()
  const start = performance.now()
  const model = buildTopology(after)
  const built = performance.now()
  const operations = diffTopology(shown, assembleTopology([model], 2, ''))
  const patched = performance.now()
  const report = examine([model])
  const examined = performance.now()
  collect({ type: 'minor' })
  const end = performance.now()
  if (operations.length === 0 || report.findings.length === 0 || model.host.id === '')
    throw new Error('nothing changed')
  return { topology: built - start, patch: patched - built, findings: examined - patched, garbage: end - examined }
}
