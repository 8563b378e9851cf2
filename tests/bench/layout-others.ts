/** Two well-known layouts of the boxes and lines of a scene: fcose (forces, compounds) and ELK layered (columns, right angles). */
import cytoscape from 'cytoscape'
import fcose from 'cytoscape-fcose'
import Elk, { type ElkNode } from 'elkjs/lib/elk.bundled.js'
import type { Scene } from '@/lib/graph/types'
import type { Drawing, Point, Rect } from './layout-measures'

const PADDING = 12

const ON_EDGE: ReadonlySet<string> = new Set(['interface', 'door', 'listener'])

/** Headings are words between groups: they stand for nothing that another layout would have to place. */
export function rectsOf(scene: Scene): Rect[] {
  const host = scene.nodes.find(node => node.kind === 'host')?.id ?? null
  return scene.nodes
    .filter(node => node.kind !== 'heading')
    .map(({ id, kind, parent, x, y, width, height }) => {
      // Doors stand out of the host's box, and belong to it.
      return { id, parent: ON_EDGE.has(kind) ? host : parent, x, y, width, height }
    })
}

/** From the middle of one box to the middle of another, where it leaves the first and enters the second. */
function straight(from: Rect, to: Rect): Point[] {
  const [a, b] = [from, to].map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))
  if (a === undefined || b === undefined) return []
  const border = (at: Point, towards: Point, { width, height }: Rect): Point => {
    const [dx, dy] = [towards.x - at.x, towards.y - at.y]
    const share = Math.min(width / 2 / Math.abs(dx || 1e-9), height / 2 / Math.abs(dy || 1e-9), 1)
    return { x: at.x + dx * share, y: at.y + dy * share }
  }
  return [border(a, b, from), border(b, a, to)]
}

export function byForces(scene: Scene): Drawing {
  cytoscape.use(fcose)
  const rects = rectsOf(scene)
  const graph = cytoscape({
    headless: true,
    styleEnabled: true,
    elements: [
      ...rects.map(({ id, parent, width, height }) => ({
        group: 'nodes' as const,
        data: { id, width, height, ...(parent === null ? {} : { parent }) },
      })),
      ...scene.edges.map(({ id, source, target }) => ({ group: 'edges' as const, data: { id, source, target } })),
    ],
    style: [
      { selector: 'node', style: { width: 'data(width)', height: 'data(height)', 'border-width': 0 } },
      { selector: ':parent', style: { padding: `${PADDING}px` } },
    ],
  })
  const options = { name: 'fcose', quality: 'proof', animate: false, randomize: true, packComponents: true }
  graph.layout(options).run()
  const placed = rects.map(({ id, parent }): Rect => {
    const { x1, y1, w, h } = graph.getElementById(id).boundingBox({ includeLabels: false, includeOverlays: false })
    return { id, parent, x: x1, y: y1, width: w, height: h }
  })
  graph.destroy()
  const byId = new Map(placed.map(rect => [rect.id, rect]))
  const lines = scene.edges.flatMap(({ source, target }) => {
    const [from, to] = [byId.get(source), byId.get(target)]
    return from && to ? [{ source, target, points: straight(from, to) }] : []
  })
  return { rects: placed, lines }
}

export async function byLayers(scene: Scene): Promise<Drawing> {
  const rects = rectsOf(scene)
  const childrenOf = (parent: string | null): ElkNode[] =>
    rects
      .filter(rect => rect.parent === parent)
      .map(({ id, width, height }) => {
        const children = childrenOf(id)
        return children.length > 0
          ? {
              id,
              children,
              layoutOptions: { 'elk.padding': `[top=${PADDING},left=${PADDING},bottom=${PADDING},right=${PADDING}]` },
            }
          : { id, width, height }
      })
  const graph: ElkNode = await new Elk().layout({
    id: '(all)',
    children: childrenOf(null),
    edges: scene.edges.map(({ id, source, target }) => ({ id, sources: [source], targets: [target] })),
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.aspectRatio': String(16 / 9),
      'elk.json.edgeCoords': 'ROOT',
    },
  })
  const placed: Rect[] = []
  const collect = (nodes: readonly ElkNode[], parent: string | null, left: number, top: number) => {
    for (const { id, x = 0, y = 0, width = 0, height = 0, children = [] } of nodes) {
      placed.push({ id, parent, x: left + x, y: top + y, width, height })
      collect(children, id, left + x, top + y)
    }
  }
  collect(graph.children ?? [], null, 0, 0)
  const lines = (graph.edges ?? []).flatMap(({ sources, targets, sections = [] }) =>
    sections.map(({ startPoint, bendPoints = [], endPoint }) => ({
      source: sources[0] ?? '',
      target: targets[0] ?? '',
      points: [startPoint, ...bendPoints, endPoint],
    })),
  )
  return { rects: placed, lines }
}
