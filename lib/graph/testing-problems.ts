/** What every picture keeps, asked of one. */
import { BADGE } from './draft'
import { crosses, pathOfEdge } from './paths'
import { textWidth } from './text'
import type { Scene, SceneNode } from './types'

/** Ids of the boxes that a node stands in. */
export const ancestors = (node: SceneNode, byId: ReadonlyMap<string, SceneNode>): Set<string> => {
  const found = new Set<string>()
  for (let id = node.parent; id !== null; id = byId.get(id)?.parent ?? null) found.add(id)
  return found
}

const overlap = (a: SceneNode, b: SceneNode) =>
  a.x < b.x + b.width - 0.01 && b.x < a.x + a.width - 0.01 && a.y < b.y + b.height - 0.01 && b.y < a.y + a.height - 0.01

const inside = (
  inner: { x: number; y: number; width: number; height: number },
  outer: { x: number; y: number; width: number; height: number },
) =>
  inner.x >= outer.x - 0.01 &&
  inner.y >= outer.y - 0.01 &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01

const ON_EDGE = new Set(['door', 'listener', 'interface'])
/** Doors and interfaces stand on the edge of their host, half in and half out. */
const onItsEdge = (a: SceneNode, b: SceneNode) => a.kind === 'host' && ON_EDGE.has(b.kind) && a.hostId === b.hostId

/** What a picture must not have: things over each other, texts that do not fit, lines through boxes; empty = it holds. */
export function problemsOf(scene: Scene): string[] {
  const problems: string[] = []
  const byId = new Map(scene.nodes.map(node => [node.id, node]))
  const above = new Map(scene.nodes.map(node => [node.id, ancestors(node, byId)]))
  const say = (problem: string, ...ids: string[]) => problems.push(`${problem}: ${ids.join(' | ')}`)
  if (byId.size !== scene.nodes.length) say('ids are not unique')
  if (new Set(scene.edges.map(edge => edge.id)).size !== scene.edges.length) say('ids of lines are not unique')

  scene.nodes.forEach((node, index) => {
    if (!inside(node, { x: 0, y: 0, width: scene.width, height: scene.height })) say('outside of the picture', node.id)
    const parent = node.parent === null ? undefined : byId.get(node.parent)
    if (node.parent !== null && parent === undefined) say('parent is missing', node.id)
    if (parent && !inside(node, parent)) say('sticks out of its parent', node.id, parent.id)
    for (const other of scene.nodes.slice(index + 1)) {
      const related = above.get(node.id)?.has(other.id) === true || above.get(other.id)?.has(node.id) === true
      if (!related && !onItsEdge(node, other) && !onItsEdge(other, node) && overlap(node, other))
        say('overlap', node.id, other.id)
    }
    node.texts.forEach((text, place) => {
      const room = text.role === 'badge' ? text.width - 2 * BADGE.pad + 0.02 : text.width
      if (textWidth(text.text, text.size, text.bold) > room + 0.01) say('text is too wide', node.id, text.text)
      if (!inside(text, node)) say('text sticks out', node.id, text.text)
      for (const other of node.texts.slice(place + 1))
        if (overlap({ ...node, ...text }, { ...node, ...other })) say('texts overlap', node.id, text.text, other.text)
      for (const icon of node.icons)
        if (overlap({ ...node, ...text }, { ...node, ...icon, width: icon.size, height: icon.size }))
          say('sign over text', node.id, text.text, icon.name)
      for (const child of scene.nodes)
        if (child.parent === node.id && overlap({ ...node, ...text }, child)) say('box over text', child.id, text.text)
    })
  })

  for (const edge of scene.edges) {
    const [source, target] = [byId.get(edge.source), byId.get(edge.target)]
    if (source === undefined || target === undefined) {
      say('line without end', edge.id)
      continue
    }
    if (!edge.atRest) continue
    const own = new Set([edge.source, edge.target, ...ancestors(source, byId), ...ancestors(target, byId)])
    const path = pathOfEdge(edge)
    for (const node of scene.nodes) {
      // A line leaves through the margin of the host that its door or interface stands on.
      if (!own.has(node.id) && !onItsEdge(node, source) && crosses(path, node))
        say('line crosses a box', edge.id, node.id)
      if (node.id === edge.source || node.id === edge.target) continue
      for (const text of node.texts) if (crosses(path, text)) say('line crosses a text', edge.id, text.text)
    }
  }
  return problems
}
