/** The connections to one machine, together: they share its outside, and stand in one frame when there are several. */
import type { Host } from '@/lib/topology/types'
import { addBlock } from './block'
import { compose, type Composition, GAPS, outsideWidth } from './compose'
import { addNode, type Draft, textIn } from './draft'
import type { Marks } from './marks'
import { EDGE, type Metrics } from './metrics'
import type { Nest } from './nest'
import { type HostPlan, planHost } from './plan'
import { routeBlock } from './routes'
import { tiedParents } from './ties'
import type { SceneEdge, SceneNode, View } from './types'

export const FRAME = { pad: 22, title: 46, gap: 30 }

export interface MachinePlan {
  machine: string
  plans: HostPlan[]
  outside: number
}

export interface Machine extends MachinePlan {
  compositions: Composition[]
  /** Connections below each other, or side by side. */
  stacked: boolean
  width: number
  /** By size classes. */
  height: number
}

/** Connections to one machine, rootful first, in the topology's order. */
export function planMachines(
  hosts: readonly Host[],
  metrics: Metrics,
  nests: ReadonlyMap<string, Nest>,
): MachinePlan[] {
  const machines = new Map<string, Host[]>()
  for (const host of hosts) {
    const list = machines.get(host.machine)
    if (list) list.push(host)
    else machines.set(host.machine, [host])
  }
  return [...machines].map(([machine, connections]) => {
    connections.sort((a, b) => Number(a.rootless === true) - Number(b.rootless === true))
    const plans = connections.map((host, index) => planHost(host, connections.slice(0, index), metrics.words, nests))
    const first = plans[0]
    const outside = first === undefined ? 0 : outsideWidth(first, metrics)
    return { machine, plans, outside: outside === 0 ? EDGE.standOut : outside + GAPS.outside }
  })
}

/** Lays the connections out below or beside each other; each gets the part of the room that it has of the whole. */
function arrange(plan: MachinePlan, metrics: Metrics, aspect: number, legible: number, stacked: boolean): Machine {
  const { plans, outside } = plan
  const room = (index: number) => (stacked || index === 0 ? outside : EDGE.standOut)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const alone = plans.map((each, index) => compose(each, metrics, aspect, room(index), legible))
  const areas = alone.map(each => each.width * each.height)
  const compositions =
    plans.length === 1
      ? alone
      : plans.map((each, index) => {
          const share = (areas[index] ?? 1) / sum(areas)
          return compose(each, metrics, stacked ? aspect / share : aspect * share, room(index), legible)
        })
  const gaps = FRAME.gap * (plans.length - 1)
  const widths = compositions.map(each => each.width)
  const heights = compositions.map(each => each.height)
  return {
    ...plan,
    compositions,
    stacked,
    width: stacked ? Math.max(...widths) : sum(widths) + gaps,
    height: stacked ? sum(heights) + gaps : Math.max(...heights),
  }
}

export function composeMachine(plan: MachinePlan, metrics: Metrics, aspect: number, legible: number): Machine {
  const below = arrange(plan, metrics, aspect, legible, true)
  if (plan.plans.length < 2) return below
  const beside = arrange(plan, metrics, aspect, legible, false)
  const size = ({ width, height }: Machine) => Math.max(width / aspect, height)
  return size(beside) < size(below) ? beside : below
}

/** Draws a machine with its top left corner there. @returns its size, and its frame if it has one. */
export function addMachine(
  machine: Machine,
  { metrics, marks }: { metrics: Metrics; marks: Marks },
  at: { x: number; y: number; view: View; framed: boolean },
  scene: { nodes: SceneNode[]; edges: SceneEdge[] },
): { width: number; height: number; frame: SceneNode | null } {
  const inset = at.framed ? FRAME.pad : 0
  const start = { x: at.x + inset, y: at.y + (at.framed ? FRAME.title : 0) }
  const nodes: SceneNode[] = []
  const ties = machine.plans[0] === undefined ? 0 : tiedParents(machine.plans[0]).length
  let { x, y } = start
  let bottom = y
  machine.plans.forEach((plan, index) => {
    const composition = machine.compositions[index]
    if (composition === undefined) return
    const draft: Draft = {
      hostId: plan.host.id,
      metrics,
      marks,
      declared: plan.declared,
      nodes: [],
      inside: { nodes: [], edges: [] },
    }
    const block = addBlock(draft, plan, composition, {
      x,
      y,
      view: at.view,
      shared: index > 0,
      ties: index > 0 && machine.stacked ? 0 : ties,
    })
    nodes.push(...draft.nodes)
    nodes.push(...draft.inside.nodes)
    scene.edges.push(...draft.inside.edges, ...routeBlock(plan, block, metrics, draft.nodes, index === 0))
    bottom = Math.max(bottom, y + block.height)
    if (machine.stacked) y += block.height + FRAME.gap
    else x += composition.width + FRAME.gap
  })
  const size = { width: machine.width + 2 * inset, height: bottom + inset - at.y }
  const frame = at.framed ? addFrame(machine, { metrics, marks }, { ...at, ...size }, nodes, scene) : null
  scene.nodes.push(...nodes)
  return { ...size, frame }
}

function addFrame(
  { machine, plans }: Machine,
  { metrics, marks }: { metrics: Metrics; marks: Marks },
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  inside: readonly SceneNode[],
  scene: { nodes: SceneNode[]; edges: SceneEdge[] },
): SceneNode {
  const draft: Draft = {
    hostId: plans[0]?.host.id ?? '',
    metrics,
    marks,
    declared: new Map(),
    nodes: scene.nodes,
    inside: scene,
  }
  const text = { x: x + FRAME.pad, y: y + 12, width: width - 2 * FRAME.pad, height: 24 }
  const frame = addNode(
    draft,
    { x, y, width, height },
    {
      id: `machine:${machine}`,
      kind: 'host',
      label: machine,
      sublabel: metrics.words.machine,
      variant: 'machine',
      ref: { kind: 'host' },
      texts: [textIn(machine, text, { role: 'title', size: 18, bold: true })],
    },
  )
  for (const node of inside) if (node.parent === null) node.parent = frame.id
  return frame
}
