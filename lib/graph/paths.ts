/** Orthogonal paths: making an edge of one, and asking what it crosses. */
import type { Rect } from './draft'
import type { Point, SceneEdge, SceneNode } from './types'

export const centre = (rect: Rect): number => rect.y + rect.height / 2

/** Leaves out doubles, and corners that lie on a straight line between their neighbours. */
export function simplify(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  let before: Point | undefined
  let last: Point | undefined
  for (const point of points) {
    if (last !== undefined && Math.abs(last.x - point.x) < 0.5 && Math.abs(last.y - point.y) < 0.5) continue
    const onX = before?.x === last?.x && last?.x === point.x
    const onY = before?.y === last?.y && last?.y === point.y
    if (before !== undefined && (onX || onY)) kept[kept.length - 1] = point
    else {
      kept.push(point)
      before = last
    }
    last = point
  }
  return kept
}

interface Line {
  kind: SceneEdge['kind']
  source: SceneNode
  target: SceneNode
  atRest: boolean
  live: boolean
  variant: string
}

export function makeEdge({ kind, source, target, atRest, live, variant }: Line, points: readonly Point[]): SceneEdge {
  const path = simplify(points)
  const from = path[0] ?? { x: source.x, y: source.y }
  const to = path[path.length - 1] ?? from
  return {
    id: `${source.id} → ${target.id}`,
    kind,
    source: source.id,
    target: target.id,
    from,
    to,
    bends: path.slice(1, -1),
    atRest,
    live,
    declared: source.declared || target.declared,
    variant,
  }
}

export const pathOfEdge = ({ from, bends, to }: SceneEdge): Point[] => [from, ...bends, to]

/** Whether a path crosses this box; touching its border does not count. */
export function crosses(path: readonly Point[], { x, y, width, height }: Rect): boolean {
  for (let index = 1; index < path.length; index += 1) {
    const [a, b] = [path[index - 1], path[index]]
    if (
      a &&
      b &&
      Math.max(a.x, b.x) > x + 1 &&
      Math.min(a.x, b.x) < x + width - 1 &&
      Math.max(a.y, b.y) > y + 1 &&
      Math.min(a.y, b.y) < y + height - 1
    )
      return true
  }
  return false
}

/** Whether the line crosses a box that is neither its end nor one that holds an end. */
export function blocked(line: SceneEdge, nodes: readonly SceneNode[], byId: ReadonlyMap<string, SceneNode>): boolean {
  const own = new Set<string>()
  for (const end of [line.source, line.target])
    for (let id: string | null = end; id !== null; id = byId.get(id)?.parent ?? null) own.add(id)
  const path = pathOfEdge(line)
  // Doors stand on the host's edge: what starts there runs through the host's right margin.
  return nodes.some(node => node.kind !== 'host' && !own.has(node.id) && crosses(path, node))
}
