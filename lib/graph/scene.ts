/** buildScene: the whole picture. */
import type { FindingsReport } from '@/lib/exposure/types'
import type { Host, Topology } from '@/lib/topology/types'
import { addBlock } from './block'
import { compose, type Composition } from './compose'
import { addNode, type Draft, textIn } from './draft'
import { gatherMarks, type Marks } from './marks'
import { type Metrics, metricsFor, sizeClass, stepUp } from './metrics'
import { type HostPlan, planHost } from './plan'
import { routeBlock } from './routes'
import type { Scene, SceneEdge, SceneNode, View } from './types'
import { summarise } from './words'

/** At 1080p a container's name is then at least 6.5 px high when everything is in sight; one zooms in to read. */
const LEGIBLE = 0.006
const MARGIN = 28
const FRAME = { pad: 20, title: 40, gap: 28 }

/** Connections to one machine stand together, in the topology's order. */
function byMachine(hosts: readonly Host[]): Host[][] {
  const machines = new Map<string, Host[]>()
  for (const host of hosts) {
    const list = machines.get(host.machine)
    if (list) list.push(host)
    else machines.set(host.machine, [host])
  }
  for (const list of machines.values()) list.sort((a, b) => Number(a.rootless === true) - Number(b.rootless === true))
  return [...machines.values()]
}

interface Machine {
  plans: HostPlan[]
  compositions: Composition[]
  width: number
  /** By size classes. */
  height: number
}

function composeMachine(hosts: readonly Host[], metrics: Metrics, aspect: number, legible: number): Machine {
  const plans = hosts.map((host, index) => planHost(host, hosts.slice(0, index)))
  const compositions = plans.map(plan => compose(plan, metrics, aspect * plans.length, legible))
  // Everything of one machine lines up below its first connection.
  const outside = Math.max(0, ...compositions.map(each => each.outside))
  for (const composition of compositions) {
    composition.width += outside - composition.outside
    composition.outside = outside
  }
  return {
    plans,
    compositions,
    width: Math.max(0, ...compositions.map(each => each.width)),
    height: compositions.reduce((sum, each) => sum + each.height + FRAME.gap, -FRAME.gap),
  }
}

/** How many machines stand beside each other, by their estimated sizes. */
function tile(machines: readonly Machine[], aspect: number): number {
  let best = 1
  let smallest = Number.POSITIVE_INFINITY
  for (let columns = 1; columns <= machines.length; columns += 1) {
    const rows = Math.ceil(machines.length / columns)
    let width = 0
    let height = 0
    for (let row = 0; row < rows; row += 1) {
      const line = machines.slice(row * columns, (row + 1) * columns)
      width = Math.max(
        width,
        line.reduce((sum, each) => sum + each.width + FRAME.gap + 2 * FRAME.pad, 0),
      )
      height += Math.max(...line.map(each => each.height)) + FRAME.gap + FRAME.title + FRAME.pad
    }
    const size = Math.max(width / aspect, height)
    if (size < smallest * 0.99) {
      smallest = size
      best = columns
    }
  }
  return best
}

/** Draws a machine at a place. @returns its size. */
function addMachine(
  machine: Machine,
  marks: Marks,
  metrics: Metrics,
  at: { x: number; y: number; view: View; framed: boolean },
  scene: { nodes: SceneNode[]; edges: SceneEdge[] },
): { width: number; height: number } {
  const inset = at.framed ? FRAME.pad : 0
  let y = at.y + (at.framed ? FRAME.title : 0)
  const first = machine.plans[0]
  if (first === undefined) return { width: 0, height: 0 }
  const start = scene.nodes.length
  machine.plans.forEach((plan, index) => {
    const composition = machine.compositions[index]
    if (composition === undefined) return
    const draft: Draft = { hostId: plan.host.id, metrics, marks, nodes: [] }
    const block = addBlock(draft, plan, composition, {
      x: at.x + inset,
      y,
      view: at.view,
      shared: index > 0,
      headings: index === 0,
    })
    scene.nodes.push(...draft.nodes)
    scene.edges.push(...routeBlock(plan, block, metrics, draft.nodes, { hostId: first.host.id, first: index === 0 }))
    y = block.y + block.height + FRAME.gap
  })
  const size = { width: machine.width + 2 * inset, height: y - FRAME.gap + inset - at.y }
  if (at.framed) {
    const draft: Draft = { hostId: first.host.id, metrics, marks, nodes: [] }
    const frame = addNode(
      draft,
      { x: at.x, y: at.y, ...size },
      {
        id: `machine:${first.host.machine}`,
        kind: 'host',
        label: first.host.machine,
        variant: 'machine',
        ref: { kind: 'host' },
        texts: [
          textIn(
            first.host.machine,
            { x: at.x + FRAME.pad, y: at.y + 10, width: size.width - 2 * FRAME.pad, height: 24 },
            { role: 'title', size: 18, bold: true },
          ),
        ],
      },
    )
    for (const node of scene.nodes.slice(start)) if (node.parent === null) node.parent = frame.id
    scene.nodes.splice(start, 0, frame)
  }
  return size
}

/**
 * The picture of a topology. Positions are a function of the topology, what is folded, and the aspect ratio alone; findings
 * add marks and move nothing.
 */
export function buildScene(topology: Topology, findings: FindingsReport, view: View): Scene {
  const wanted = view.hostId == null ? null : topology.hosts.find(host => host.id === view.hostId)
  const hosts = wanted ? topology.hosts.filter(host => host.machine === wanted.machine) : topology.hosts
  const groups = byMachine(hosts)
  const marks = gatherMarks(findings)
  const containerCount = hosts.reduce((sum, host) => sum + host.containers.length, 0)
  const metrics = metricsFor(sizeClass(containerCount))
  const legible = view.legible ?? LEGIBLE
  const aspect = Math.min(4, Math.max(0.4, view.aspect))
  const across = Math.ceil(Math.sqrt(groups.length))
  const down = Math.ceil(groups.length / Math.max(1, across))
  const machines = groups.map(group =>
    composeMachine(group, metrics, (aspect * down) / Math.max(1, across), legible * Math.max(1, down)),
  )
  const columns = tile(machines, aspect)
  const framed = hosts.length > 1
  const scene = { nodes: [] as SceneNode[], edges: [] as SceneEdge[] }
  let y = MARGIN
  let width = 0
  for (let row = 0; row * columns < machines.length; row += 1) {
    let x = MARGIN
    let tallest = 0
    for (const machine of machines.slice(row * columns, (row + 1) * columns)) {
      const size = addMachine(machine, marks, metrics, { x, y, view, framed }, scene)
      x += size.width + FRAME.gap
      tallest = Math.max(tallest, size.height)
    }
    width = Math.max(width, x - FRAME.gap)
    y += tallest + FRAME.gap
  }
  const height = y - FRAME.gap + MARGIN
  return {
    width: width + MARGIN,
    // In steps, so that one more row seldom changes what fits the screen.
    height: Math.max(stepUp(height, 60), Math.round((width + MARGIN) / aspect)),
    ...scene,
    summary: summarise(machines.flatMap(machine => machine.plans)),
  }
}
