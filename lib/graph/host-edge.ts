/**
 * The host's box: interfaces on its edge, then the doors in it, then who lives in the host's own namespace. With many
 * doors those that are kept inside stand beside those that stand out.
 */
import { formatRef } from '@/lib/topology/ref'
import { chipNeed } from './chips'
import { addItem } from './items'
import type { Door } from './doors'
import { addNode, type Draft, lineHeight, textIn } from './draft'
import { addDoor, addInterface, doorNeed, interfaceNeed } from './edge-nodes'
import { addHeading } from './heading'
import { EDGE, type Metrics, sizeClass, stepUp } from './metrics'
import type { HostPlan, Item } from './plan'
import { textWidth, visibleText } from './text'
import { tieRoom } from './ties'
import type { SceneNode } from './types'
import { hostMeta } from './words'

export interface HostShape {
  /** Width of what stands out of the edge, and of what is kept inside. */
  outer: number
  inner: number
  /** Inner beside outer. */
  beside: boolean
  /** Doors before the rest folds. */
  limit: number | null
}

const isInner = (door: Door) => door.scope === 'loopback'
const BESIDE_GAP = 22

/** Widths at which everything in the host's box is whole: what stands out of its edge, and what is kept inside. */
export interface HostNeeds {
  outer: number
  inner: number
}

export function hostNeeds(plan: HostPlan, metrics: Metrics): HostNeeds {
  const most = (needs: readonly number[]) => needs.reduce((largest, need) => Math.max(largest, need), 0)
  const ties = tieRoom(plan)
  return {
    outer: most([
      textWidth(visibleText(plan.host.name), metrics.laneTitle + 2, true) + EDGE.hostPad + 50 + ties,
      textWidth(hostMeta(plan.host, metrics.words), metrics.sub) + EDGE.hostPad + 40 + ties,
      ...plan.doors.filter(door => !isInner(door)).map(door => doorNeed(door, metrics)),
      ...plan.interfaces.map(each => interfaceNeed(each, metrics) + ties),
    ]),
    inner: most([
      ...plan.doors.filter(isInner).map(door => doorNeed(door, metrics)),
      ...plan.residents.map(item => chipNeed(item, metrics)),
    ]),
  }
}

/** Widths go in steps, so that one more door seldom changes them. */
const stepped = (need: number, least: number) => Math.min(400, Math.max(least, stepUp(need, 36)))

export function hostShape({ outer, inner }: HostNeeds, beside: boolean, limit: number | null): HostShape {
  if (beside) return { outer: stepped(outer, 200), inner: stepped(inner, 170), beside, limit }
  const inset = EDGE.inset + EDGE.standOut
  const both = stepped(Math.max(outer, inner + inset), 220)
  return { outer: both, inner: both - inset, beside, limit }
}

export const hostWidth = ({ outer, inner, beside }: HostShape): number =>
  outer - EDGE.standOut + (beside ? BESIDE_GAP + inner : 0) + EDGE.hostPad

const interfacePitch = (metrics: Metrics) => metrics.door + 14
/** From one door to the next. */
export const doorPitch = (metrics: Metrics): number => metrics.door + metrics.doorGap
const residentRows = (metrics: Metrics) => (metrics.lines === 3 ? 46 : metrics.door)

/** About how high the host's box will be, from size classes. */
export function estimateHost(plan: HostPlan, metrics: Metrics, { beside, limit }: HostShape): number {
  const count = limit === null ? plan.doors.length : Math.min(plan.doors.length, limit)
  const outerDoors = Math.min(count, plan.doors.filter(door => !isInner(door)).length)
  const residents = plan.residents.length
  const inner =
    sizeClass(count - outerDoors) * doorPitch(metrics) +
    (residents === 0 ? 0 : 32 + sizeClass(residents) * (residentRows(metrics) + metrics.doorGap))
  const outer = sizeClass(outerDoors) * doorPitch(metrics)
  return (
    EDGE.hostTitle +
    plan.interfaces.length * interfacePitch(metrics) +
    (beside ? Math.max(outer, inner) : outer + inner) +
    24
  )
}

interface At {
  x: number
  y: number
  shape: HostShape
  /** The machine's interfaces are drawn with its first connection. */
  interfaces: boolean
  /** Those that do not fold, in the order in which they stand. */
  doors: readonly Door[]
}

/** The doors that do not fold. `isWhole`: the reader unfolded them. */
export const shownDoors = ({ doors }: HostPlan, { limit }: HostShape, isWhole: boolean): readonly Door[] =>
  isWhole || limit === null || doors.length <= limit ? doors : doors.slice(0, limit - 1)

/** Draws it all. @returns the host's node, whose height the caller may stretch. */
export function addHostEdge(draft: Draft, plan: HostPlan, { x, y, shape, interfaces, doors }: At): SceneNode {
  const { metrics } = draft
  const node = addHost(draft, plan, x, y, hostWidth(shape))
  let top = y + EDGE.hostTitle
  if (interfaces && plan.interfaces.length > 0) {
    const need = plan.interfaces.reduce((most, each) => Math.max(most, interfaceNeed(each, metrics)), 130)
    const width = Math.min(shape.outer - tieRoom(plan), stepUp(need, 24))
    for (const each of plan.interfaces) {
      addInterface(draft, plan.host.id, each, { x: x - EDGE.standOut, y: top, width, height: metrics.door + 4 })
      top += interfacePitch(metrics)
    }
  }
  const outer = doors.filter(door => !isInner(door))
  const inner = doors.filter(isInner)
  const pitch = doorPitch(metrics)
  outer.forEach((door, index) => {
    const rect = { x: x - EDGE.standOut, y: top + index * pitch, width: shape.outer, height: metrics.door }
    addDoor(draft, plan.host.id, door, rect, null)
  })
  const outerEnd = top + outer.length * pitch
  const innerX = shape.beside ? x - EDGE.standOut + shape.outer + BESIDE_GAP : x + EDGE.inset
  let at = shape.beside ? top : outerEnd + (outer.length > 0 && inner.length > 0 ? 8 : 0)
  for (const door of inner) {
    addDoor(draft, plan.host.id, door, { x: innerX, y: at, width: shape.inner, height: metrics.door }, plan.host.id)
    at += pitch
  }
  const rest = plan.doors.slice(doors.length)
  if (rest.length > 0) {
    addDoorFold(draft, plan, rest, { x: innerX, y: at, width: shape.inner, height: metrics.door })
    at += pitch
  }
  if (plan.residents.length > 0) {
    const left = shape.beside ? innerX : x + EDGE.hostPad
    const width = shape.beside ? shape.inner : hostWidth(shape) - 2 * EDGE.hostPad
    at = addResidents(draft, plan, plan.residents, { x: left, y: at, width }, shape.beside)
  }
  node.height = Math.max(at, outerEnd) + 8 - y
  return node
}

function addHost(draft: Draft, plan: HostPlan, x: number, y: number, width: number): SceneNode {
  const { metrics } = draft
  const right = width - tieRoom(plan)
  const { host } = plan
  const asleep = host.status === 'stale' || host.status === 'unreachable'
  const size = metrics.laneTitle + 2
  const left = x + EDGE.hostPad
  const node = addNode(
    draft,
    { x, y, width, height: 0 },
    {
      id: host.id,
      kind: 'host',
      label: host.name,
      sublabel: host.problem ?? hostMeta(host, metrics.words),
      variant: asleep ? 'asleep' : host.rootless === true ? 'rootless' : 'rootful',
      live: !asleep,
      mark: asleep ? 'unknown' : draft.marks.of('host', host.id),
      ref: { kind: 'host' },
      texts: [
        textIn(
          host.name,
          { x: left, y: y + 11, width: right - EDGE.hostPad - 42, height: lineHeight(size) },
          { role: 'title', size, bold: true },
        ),
        textIn(
          hostMeta(host, metrics.words),
          { x: left, y: y + 11 + lineHeight(size), width: right - EDGE.hostPad - 16, height: lineHeight(metrics.sub) },
          { role: 'sub', size: metrics.sub },
        ),
      ],
    },
  )
  if (node.mark !== null) node.icons.push({ name: node.mark, x: x + right - 16 - 18, y: y + 14, size: 18 })
  return node
}

/** @returns where they end. */
function addResidents(
  draft: Draft,
  plan: HostPlan,
  residents: readonly Item[],
  at: { x: number; y: number; width: number },
  onGrid: boolean,
): number {
  const { metrics } = draft
  const pitch = onGrid ? doorPitch(metrics) : residentRows(metrics) + metrics.doorGap
  const heading = onGrid ? pitch : 34
  addHeading(
    draft,
    { ...at, y: at.y + heading - 22 },
    {
      id: `${plan.host.id}:heading:residents`,
      text: metrics.words.headings.residents,
      parent: plan.host.id,
      variant: 'alert',
    },
  )
  residents.forEach((resident, index) => {
    const rect = { ...at, y: at.y + heading + index * pitch, height: pitch - metrics.doorGap }
    addItem(draft, rect, resident, {
      parent: plan.host.id,
      columns: 1,
      networkName: null,
      pills: [],
      variant: 'resident',
    })
  })
  return at.y + heading + residents.length * pitch
}

function addDoorFold(
  draft: Draft,
  plan: HostPlan,
  rest: readonly Door[],
  rect: { x: number; y: number; width: number; height: number },
): void {
  const text = draft.metrics.words.moreDoors(rest.length)
  const room = { ...rect, x: rect.x + 12, width: rect.width - 24 }
  addNode(draft, rect, {
    id: `${plan.host.id}:fold:doors`,
    kind: 'fold',
    label: text,
    parent: plan.host.id,
    variant: 'doors',
    ref: { kind: 'host' },
    texts: [textIn(text, room, { role: 'title', size: draft.metrics.title - 0.5 })],
    also: rest.flatMap(door => [formatRef(door.ref), ...door.also]),
  })
}
