/** From the model's references to nodes of the picture, and what a node says of itself. */
import { formatRef, type Ref } from '@/lib/topology/ref'
import type { Scene, SceneNode } from './types'
import { visibleText } from './text'

interface Index {
  byRef: Map<string, SceneNode>
  byId: Map<string, SceneNode>
}

const indexes = new WeakMap<Scene, Index>()

/** Built once per scene: its nodes by id, and by what they stand for. */
export function indexScene(scene: Scene): Index {
  const known = indexes.get(scene)
  if (known) return known
  const byRef = new Map<string, SceneNode>()
  const put = (hostId: string, ref: string, node: SceneNode) => {
    const key = `${hostId} ${ref}`
    if (!byRef.has(key)) byRef.set(key, node)
  }
  // Visitors and folds carry the reference of what stands, or belongs, elsewhere: they come last.
  const second = (node: SceneNode) => node.kind === 'visitor' || node.kind === 'fold'
  for (const node of scene.nodes) if (node.ref !== null && !second(node)) put(node.hostId, formatRef(node.ref), node)
  // Visitors that fold stand in the pivot column, or in its fold.
  for (const node of scene.nodes) if (node.hides === undefined) for (const ref of node.also) put(node.hostId, ref, node)
  const index = { byRef, byId: new Map(scene.nodes.map(node => [node.id, node])) }
  indexes.set(scene, index)
  return index
}

/** The node that stands for this thing, or for the container that its host is folded into; null when the picture has none. */
export function findNode(scene: Scene, hostId: string, ref: Ref): SceneNode | null {
  const { byRef } = indexScene(scene)
  const holder = scene.inside.get(hostId)
  const keys = [{ hostId, ref }, ...(holder === undefined ? [] : [holder])]
  return keys.map(key => byRef.get(`${key.hostId} ${formatRef(key.ref)}`)).find(node => node !== undefined) ?? null
}

/** What a node is, in one line: for the tooltip and for who hears the picture. */
export function describeNode(scene: Scene, node: SceneNode): string {
  const { words } = scene
  const states = new Map(Object.entries(words.states).map(([name, { word }]) => [name, word]))
  const state = node.icons.map(icon => states.get(icon.name)).find(word => word !== undefined)
  const parent = node.parent === null ? undefined : indexScene(scene).byId.get(node.parent)
  return [
    node.kind === 'namespace' && node.ref?.kind === 'pod' ? words.pod : words.kinds[node.kind],
    visibleText(node.label),
    state ?? (node.declared ? words.states.declared.word : null),
    node.sublabel === null ? null : visibleText(node.sublabel),
    parent === undefined || parent.kind === 'host' ? null : words.inside(visibleText(parent.label)),
    ...node.badges.map(badge => visibleText(badge.text)),
    ...node.icons.filter(icon => icon.name === 'privileged').map(() => words.flags.privileged.word),
    node.mark === null
      ? null
      : node.mark === 'unknown'
        ? words.severities.unknown.means
        : words.finding(words.severities[node.mark].word),
  ]
    .filter(part => part !== null && part !== '')
    .join(', ')
}
