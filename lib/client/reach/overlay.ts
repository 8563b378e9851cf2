/** What the answers look like on a scene. Pure. */
import { indexScene } from '@/lib/graph/find'
import type { Overlay } from '@/lib/graph/overlay'
import type { VerdictSign } from '@/lib/graph/signs'
import type { Scene, SceneEdge, SceneNode } from '@/lib/graph/types'
import { formatRef } from '@/lib/topology/ref'
import type { PageState } from '../store'
import type { Words } from '../words/catalogue'
import { reachHost, refOfEnd } from './ends'
import { type Said, saidByOutside, saidByRow, saidFromOutside, verdictOfPair, widest } from './verdicts'
import { wayOf } from './way'

/** The overlay for what is asked; null while nothing is, or nothing is known yet. */
export function overlayOf({
  topology,
  url,
  reach,
  words,
}: Pick<PageState, 'topology' | 'url' | 'reach' | 'words'>): ((scene: Scene) => Overlay) | null {
  const host = topology === null || url.reach === null ? null : reachHost(topology, url.reach)
  if (url.reach === null || host === null) return null
  const { from, to } = url.reach
  if (from === 'outside') {
    const { outside } = reach
    const answer = outside?.value
    if (!outside || !answer) return null
    const said = saidFromOutside(host, answer, words.reach)
    const open = new Set(saidByOutside(answer, words.reach).flatMap(one => [...one.neighbours, ...one.routed]))
    return scene =>
      light(scene, outside.hostId, said, words, {
        sources: [...open].map(name => `interface:${name}`),
        outside: true,
      })
  }
  const { row, pair } = reach
  const source = formatRef(refOfEnd(from))
  if (to !== null) {
    const answer = pair?.value
    if (!pair || !answer) return null
    const verdict = verdictOfPair(answer)
    const target = formatRef(refOfEnd(to))
    return scene => {
      const drawn = wayOf(scene, pair.hostId, answer, verdict, { source, target }, words.reach)
      return { ...drawn, lit: withHolders(scene, drawn.lit), verdicts: new Map() }
    }
  }
  const answer = row?.value
  if (!row || !answer) return null
  const said = saidByRow(host, answer, words)
  return scene =>
    light(scene, row.hostId, said, words, {
      sources: [source],
      outside: from.kind !== 'host' && from.kind !== 'container',
    })
}

/** Boxes round what is lit are lit too: their names say where it is. */
function withHolders(scene: Scene, ids: Iterable<string>): Set<string> {
  const { byId } = indexScene(scene)
  const lit = new Set<string>()
  for (const id of ids)
    for (let at: string | null = id; at !== null && !lit.has(at); at = byId.get(at)?.parent ?? null) lit.add(at)
  return lit
}

/** References that a node stands for. */
const refsOf = (node: SceneNode): readonly string[] =>
  node.ref === null || node.kind === 'fold' ? node.also : [formatRef(node.ref), ...node.also]

function light(
  scene: Scene,
  hostId: string,
  said: ReadonlyMap<string, Said>,
  says: Words,
  { sources, outside }: { sources: readonly string[]; outside: boolean },
): Overlay {
  const { byId } = indexScene(scene)
  const lit = new Set<string>()
  const ends = new Set<string>()
  const verdicts = new Map<string, VerdictSign>()
  const words = new Map<string, string>()
  for (const node of scene.nodes) {
    if (node.hostId !== hostId || node.kind === 'heading') continue
    const refs = refsOf(node)
    if (refs.some(ref => sources.includes(ref))) {
      lit.add(node.id)
      if (node.kind !== 'interface' && node.kind !== 'visitor' && node.hides === undefined) ends.add(node.id)
      continue
    }
    // A network or a pod is no end; its members are.
    if (node.kind === 'network' || node.kind === 'rootless' || node.kind === 'namespace') continue
    const found = refs.flatMap(ref => said.get(ref) ?? [])
    const sign = widest(found.map(one => one.sign))
    if (sign === null) continue
    verdicts.set(node.id, sign)
    words.set(node.id, wordsOf(found, says))
    if (sign !== 'blocked') lit.add(node.id)
  }
  // What stands in a lane for a shared namespace fares as the best of its members.
  for (const node of scene.nodes) {
    if (node.kind !== 'visitor' || verdicts.has(node.id)) continue
    const sign = widest(
      scene.nodes.flatMap(({ id, parent }) => (parent === node.stands ? (verdicts.get(id) ?? []) : [])),
    )
    if (sign === null) continue
    verdicts.set(node.id, sign)
    words.set(node.id, says.legend.verdicts[sign].word)
    if (sign !== 'blocked') lit.add(node.id)
  }
  // The host is where all of this is.
  for (const node of scene.nodes) if (node.hostId === hostId && node.kind === 'host') lit.add(node.id)
  const isLit = (id: string) => lit.has(id)
  for (const line of scene.edges)
    if (carries(line, isLit, outside, byId)) for (const id of [line.id, line.source, line.target]) lit.add(id)
  return { ends, lit: withHolders(scene, lit), verdicts, words, way: null }
}

/**
 * A line is lit from an open door to what stands behind it, while the picture draws such lines at all; and to the outside when
 * that is who asks.
 */
function carries(
  line: SceneEdge,
  isLit: (id: string) => boolean,
  outside: boolean,
  byId: ReadonlyMap<string, SceneNode>,
): boolean {
  switch (line.kind) {
    case 'leads':
      return line.atRest && isLit(line.source)
    case 'uplink':
      return outside && (isLit(line.source) || isLit(line.target))
    case 'parent':
      return (
        outside && isLit(line.source) && [...byId.values()].some(node => node.parent === line.target && isLit(node.id))
      )
    case 'member':
      return false
  }
}

function wordsOf(found: readonly Said[], { legend }: Words): string {
  const [only, second] = found
  if (only !== undefined && second === undefined) return only.words
  const counts = new Map<VerdictSign, number>()
  for (const { sign } of found) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  return [...counts].map(([sign, count]) => `${count} ${legend.verdicts[sign].word}`).join(', ')
}
