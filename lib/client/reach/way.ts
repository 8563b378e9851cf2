/** A way hop by hop on a scene: along the picture's own lines where there are some, else through the gutters. Pure. */
import { indexScene } from '@/lib/graph/find'
import type { Way } from '@/lib/graph/overlay'
import type { VerdictSign } from '@/lib/graph/signs'
import type { Point, Scene, SceneEdge, SceneNode } from '@/lib/graph/types'
import type { ReachPairAnswer, Stop } from '@/lib/reach/stop'
import type { Words } from '../words/catalogue'
import type { Hop } from '@/lib/reach/types'

interface Ends {
  /** Text forms of the two ends' references. */
  source: string
  target: string
}

interface Drawn {
  lit: Set<string>
  ends: Set<string>
  way: Way | null
  words: Map<string, string>
}

const centreOf = (node: SceneNode): Point => ({ x: node.x + node.width / 2, y: node.y + node.height / 2 })

/** Where the hops of an answer are on the scene, and the lines between them. */
export function wayOf(
  scene: Scene,
  hostId: string,
  answer: ReachPairAnswer,
  verdict: VerdictSign,
  asked: Ends,
  { said }: Words['reach'],
): Drawn {
  const { byRef, byId } = indexScene(scene)
  const nodeOf = (ref: string) => byRef.get(`${hostId} ${ref}`) ?? null
  const source = nodeOf(asked.source)
  const target = nodeOf(asked.target)
  const ends = new Set<string>([source, target].flatMap(node => node?.id ?? []))
  const lit = new Set(ends)
  const words = new Map<string, string>()

  const find = (hop: Hop, index: number): SceneNode | null => {
    switch (hop.kind) {
      case 'namespace':
        if (index === 0) return source
        return index === answer.hops.length - 1 && answer.stop === null
          ? target
          : (nodeOf(`container:${hop.label}`) ?? null)
      case 'interface':
        return nodeOf(hop.id) ?? (index === 0 ? source : null)
      case 'network':
        return byId.get(hop.id) ?? nodeOf(`network:${hop.label}`)
      case 'host':
        return nodeOf('host')
      case 'door':
        return nodeOf(hop.id.replace(/^door:/, 'port:')) ?? nodeOf(hop.id)
    }
  }
  const stops = answer.hops.flatMap((hop, index) => {
    const node = find(hop, index)
    return node === null ? [] : [{ hop, node }]
  })
  for (const { node } of stops) lit.add(node.id)

  const tracer = new Tracer(scene, lit)
  if (source?.kind === 'segment') tracer.startAt(source)
  const nodes = stops.map(({ node }) => node)
  nodes.forEach((node, index) => tracer.to(node, nodes[index + 1] ?? null, nodes[index + 2] ?? target))
  stops.forEach(({ node }, index) => words.set(node.id, said.hop(index + 1, stops.length)))
  const stop = answer.stop === null ? null : stopOf(answer.stop, tracer, target, stops.at(-1)?.node ?? null)
  const way: Way = { tone: verdict, lines: tracer.lines(), steps: tracer.steps, stop }
  return { lit, ends, way, words }
}

function stopOf(stop: Stop, tracer: Tracer, target: SceneNode | null, last: SceneNode | null): Way['stop'] {
  const goal = target === null ? null : { x: target.x, y: target.y + target.height / 2 }
  const words = stop.because.join('; ')
  const end = tracer.end()
  // Refused by the far end itself: the way is missing, and the sign stands there.
  const atTarget = target !== null && goal !== null && last !== null && stop.label === target.label && last !== target
  if (atTarget && end !== null) {
    tracer.corner(goal)
    return { at: goal, target: null, words }
  }
  const at = end ?? goal
  return at === null ? null : { at, target: goal, words }
}

/** Collects the corners of a way while it is followed from hop to hop. */
class Tracer {
  readonly steps: { at: Point; text: string }[] = []
  private readonly pieces: Point[][] = []
  private current: Point[] = []
  private before: SceneNode | null = null
  private readonly hosts: ReadonlyMap<string, SceneNode>

  constructor(
    private readonly scene: Scene,
    private readonly lit: Set<string>,
  ) {
    this.hosts = new Map(scene.nodes.filter(({ kind }) => kind === 'host').map(node => [node.hostId, node]))
  }

  corner(point: Point): void {
    const last = this.current.at(-1)
    if (last === undefined || Math.abs(last.x - point.x) > 0.5 || Math.abs(last.y - point.y) > 0.5)
      this.current.push(point)
  }

  /** Behind an interface: the picture's own line leads up to it. */
  startAt(node: SceneNode): void {
    this.before = node
  }

  end(): Point | null {
    return this.current.at(-1) ?? this.pieces.at(-1)?.at(-1) ?? null
  }

  lines(): Point[][] {
    return [...this.pieces, this.current].filter(points => points.length > 1)
  }

  /** Goes on to this node; `next` and `then` are where the way leads from there. */
  to(node: SceneNode, next: SceneNode | null, then: SceneNode | null): void {
    const along = this.before === null ? undefined : this.lineBetween(this.before, node)
    if (along !== undefined) {
      // The picture has a line here: it is lit, and what is drawn over it begins anew behind it.
      this.lit.add(along.id)
      if (this.current.length > 0) this.pieces.push(this.current)
      this.current = []
    }
    const at = this.anchor(node, next)
    if (node.kind === 'network') this.alongLane(node, next ?? then)
    else if (node.kind === 'host') this.alongHost(node, next, then)
    else this.corner(at)
    this.steps.push({ at: this.stepAt(node, at), text: String(this.steps.length + 1) })
    this.before = node
  }

  /** The host, and a lane that is not left, have their number half way. */
  private stepAt(node: SceneNode, at: Point): Point {
    const last = this.current.at(-1) ?? at
    const before = this.current.at(-2)
    const upright = before !== undefined && before.x === last.x
    const within = (node.kind === 'network' && last.x === node.x) || node.kind === 'host'
    return upright && within ? { x: last.x, y: (last.y + before.y) / 2 } : last
  }

  /** A container of a shared namespace hangs on the lines of its box. */
  private lineBetween(a: SceneNode, b: SceneNode): SceneEdge | undefined {
    const { byId } = indexScene(this.scene)
    const ids = ({ id, parent }: SceneNode) =>
      parent !== null && byId.get(parent)?.kind === 'namespace' ? [id, parent] : [id]
    const [from, to] = [ids(a), ids(b)]
    return this.scene.edges.find(
      ({ source, target, kind }) =>
        kind !== 'leads' &&
        ((from.includes(source) && to.includes(target)) || (from.includes(target) && to.includes(source))),
    )
  }

  /** What stands in this lane for a node: itself, its box, a visitor's chip, or the fold that this is in. */
  private inLane(lane: SceneNode, node: SceneNode | null): SceneNode | null {
    if (node === null) return null
    const { byId } = indexScene(this.scene)
    for (let each: SceneNode | undefined = node; each; each = each.parent === null ? undefined : byId.get(each.parent))
      if (each.parent === lane.id) return each
    const box = node.parent === null ? undefined : byId.get(node.parent)
    const isSign = ({ parent, stands, hides = [] }: SceneNode) =>
      parent === lane.id && [node, box].some(one => one !== undefined && (stands === one.id || hides.includes(one.id)))
    return this.scene.nodes.find(isSign) ?? null
  }

  private anchor(node: SceneNode, next: SceneNode | null): Point {
    const centre = centreOf(node)
    const atRight = node.kind === 'interface' || node.kind === 'door' || node.kind === 'listener'
    const leavesRight = next !== null && next.kind !== 'network' && next.x > node.x
    return { x: atRight || leavesRight ? node.x + node.width : node.x, y: centre.y }
  }

  /** Along the left border of a lane, at the heights of what stands in it. */
  private alongLane(lane: SceneNode, next: SceneNode | null): void {
    const came = this.inLane(lane, this.before)
    const goes = this.inLane(lane, next)
    // Beside the border, so that the number of this hop and that of a chip right behind it are apart; within one lane on it.
    const x = came !== null && goes !== null ? lane.x : lane.x - 14
    const end = this.end()
    if (end !== null && came === null) this.corner({ x, y: end.y })
    for (const each of [came, goes]) {
      if (each === null) continue
      this.lit.add(each.id)
      this.corner({ x, y: each.y + each.height / 2 })
    }
    if (came === null && goes === null) this.corner({ x, y: lane.y + Math.min(26, lane.height / 2) })
    // Somebody who stands elsewhere is left by way of his chip here.
    if (goes !== null && (goes.kind === 'visitor' || goes.hides !== undefined))
      this.corner({ x: goes.x, y: goes.y + goes.height / 2 })
  }

  /** Along the host's right edge, from the height where the way comes in to the one where it leaves. */
  private alongHost(host: SceneNode, next: SceneNode | null, then: SceneNode | null): void {
    const edge = this.hosts.get(host.hostId) ?? host
    const x = edge.x + edge.width - 6
    const came = this.end()
    if (came !== null) this.corner({ x, y: came.y })
    const y = next === null ? null : this.heightOf(next, then)
    if (y !== null) this.corner({ x, y })
    else if (came === null) this.corner({ x, y: edge.y + 20 })
  }

  private heightOf(node: SceneNode, then: SceneNode | null): number {
    const inside = node.kind === 'network' ? this.inLane(node, then) : node
    return inside === null ? node.y + Math.min(26, node.height / 2) : inside.y + inside.height / 2
  }
}
