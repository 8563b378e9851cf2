/** The scene as Cytoscape elements. Free text goes into data only; ids are looked up with getElementById, never in selectors. */
import { formatRef } from '@/lib/topology/ref'
import type { Point, Scene, SceneEdge, SceneNode, SceneText } from './types'

/**
 * What lies over what. The scene's boxes are plain nodes in layers rather than Cytoscape's compounds: a compound's size
 * follows from what it holds, while the scene says it exactly; and with compounds the first picture of 300 containers took
 * nearly twice as long, since every property of every element walks its ancestors and descendants.
 */
const LAYERS = { nest: 0.5, box: 1, lane: 2, line: 3, thing: 4, text: 6 }
const LAYER: Record<SceneNode['kind'], number> = {
  host: LAYERS.box,
  rootless: LAYERS.box,
  network: LAYERS.lane,
  namespace: LAYERS.thing,
  container: LAYERS.thing + 1,
  visitor: LAYERS.thing,
  fold: LAYERS.thing,
  door: LAYERS.thing,
  listener: LAYERS.thing,
  interface: LAYERS.thing,
  segment: LAYERS.thing,
  heading: LAYERS.thing,
}

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

/** Id of a text of a node. NUL is in no engine's id. */
const textId = (owner: string, name: string | number) => `${owner}\u0000${name}`

/** @param name tells it from the other texts of the node */
export function textElement(node: SceneNode, text: SceneText, name: string | number): GraphElement {
  return {
    group: 'nodes',
    position: middle(text),
    data: {
      id: textId(node.id, name),
      z: LAYERS.text,
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

function nodeElement(node: SceneNode): GraphElement {
  const title = node.texts.find(text => text.role === 'title')
  const centre = middle(node)
  const data: ElementData = {
    id: node.id,
    z: node.variant === 'nest' ? LAYERS.nest : LAYER[node.kind] + (node.variant === 'machine' ? -1 : 0),
    /** The box that it stands in. */
    within: node.parent,
    owner: node.id,
    kind: node.kind,
    variant: node.variant,
    live: node.live ? 1 : 0,
    declared: node.declared ? 1 : 0,
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
    iconCount: node.icons.length,
    icons: node.icons.map(icon => icon.name),
    iconX: node.icons.map(icon => icon.x - node.x),
    iconY: node.icons.map(icon => icon.y - node.y),
    iconSize: node.icons.map(icon => icon.size),
  }
  // The lane's colour fades below its header, however high it is.
  if (node.kind === 'network') data['fade'] = `0% ${Math.min(100, Math.round(11_000 / node.height))}%`
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
        z: LAYERS.line,
        variant: edge.variant,
        live: edge.live ? 1 : 0,
        declared: edge.declared ? 1 : 0,
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

/** Every node with its texts, and the lines. */
export function toElements(scene: Scene): GraphElement[] {
  const byId = new Map(scene.nodes.map(node => [node.id, node]))
  const elements = scene.nodes.map(nodeElement)
  for (const node of scene.nodes) {
    const title = node.texts.findIndex(text => text.role === 'title')
    node.texts.forEach((text, index) => {
      if (index !== title && text.text !== '') elements.push(textElement(node, text, index))
    })
  }
  for (const edge of scene.edges) elements.push(...edgeElement(edge, byId))
  return elements
}
