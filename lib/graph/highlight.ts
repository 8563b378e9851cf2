/** What lights up with a thing: its way from the outside in, and what it is wired to. The rest dims. */
import { indexScene } from './find'
import type { Scene, SceneEdge, SceneNode } from './types'

interface Wiring {
  byId: ReadonlyMap<string, SceneNode>
  children: ReadonlyMap<string, SceneNode[]>
  /** Lines by either end. */
  lines: ReadonlyMap<string, SceneEdge[]>
  visitorsOf: ReadonlyMap<string, SceneNode[]>
}

const wirings = new WeakMap<Scene, Wiring>()

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** Ids of those in the pivot column that a visitor, or what visitors fold to, is a sign of. */
const standingFor = ({ stands, hides }: SceneNode): readonly string[] => hides ?? (stands === undefined ? [] : [stands])

function wiringOf(scene: Scene): Wiring {
  const known = wirings.get(scene)
  if (known) return known
  const children = new Map<string, SceneNode[]>()
  const lines = new Map<string, SceneEdge[]>()
  const visitorsOf = new Map<string, SceneNode[]>()
  for (const node of scene.nodes) {
    if (node.parent !== null) push(children, node.parent, node)
    for (const pivot of standingFor(node)) push(visitorsOf, pivot, node)
  }
  for (const line of scene.edges) {
    push(lines, line.source, line)
    push(lines, line.target, line)
  }
  const wiring = { byId: indexScene(scene).byId, children, lines, visitorsOf }
  wirings.set(scene, wiring)
  return wiring
}

class Path {
  readonly lit = new Set<string>()
  constructor(private readonly wiring: Wiring) {}

  private node(id: string | null): SceneNode | undefined {
    return id === null ? undefined : this.wiring.byId.get(id)
  }

  private linesOf(id: string, kind: SceneEdge['kind']): SceneEdge[] {
    return (this.wiring.lines.get(id) ?? []).filter(line => line.kind === kind)
  }

  /** The boxes that a node stands in. */
  private holders(node: SceneNode): void {
    for (let each = this.node(node.parent); each; each = this.node(each.parent)) this.lit.add(each.id)
  }

  private contents(node: SceneNode): void {
    this.lit.add(node.id)
    for (const child of this.wiring.children.get(node.id) ?? []) this.contents(child)
  }

  /** An interface with what stands behind it. */
  private outwards(near: SceneNode): void {
    this.lit.add(near.id)
    for (const line of this.linesOf(near.id, 'uplink')) {
      this.lit.add(line.id)
      this.lit.add(line.source)
    }
  }

  /** From the outside to a door: through every interface, unless it is the host's alone. */
  private toDoor(door: SceneNode): void {
    this.lit.add(door.id)
    this.holders(door)
    if (door.variant.startsWith('loopback') || !door.live) return
    for (const node of this.wiring.byId.values())
      if (node.kind === 'interface' && node.live && node.hostId === door.hostId) this.outwards(node)
  }

  /** A lane's own tie to the outside. */
  private laneOutwards(lane: SceneNode): void {
    for (const line of this.linesOf(lane.id, 'parent')) {
      this.lit.add(line.id)
      const near = this.node(line.source)
      if (near) this.outwards(near)
    }
  }

  private doorsInto(id: string): void {
    for (const line of this.linesOf(id, 'leads')) {
      if (line.target !== id) continue
      this.lit.add(line.id)
      const door = this.node(line.source)
      if (door) this.toDoor(door)
    }
  }

  /** A chip or box of containers: doors into it, the lane it stands in, the lanes it visits. */
  private placed(node: SceneNode): void {
    this.contents(node)
    this.holders(node)
    const box = this.node(node.parent)
    const own = box?.kind === 'namespace' ? box : node
    this.doorsInto(node.id)
    if (own !== node) this.doorsInto(own.id)
    const lane = this.node(own.parent)
    if (lane?.kind === 'network') this.laneOutwards(lane)
    for (const line of this.linesOf(own.id, 'member')) {
      this.lit.add(line.id)
      this.lit.add(line.target)
      const visited = this.node(line.target)
      if (visited) this.laneOutwards(visited)
    }
    for (const visitor of this.wiring.visitorsOf.get(own.id) ?? []) {
      this.lit.add(visitor.id)
      this.holders(visitor)
    }
  }

  private visiting(visitor: SceneNode): void {
    for (const id of standingFor(visitor)) {
      const pivot = this.node(id)
      if (pivot) this.placed(pivot)
    }
  }

  private lane(lane: SceneNode): void {
    this.contents(lane)
    this.holders(lane)
    this.laneOutwards(lane)
    for (const child of this.wiring.children.get(lane.id) ?? []) {
      this.doorsInto(child.id)
      for (const id of standingFor(child)) {
        const pivot = this.node(id)
        if (pivot) this.contents(pivot)
      }
    }
    for (const line of this.linesOf(lane.id, 'member')) this.lit.add(line.id)
  }

  follow(node: SceneNode): void {
    switch (node.kind) {
      case 'door':
      case 'listener':
        this.toDoor(node)
        for (const line of this.linesOf(node.id, 'leads')) {
          this.lit.add(line.id)
          const target = this.node(line.target)
          if (target === undefined) continue
          this.contents(target)
          this.holders(target)
          for (const member of this.linesOf(target.id, 'member')) {
            this.lit.add(member.id)
            this.lit.add(member.target)
          }
        }
        return
      case 'container':
      case 'namespace':
        return this.placed(node)
      case 'fold':
        if (node.hides === undefined) return this.placed(node)
        this.contents(node)
        this.holders(node)
        return this.visiting(node)
      case 'visitor':
        return this.visiting(node)
      case 'network':
        return this.lane(node)
      case 'rootless':
        this.contents(node)
        for (const lane of this.wiring.children.get(node.id) ?? []) if (lane.kind === 'network') this.lane(lane)
        return
      case 'interface':
        this.outwards(node)
        for (const line of this.linesOf(node.id, 'parent')) {
          this.lit.add(line.id)
          const lane = this.node(line.target)
          if (lane) this.contents(lane)
        }
        return
      case 'segment':
        this.lit.add(node.id)
        for (const line of this.linesOf(node.id, 'uplink')) {
          const near = this.node(line.target)
          if (near) this.follow(near)
        }
        return
      case 'host':
        this.contents(node)
        for (const each of this.wiring.byId.values()) {
          if (each.hostId !== node.hostId) continue
          if (each.kind === 'door' || each.kind === 'listener') this.lit.add(each.id)
          if (each.kind === 'interface') this.outwards(each)
        }
        return
      case 'heading':
        return
    }
  }
}

/** Ids of the nodes and lines to light when this node is selected or pointed at; empty for an unknown id. */
export function pathOf(scene: Scene, id: string): ReadonlySet<string> {
  const wiring = wiringOf(scene)
  const node = wiring.byId.get(id)
  if (node === undefined) return new Set()
  const path = new Path(wiring)
  path.follow(node)
  return path.lit
}
