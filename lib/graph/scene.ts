/** buildScene: the whole picture. */
import type { FindingsReport } from '@/lib/exposure/types'
import type { Topology } from '@/lib/topology/types'
import { addMachine, composeMachine, FRAME, type Machine, type MachinePlan, planMachines } from './machine'
import { drawNests, holders, nestHosts } from './inner-hosts'
import { MAP_WORDS } from './map-words'
import { gatherMarks } from './marks'
import { type Metrics, metricsFor, stepUp } from './metrics'
import type { Scene, SceneEdge, SceneNode, View } from './types'
import { summarise } from './words'

/** At 1080p a container's name is then at least 10 px high when everything is in sight, or folding no longer helps. */
const LEGIBLE = 0.0093
const MARGIN = 28

interface Tiling {
  columns: number
  machines: Machine[]
  size: number
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const most = (values: readonly number[]): number => values.reduce((largest, value) => Math.max(largest, value), 0)

/** Machines in so many columns. Each has the part of the room that its area alone has of all. */
function tile(
  plans: readonly MachinePlan[],
  areas: readonly number[],
  columns: number,
  composed: (plan: MachinePlan, aspect: number, rows: number) => Machine,
  aspect: number,
): Tiling {
  const rows = Math.ceil(plans.length / columns)
  const [across, down] = [2 * FRAME.pad + FRAME.gap, FRAME.title + FRAME.pad + FRAME.gap]
  const machines: Machine[] = []
  let width = 0
  let height = 0
  for (let start = 0; start < plans.length; start += columns) {
    const rowAreas = areas.slice(start, start + columns)
    const rowAspect = (aspect * sum(areas)) / sum(rowAreas)
    const row = plans
      .slice(start, start + columns)
      .map((plan, index) => composed(plan, (rowAspect * (rowAreas[index] ?? 1)) / sum(rowAreas), rows))
    machines.push(...row)
    width = Math.max(width, sum(row.map(each => each.width + across)))
    height += most(row.map(each => each.height)) + down
  }
  return { columns, machines, size: Math.max(width / aspect, height) }
}

function bestTiling(plans: readonly MachinePlan[], metrics: Metrics, aspect: number, legible: number): Tiling {
  const composed = (plan: MachinePlan, share: number, rows: number) =>
    composeMachine(plan, metrics, share, legible * rows)
  const areas =
    plans.length < 2 ? [1] : plans.map(plan => composed(plan, aspect, 1)).map(each => each.width * each.height)
  const root = Math.max(1, Math.round(Math.sqrt(plans.length)))
  let best = tile(plans, areas, root, composed, aspect)
  for (const columns of [root - 1, root + 1, root + 2]) {
    if (columns < 1 || columns > plans.length) continue
    const other = tile(plans, areas, columns, composed, aspect)
    if (other.size < best.size * 0.99) best = other
  }
  return best
}

/**
 * The picture of a topology. Positions are a function of the topology, what is folded, and the aspect ratio alone; findings
 * add marks and, where a lane folds, choose what stays in sight.
 */
export function buildScene(topology: Topology, findings: FindingsReport, view: View): Scene {
  const wanted = view.hostId == null ? undefined : topology.hosts.find(host => host.id === view.hostId)
  const shown = wanted ? topology.hosts.filter(host => host.machine === wanted.machine) : topology.hosts
  const ids = new Set(shown.map(({ id }) => id))
  const hosts = topology.hosts.filter(({ id, nestedIn }) => ids.has(id) || ids.has(nestedIn?.hostId ?? ''))
  const words = view.words ?? MAP_WORDS
  const metrics = metricsFor(
    hosts.reduce((sum, host) => sum + host.containers.length + (host.declared?.containers.length ?? 0), 0),
    words,
  )
  const aspect = Math.min(4, Math.max(0.4, view.aspect))
  const marks = gatherMarks(findings)
  const nesting = nestHosts(hosts)
  const plans = planMachines(nesting.hosts, metrics, drawNests(nesting, { metrics, marks }, view))
  const { machines, columns } = bestTiling(plans, metrics, aspect, view.legible ?? LEGIBLE)
  const scene = { nodes: new Array<SceneNode>(), edges: new Array<SceneEdge>() }
  let y = MARGIN
  let width = 0
  for (let start = 0; start < machines.length; start += columns) {
    let x = MARGIN
    let tallest = 0
    const frames: SceneNode[] = []
    for (const machine of machines.slice(start, start + columns)) {
      const size = addMachine(machine, { metrics, marks }, { x, y, view, framed: nesting.hosts.length > 1 }, scene)
      x += size.width + FRAME.gap
      tallest = Math.max(tallest, size.height)
      if (size.frame !== null) frames.push(size.frame)
    }
    for (const frame of frames) frame.height = tallest
    width = Math.max(width, x - FRAME.gap + MARGIN)
    y += tallest + FRAME.gap
  }
  for (const node of scene.nodes) if (node.kind === 'container' && nesting.inside.has(node.id)) node.nest ??= 'folded'
  return {
    width,
    // In steps, so that one more row seldom changes what fits the screen.
    height: Math.max(stepUp(y - FRAME.gap + MARGIN, 48), Math.round(width / aspect)),
    ...scene,
    inside: holders(nesting),
    words,
    summary: summarise(
      machines.flatMap(machine => machine.plans),
      words,
    ),
  }
}
