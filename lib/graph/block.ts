/** One connection's part of the picture, placed: outside, host, lanes, what stands right of them. */
import { addAside } from './aside'
import { type Composition, GAPS } from './compose'
import { addNode, type Draft, lineHeight, type Rect, textIn } from './draft'
import { addHeading, addHostEdge, interfaceId } from './host-edge'
import { addLane, type Fold } from './lanes'
import { EDGE } from './metrics'
import { type HostPlan, stepsPastHost } from './plan'
import type { SceneNode, View } from './types'

/** Where lines may run: left of the host, between host and lanes, between columns, between lanes of a column. */
export interface Corridors {
  host: Rect
  columns: { x: number; right: number; lanes: SceneNode[] }[]
  lanesTop: number
  /** Above host and lanes, where ties step past the host. */
  overpass: number
  asideX: number | null
}

export interface Block extends Rect {
  corridors: Corridors
}

const TRACK = 9

/** Parents of macvlan and ipvlan networks, in order: each has its own track over the host. */
export function tiedParents(plan: HostPlan): string[] {
  const parents = plan.lanes.filter(stepsPastHost).flatMap(lane => lane.network.interface ?? [])
  return plan.interfaces.map(each => each.name).filter(name => parents.includes(name))
}

export const segmentId = (hostId: string, key: string): string => `${hostId}:segment:${key}`

function addOutside(draft: Draft, plan: HostPlan, x: number, width: number): void {
  const { metrics } = draft
  const interfaces = new Map(draft.nodes.filter(node => node.kind === 'interface').map(node => [node.label, node]))
  let free = Number.NEGATIVE_INFINITY
  for (const segment of plan.segments) {
    const behind = segment.interfaces.flatMap(name => interfaces.get(name) ?? [])
    const first = behind[0]
    const last = behind.at(-1)
    if (first === undefined || last === undefined) continue
    const y = Math.max(free, first.y)
    const height = Math.max(first.height, last.y + last.height - y)
    free = y + height + 8
    const line = lineHeight(metrics.title - 0.5)
    const subLine = lineHeight(metrics.sub)
    const top = y + (height - line - subLine) / 2
    const title = segment.subnets[0] ?? 'outside'
    const sub = `beyond ${segment.interfaces.join(', ')}`
    const text = { x: x + 34, width: width - 48 }
    addNode(
      draft,
      { x, y, width, height },
      {
        id: segmentId(plan.host.id, segment.key),
        kind: 'segment',
        label: segment.subnets.join(', ') || sub,
        sublabel: sub,
        live: segment.up,
        ref: { kind: 'segment', name: segment.interfaces[0] ?? '' },
        texts: [
          textIn(title, { ...text, y: top, height: line }, { role: 'title', size: metrics.title - 0.5, bold: false }),
          textIn(sub, { ...text, y: top + line, height: subLine }, { role: 'sub', size: metrics.sub }),
        ],
        icons: [{ name: 'segment', x: x + 12, y: y + (height - 16) / 2, size: 16 }],
        also: segment.interfaces.slice(1).map(name => `segment:${name}`),
      },
    )
  }
}

/** Draws one connection. `shared` = the machine's outside and interfaces are drawn with an earlier connection. */
export function addBlock(
  draft: Draft,
  plan: HostPlan,
  composition: Composition,
  at: { x: number; y: number; view: View; shared: boolean; headings: boolean },
): Block {
  const { metrics } = draft
  const { lanes: grid, outside, doors } = composition
  const tracks = at.shared ? 0 : tiedParents(plan).length
  const overpass = at.y + (at.headings ? EDGE.headings : 0)
  const top = overpass + (tracks === 0 ? 0 : 14 + tracks * TRACK)
  const hostX = at.x + (outside === 0 ? EDGE.standOut : outside + GAPS.outside)
  const host = addHostEdge(draft, plan, {
    x: hostX,
    y: top,
    doors,
    limit: composition.doorLimit,
    interfaces: !at.shared,
  })
  if (!at.shared) addOutside(draft, plan, at.x, outside)

  const boxed = plan.rootless === null ? 0 : GAPS.frame
  const frameTitle = plan.rootless === null ? 0 : 34
  const lanesX = hostX + host.width + metrics.gutter + boxed
  const lanesTop = top + frameTitle
  const pitch = grid.width + metrics.gutter
  const columns = Array.from({ length: plan.lanes.length === 0 ? 0 : composition.columnCount }, (_, index) => ({
    x: lanesX + index * pitch,
    right: lanesX + index * pitch + grid.width,
    lanes: [] as SceneNode[],
    bottom: lanesTop,
  }))
  const frame =
    plan.rootless === null || columns.length === 0
      ? null
      : addNode(
          draft,
          { x: lanesX - boxed, y: top, width: columns.length * pitch - metrics.gutter + 2 * boxed, height: 0 },
          {
            id: plan.rootless.id,
            kind: 'rootless',
            label: 'rootless namespace',
            sublabel: 'the user’s own namespace: only doors lead into it',
            ref: { kind: 'namespace', name: 'rootless' },
            texts: [
              textIn(
                'rootless namespace',
                { x: lanesX, y: top + 8, width: 200, height: 20 },
                { role: 'title', size: 13, bold: true },
              ),
            ],
          },
        )
  plan.lanes.forEach((lane, index) => {
    const column = columns[composition.columnOf[index] ?? 0]
    if (column === undefined) return
    const id = lane.network.id
    const fold: Fold = at.view.folded?.has(id) ? 'folded' : at.view.unfolded?.has(id) ? 'unfolded' : 'auto'
    const start = draft.nodes.length
    const height = addLane(draft, lane, { x: column.x, y: column.bottom, parent: frame?.id ?? null }, grid, fold)
    const node = draft.nodes[start]
    if (node) column.lanes.push(node)
    column.bottom += height + metrics.laneGap
  })
  const lanesBottom = columns.reduce((most, column) => Math.max(most, column.bottom - metrics.laneGap), lanesTop)
  if (frame) frame.height = lanesBottom + boxed - frame.y

  const lastRight = columns.at(-1)?.right ?? hostX + host.width
  const asideX = plan.groups.length === 0 ? null : lastRight + boxed + metrics.gutter
  const asideBottom = asideX === null ? top : addAside(draft, plan, { x: asideX, y: at.y }, composition.aside)
  const bottom = Math.max(host.y + host.height, frame ? frame.y + frame.height : lanesBottom, asideBottom)
  host.height = bottom - host.y

  if (at.headings) {
    const heading = (key: string, x: number, width: number) =>
      addHeading(draft, { x, y: at.y, width }, { id: `${plan.host.id}:heading:${key}`, text: key, parent: null })
    if (outside > 0) heading('outside', at.x, outside)
    heading('host', hostX, host.width)
    if (columns.length > 0) heading('networks', lanesX - boxed, grid.width)
  }
  return {
    x: at.x,
    y: at.y,
    width: composition.width,
    height: bottom - at.y,
    corridors: {
      host: { x: host.x, y: host.y, width: host.width, height: host.height },
      columns,
      lanesTop,
      overpass,
      asideX,
    },
  }
}

export { interfaceId }
