/** Orthogonal paths: making an edge of one, and asking what it crosses. */
import type { Rect } from './draft'
import type { Point, SceneEdge, SceneNode } from './types'

export const centre = (rect: Rect): number => rect.y + rect.height / 2

/** Leaves out doubles, and corners that lie on a straight line between their neighbours. */
export function simplify(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const point of points) {
    const last = kept.at(-1)
    if (last && Math.abs(last.x - point.x) < 0.5 && Math.abs(last.y - point.y) < 0.5) continue
    const before = kept.at(-2)
    const straight =
      last && before && ((last.x === before.x && last.x === point.x) || (last.y === before.y && last.y === point.y))
    if (straight) kept.pop()
    kept.push(point)
  }
  return kept
}

type Line = Omit<SceneEdge, 'id' | 'from' | 'to' | 'bends' | 'source' | 'target'> & {
  source: SceneNode
  target: SceneNode
}

export function makeEdge({ source, target, ...line }: Line, points: readonly Point[]): SceneEdge {
  const path = simplify(points)
  const from = path[0] ?? { x: source.x, y: source.y }
  return {
    ...line,
    id: `${source.id} → ${target.id}`,
    source: source.id,
    target: target.id,
    from,
    to: path.at(-1) ?? from,
    bends: path.slice(1, -1),
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
