/** One connection's part of the picture, placed: outside, host, lanes, what stands right of them. */
import { addAside } from './aside'
import { type Composition, GAPS } from './compose'
import { addNode, type Draft, type Rect, textIn } from './draft'
import { addSegment } from './edge-nodes'
import { addHeading } from './heading'
import { childrenOf } from './entries'
import { addHostEdge, hostWidth, shownDoors } from './host-edge'
import { addLane, type Fold } from './lanes'
import { orderDoors, targetsOf } from './leads'
import { EDGE } from './metrics'
import { orderPivots } from './pivots'
import type { HostPlan } from './plan'
import { TIE } from './ties'
import type { SceneNode, View } from './types'

/** Where lines may run: left of the host and over it, between host and lanes, between columns, between lanes of a column. */
export interface Corridors {
  host: SceneNode
  columns: { x: number; right: number; lanes: SceneNode[] }[]
  lanesTop: number
  /** Above the host, where ties step past it; its top. */
  overpass: number
  /** The box of a rootless user's namespace round the lanes. */
  frame: SceneNode | null
  asideX: number | null
}

export interface Block {
  height: number
  corridors: Corridors
}

/** A segment stands beside its interfaces; where those are not known, beside the host's name, above all doors. */
function addOutside(draft: Draft, plan: HostPlan, host: SceneNode, x: number, width: number): void {
  const interfaces = new Map(draft.nodes.filter(node => node.kind === 'interface').map(node => [node.label, node]))
  let free = Number.NEGATIVE_INFINITY
  for (const segment of plan.segments) {
    const behind = segment.interfaces.flatMap(name => interfaces.get(name) ?? [])
    const height = draft.metrics.door + 4
    if (segment.interfaces.length === 0) behind.push({ ...host, y: host.y + (EDGE.hostTitle - height) / 2, height })
    const [first, last] = [behind[0], behind.at(-1)]
    if (first === undefined || last === undefined) continue
    const y = Math.max(free, first.y)
    const tall = Math.max(first.height, last.y + last.height - y)
    free = y + tall + 8
    addSegment(draft, plan.host.id, segment, { x, y, width, height: tall })
  }
}

const foldOf = (view: View, id: string): Fold =>
  view.folded?.has(id) === true ? 'folded' : view.unfolded?.has(id) === true ? 'unfolded' : 'auto'

interface At {
  x: number
  y: number
  view: View
  /** The machine's outside and interfaces are drawn with an earlier connection. */
  shared: boolean
  /** Room over the host for as many ties. */
  ties: number
}

/** Draws one connection from its top left corner, headings included. */
export function addBlock(draft: Draft, plan: HostPlan, composition: Composition, at: At): Block {
  const { metrics } = draft
  const { lanes: grid } = composition
  const overpass = at.y + EDGE.headings
  const top = overpass + (at.ties === 0 ? 0 : 10 + at.ties * TIE.over)
  const hostX = at.x + composition.outside
  const hostRight = hostX + hostWidth(composition.host)

  const boxed = plan.rootless !== null && plan.lanes.length > 0
  const pitch = grid.width + metrics.gutter
  const lanesX = hostRight + metrics.gutter + (boxed ? GAPS.frame : 0)
  const lanesTop = top + (boxed ? GAPS.frameTitle : 0)
  const columns = composition.columns.map((members, index) => ({
    members,
    x: lanesX + index * pitch,
    right: lanesX + index * pitch + grid.width,
    lanes: new Array<SceneNode>(),
    bottom: lanesTop,
  }))
  const lanesRight = columns.at(-1)?.right ?? hostRight
  const frame =
    boxed && plan.rootless !== null
      ? addFrame(draft, plan.rootless.id, {
          x: lanesX - GAPS.frame,
          y: top,
          width: lanesRight - lanesX + 2 * GAPS.frame,
          height: 0,
        })
      : null
  for (const column of columns)
    for (const index of column.members) {
      const lane = plan.lanes[index]
      if (lane === undefined) continue
      const spot = { x: column.x, y: column.bottom, parent: frame?.id ?? null }
      const node = addLane(draft, lane, spot, grid, foldOf(at.view, lane.network.id))
      column.lanes.push(node)
      column.bottom += node.height + metrics.laneGap
    }
  const lanesBottom = columns.reduce((most, column) => Math.max(most, column.bottom - metrics.laneGap), lanesTop)
  if (frame !== null) frame.height = lanesBottom + GAPS.frame - frame.y

  const asideX = plan.groups.length === 0 ? null : lanesRight + (boxed ? GAPS.frame : 0) + metrics.gutter
  const isWhole = at.view.unfolded?.has(plan.host.id) === true
  const aside = isWhole ? { ...composition.aside, limit: null } : composition.aside
  const groups = plan.groups.map(group =>
    group.key === 'pivots' ? { ...group, items: orderPivots(plan, group.items, composition.columns, metrics) } : group,
  )
  const asideBottom = asideX === null ? top : addAside(draft, { ...plan, groups }, { x: asideX, y: at.y }, aside)

  // The doors last, since their order follows from where they lead.
  const corridors = { columns, lanesTop, overpass, frame, asideX }
  const byId = new Map(draft.nodes.map(node => [node.id, node]))
  const around = { corridors, metrics, byId, children: childrenOf(draft.nodes) }
  const doors = shownDoors(plan, composition.host, isWhole)
  const host = addHostEdge(draft, plan, {
    x: hostX,
    y: top,
    shape: composition.host,
    interfaces: !at.shared,
    doors: orderDoors(doors, targetsOf(plan, draft.nodes, byId), around),
  })
  if (!at.shared) addOutside(draft, plan, host, at.x, composition.outside - GAPS.outside)
  const bottom = Math.max(host.y + host.height, frame === null ? lanesBottom : frame.y + frame.height, asideBottom)
  host.height = bottom - host.y

  const heading = (key: 'outside' | 'host' | 'networks', x: number, width: number) =>
    addHeading(
      draft,
      { x: x + 2, y: at.y, width },
      { id: `${plan.host.id}:heading:${key}`, text: metrics.words.headings[key], parent: null },
    )
  if (!at.shared && plan.segments.length > 0) heading('outside', at.x, 100)
  heading('host', hostX, host.width - 2)
  if (columns.length > 0) heading('networks', columns[0]?.x ?? 0, grid.width)
  return { height: bottom - at.y, corridors: { host, ...corridors } }
}

function addFrame(draft: Draft, id: string, rect: Rect): SceneNode {
  const { rootless } = draft.metrics.words
  const text = { x: rect.x + 16, y: rect.y + 8, width: rect.width - 32, height: 20 }
  return addNode(draft, rect, {
    id,
    kind: 'rootless',
    label: rootless.title,
    sublabel: rootless.means,
    ref: { kind: 'namespace', name: 'rootless' },
    texts: [textIn(rootless.title, text, { role: 'title', size: 13, bold: true })],
  })
}
