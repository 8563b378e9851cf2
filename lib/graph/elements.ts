/** The scene as Cytoscape elements. Free text goes into data only; ids are looked up with getElementById, never in selectors. */
import { formatRef } from '@/lib/topology/ref'
import type { Point, Scene, SceneEdge, SceneNode, SceneText } from './types'

/** What the stylesheet reads. Everything is a plain value, so that two versions compare by value. */
export interface ElementData {
  id: string
  [key: string]: string | number | boolean | null | readonly string[] | readonly number[] | undefined
}

export interface GraphElement {
  group: 'nodes' | 'edges'
  data: ElementData
  position?: Point
}

const middle = (box: { x: number; y: number; width: number; height: number }): Point => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
})

/** Id of the n-th text of a node. NUL is in no engine's id. */
const textId = (owner: string, index: number) => `${owner}\u0000${index}`

function textElement(node: SceneNode, text: SceneText, index: number, parent: string | null): GraphElement {
  return {
    group: 'nodes',
    position: middle(text),
    data: {
      id: textId(node.id, index),
      ...(parent === null ? {} : { parent }),
      owner: node.id,
      kind: 'text',
      role: text.role,
      tone: text.tone,
      align: text.align,
      ownerKind: node.kind,
      variant: node.variant,
      live: node.live ? 1 : 0,
      text: text.text,
      size: text.size,
      weight: text.bold ? 700 : 400,
      w: text.width,
      h: text.height,
    },
  }
}

function nodeElement(node: SceneNode, held: readonly GraphElement[]): GraphElement {
  const title = node.texts.find(text => text.role === 'title')
  const centre = middle(node)
  const data: ElementData = {
    id: node.id,
    ...(node.parent === null ? {} : { parent: node.parent }),
    owner: node.id,
    kind: node.kind,
    variant: node.variant,
    live: node.live ? 1 : 0,
    mark: node.mark,
    hostId: node.hostId,
    ref: node.ref === null ? null : formatRef(node.ref),
    label: node.label,
    sublabel: node.sublabel,
    text: title?.text ?? '',
    size: title?.size ?? 12,
    weight: title?.bold === true ? 700 : 400,
    tone: title?.tone ?? 'plain',
    tx: title === undefined ? 0 : title.x - node.x,
    ty: title === undefined ? 0 : title.y + title.height / 2 - centre.y,
    w: node.width,
    h: node.height,
    icons: node.icons.map(icon => icon.name),
    iconX: node.icons.map(icon => icon.x - node.x),
    iconY: node.icons.map(icon => icon.y - node.y),
    iconSize: node.icons.map(icon => icon.size),
  }
  if (held.length > 0) {
    // A compound takes its size from what it holds; these stretch it to the box that the scene says.
    const edges = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
    for (const { position, data: inner } of held) {
      if (position === undefined) continue
      edges.left = Math.min(edges.left, position.x - Number(inner['w']) / 2)
      edges.right = Math.max(edges.right, position.x + Number(inner['w']) / 2)
      edges.top = Math.min(edges.top, position.y - Number(inner['h']) / 2)
      edges.bottom = Math.max(edges.bottom, position.y + Number(inner['h']) / 2)
    }
    data['left'] = edges.left - node.x
    data['right'] = node.x + node.width - edges.right
    data['top'] = edges.top - node.y
    data['bottom'] = node.y + node.height - edges.bottom
    data['box'] = 1
  }
  return { group: 'nodes', data, position: centre }
}

/** Weights and distances of the bends, as Cytoscape's segment edges want them: along and beside the line between the ends. */
function segmentsOf({ from, to, bends }: SceneEdge): { weights: number[]; distances: number[] } {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const weights: number[] = []
  const distances: number[] = []
  for (const bend of bends) {
    const [bx, by] = [bend.x - from.x, bend.y - from.y]
    weights.push((bx * dx + by * dy) / (length * length))
    distances.push((-bx * dy + by * dx) / length)
  }
  return { weights, distances }
}

function edgeElement(edge: SceneEdge, byId: ReadonlyMap<string, SceneNode>): GraphElement[] {
  const [source, target] = [byId.get(edge.source), byId.get(edge.target)]
  if (source === undefined || target === undefined) return []
  const [sourceAt, targetAt] = [middle(source), middle(target)]
  const offset = (point: Point, at: Point) => `${point.x - at.x}px ${point.y - at.y}px`
  const { weights, distances } = segmentsOf(edge)
  return [
    {
      group: 'edges',
      data: {
        id: edge.id,
        source: edge.source,
        target: edge.target,
        kind: edge.kind,
        variant: edge.variant,
        live: edge.live ? 1 : 0,
        rest: edge.atRest ? 1 : 0,
        from: offset(edge.from, sourceAt),
        to: offset(edge.to, targetAt),
        bent: weights.length === 0 ? 0 : 1,
        weights,
        distances,
      },
    },
  ]
}

/** Parents before children, nodes before edges; every node with its texts. */
export function toElements(scene: Scene): GraphElement[] {
  const parents = new Set(scene.nodes.flatMap(node => node.parent ?? []))
  const byId = new Map(scene.nodes.map(node => [node.id, node]))
  const held = new Map<string, GraphElement[]>()
  const texts: GraphElement[] = []
  const main = new Map<string, GraphElement>()
  const hold = (parent: string | null, element: GraphElement) => {
    if (parent === null) return
    const list = held.get(parent)
    if (list) list.push(element)
    else held.set(parent, [element])
  }
  for (const node of scene.nodes) {
    const own = parents.has(node.id) ? node.id : node.parent
    const titleIndex = node.texts.findIndex(text => text.role === 'title')
    node.texts.forEach((text, index) => {
      if (index === titleIndex) return
      const element = textElement(node, text, index, own)
      texts.push(element)
      hold(own, element)
    })
    hold(node.parent, { group: 'nodes', data: { id: node.id, w: node.width, h: node.height }, position: middle(node) })
  }
  for (const node of scene.nodes)
    main.set(node.id, nodeElement(node, parents.has(node.id) ? (held.get(node.id) ?? []) : []))
  return [...main.values(), ...texts, ...scene.edges.flatMap(edge => edgeElement(edge, byId))]
}
