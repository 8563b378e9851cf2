/** The host's edge: interfaces, then the doors in it, then who lives in the host's own namespace. */
import { formatRef } from '@/lib/topology/ref'
import { addItem, chipNeed } from './chips'
import type { Door } from './doors'
import { addNode, type Draft, lineHeight, textIn } from './draft'
import { EDGE, type Metrics, sizeClass, stepUp } from './metrics'
import type { HostPlan } from './plan'
import { textWidth, visibleText } from './text'
import { hostMeta } from './words'

export const doorId = (hostId: string, door: Door): string => `${hostId}:door:${door.key}`
export const interfaceId = (hostId: string, name: string): string => `${hostId}:interface:${name}`

const DOOR = { padX: 11, icon: 14, iconGap: 8, textGap: 12 }
const leadText = (door: Door) => (door.leadsTo === null ? '' : `→ ${door.leadsTo}`)

function doorNeed(door: Door, { title, sub }: Metrics): number {
  const address = textWidth(visibleText(door.address), title - 0.5)
  const lead = textWidth(visibleText(leadText(door)), sub + 0.5)
  const inset = door.scope === 'loopback' ? EDGE.inset + EDGE.standOut : 0
  return inset + 2 * DOOR.padX + DOOR.icon + DOOR.iconGap + address + DOOR.textGap + lead
}

/** Width of the doors; in steps, so that one more door seldom changes it. */
export function doorWidth(plan: HostPlan, metrics: Metrics): number {
  const needs = [
    ...plan.doors.map(door => doorNeed(door, metrics)),
    ...plan.residents.flatMap(item => item.members.map(member => chipNeed(member, metrics) + EDGE.standOut)),
    textWidth(visibleText(plan.host.name), metrics.laneTitle + 2, true) + EDGE.hostPad + 40,
    textWidth(hostMeta(plan.host), metrics.sub) + EDGE.hostPad + 40,
  ]
  return Math.min(
    400,
    Math.max(
      220,
      stepUp(
        needs.reduce((widest, need) => Math.max(widest, need), 0),
        36,
      ),
    ),
  )
}

export const hostWidth = (doors: number): number => doors - EDGE.standOut + EDGE.hostPad

const interfaceHeight = (metrics: Metrics) => metrics.segment - 14

/** About how high the host's box will be, from size classes. */
export function estimateHost(plan: HostPlan, metrics: Metrics, limit: number | null): number {
  const doors = sizeClass(limit === null ? plan.doors.length : Math.min(plan.doors.length, limit))
  const residents = sizeClass(plan.residents.length)
  return (
    EDGE.hostTitle +
    plan.interfaces.length * metrics.segment +
    doors * (metrics.door + metrics.doorGap) +
    (residents === 0 ? 0 : 40 + residents * (metrics.chip + metrics.gap)) +
    24
  )
}

interface At {
  x: number
  y: number
  doors: number
  limit: number | null
  /** The machine's interfaces are drawn with its first connection. */
  interfaces: boolean
}

/** Draws host, interfaces, doors and residents. @returns the host's node, whose height the caller may stretch. */
export function addHostEdge(draft: Draft, plan: HostPlan, { x, y, doors, limit, interfaces }: At) {
  const { metrics } = draft
  const { host } = plan
  const width = hostWidth(doors)
  const asleep = host.status === 'stale' || host.status === 'unreachable'
  const titleSize = metrics.laneTitle + 2
  const node = addNode(
    draft,
    { x, y, width, height: 0 },
    {
      id: host.id,
      kind: 'host',
      label: host.name,
      sublabel: host.problem ?? hostMeta(host),
      variant: asleep ? 'asleep' : host.rootless === true ? 'rootless' : 'rootful',
      live: !asleep,
      mark: asleep ? 'unknown' : draft.marks.of('host', host.id),
      ref: { kind: 'host' },
      texts: [
        textIn(
          host.name,
          { x: x + EDGE.hostPad, y: y + 10, width: width - EDGE.hostPad - 36, height: lineHeight(titleSize) },
          { role: 'title', size: titleSize, bold: true },
        ),
        textIn(
          hostMeta(host),
          {
            x: x + EDGE.hostPad,
            y: y + 10 + lineHeight(titleSize),
            width: width - EDGE.hostPad - 16,
            height: lineHeight(metrics.sub),
          },
          { role: 'sub', size: metrics.sub },
        ),
      ],
    },
  )
  if (node.mark !== null) node.icons.push({ name: node.mark, x: x + width - 16 - 18, y: y + 14, size: 18 })

  let top = y + EDGE.hostTitle
  if (interfaces)
    for (const each of plan.interfaces) {
      const height = interfaceHeight(metrics)
      const rect = { x: x - EDGE.standOut, y: top, width: Math.min(doors, 190), height }
      const line = lineHeight(metrics.title)
      const subLine = lineHeight(metrics.sub)
      const textTop = top + (height - line - subLine) / 2
      const address = each.addresses.find(one => !one.includes(':')) ?? each.addresses[0]
      const more = each.addresses.length > 1 ? ` +${each.addresses.length - 1}` : ''
      const sub = address === undefined ? 'no address' : `${address}${more}`
      addNode(draft, rect, {
        id: interfaceId(host.id, each.name),
        kind: 'interface',
        label: each.name,
        sublabel: each.addresses.join(' · ') || 'no address',
        variant: each.kind,
        live: each.up,
        ref: { kind: 'interface', name: each.name },
        texts: [
          textIn(
            each.name,
            { x: rect.x + 40, y: textTop, width: rect.width - 50, height: line },
            { role: 'title', size: metrics.title, bold: true },
          ),
          textIn(
            sub,
            { x: rect.x + 40, y: textTop + line, width: rect.width - 50, height: subLine },
            { role: 'sub', size: metrics.sub },
          ),
        ],
        icons: [{ name: 'interface', x: rect.x + 14, y: top + (height - 16) / 2, size: 16 }],
      })
      top += metrics.segment
    }
  if (interfaces && plan.interfaces.length > 0) top += 6

  const shown = limit === null || plan.doors.length <= limit ? plan.doors : plan.doors.slice(0, limit - 1)
  let inside = false
  for (const door of shown) {
    const loopback = door.scope === 'loopback'
    if (loopback && !inside) {
      inside = true
      if (top > y + EDGE.hostTitle) top += 8
    }
    addDoor(draft, plan, door, {
      x: loopback ? x + EDGE.inset : x - EDGE.standOut,
      y: top,
      right: x - EDGE.standOut + doors,
    })
    top += metrics.door + metrics.doorGap
  }
  const rest = plan.doors.slice(shown.length)
  if (rest.length > 0) {
    const rect = { x: x + EDGE.inset, y: top, width: width - EDGE.inset - EDGE.hostPad, height: metrics.door }
    addNode(draft, rect, {
      id: `${host.id}:fold:doors`,
      kind: 'fold',
      label: `+${rest.length} more doors`,
      parent: host.id,
      variant: 'doors',
      ref: { kind: 'host' },
      texts: [
        textIn(
          `+${rest.length} more doors`,
          { ...rect, x: rect.x + 12, width: rect.width - 24 },
          { role: 'title', size: metrics.title - 0.5 },
        ),
      ],
      also: rest.flatMap(door => [formatRef(door.ref), ...door.also]),
    })
    top += metrics.door + metrics.doorGap
  }

  if (plan.residents.length > 0) {
    top += 10
    addHeading(
      draft,
      { x: x + EDGE.hostPad, y: top, width: width - 2 * EDGE.hostPad },
      {
        id: `${host.id}:heading:residents`,
        text: 'in the host’s own namespace',
        parent: host.id,
        variant: 'alert',
      },
    )
    top += 22
    for (const resident of plan.residents) {
      const rect = { x: x + EDGE.hostPad, y: top, width: width - 2 * EDGE.hostPad, height: metrics.chip }
      addItem(draft, rect, resident, { parent: host.id, columns: 1, networkName: null, pills: [], variant: 'resident' })
      top += metrics.chip + metrics.gap
    }
  }
  node.height = top + 10 - y
  return node
}

function addDoor(draft: Draft, plan: HostPlan, door: Door, at: { x: number; y: number; right: number }): void {
  const { metrics } = draft
  const rect = { x: at.x, y: at.y, width: at.right - at.x, height: metrics.door }
  const dead = door.forwarded === 'no'
  const size = metrics.title - 0.5
  const left = rect.x + DOOR.padX + DOOR.icon + DOOR.iconGap
  const right = rect.x + rect.width - DOOR.padX
  const addressWidth = Math.min(right - left, Math.ceil(textWidth(visibleText(door.address), size)))
  const lead = leadText(door)
  const leadSize = metrics.sub + 0.5
  const leadRoom = right - left - addressWidth - DOOR.textGap
  const variant = dead ? 'dead' : door.forwarded === 'unknown' ? `${door.scope} unsure` : door.scope
  addNode(draft, rect, {
    id: doorId(plan.host.id, door),
    kind: door.kind,
    label: door.address,
    sublabel: lead === '' ? null : dead ? `${lead} · reserved only, nobody answers` : lead,
    parent: door.scope === 'loopback' ? plan.host.id : null,
    variant,
    live: door.live && !dead,
    ref: door.ref,
    texts: [
      textIn(
        door.address,
        { x: left, y: rect.y, width: addressWidth + 0.5, height: rect.height },
        { role: 'title', size },
      ),
      ...(lead === '' || leadRoom < 24
        ? []
        : [
            textIn(
              lead,
              { x: right - leadRoom, y: rect.y, width: leadRoom, height: rect.height },
              { role: 'to', size: leadSize, align: 'right' },
            ),
          ]),
    ],
    icons: [
      {
        name: dead ? 'dead' : door.kind === 'listener' ? 'listener' : door.scope,
        x: rect.x + DOOR.padX,
        y: rect.y + (rect.height - DOOR.icon) / 2,
        size: DOOR.icon,
      },
    ],
    also: door.also,
  })
}

export function addHeading(
  draft: Draft,
  at: { x: number; y: number; width: number },
  { id, text, parent, variant = '' }: { id: string; text: string; parent: string | null; variant?: string },
): void {
  const size = 11.5
  const rect = { ...at, height: lineHeight(size) }
  addNode(draft, rect, {
    id,
    kind: 'heading',
    label: text,
    parent,
    variant,
    texts: [textIn(text, rect, { role: 'title', size })],
  })
}
