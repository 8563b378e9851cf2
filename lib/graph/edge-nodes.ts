/** What stands on the host's edge: doors, listening sockets, interfaces; and the segments outside. */
import type { Interface } from '@/lib/topology/types'
import type { Door } from './doors'
import { addNode, type Draft, type Rect, textIn } from './draft'
import type { Metrics } from './metrics'
import type { Segment } from './outside'
import { textWidth, visibleText } from './text'

export const doorId = (hostId: string, door: Door): string => `${hostId}:door:${door.key}`
export const interfaceId = (hostId: string, name: string): string => `${hostId}:interface:${name}`
export const segmentId = (hostId: string, key: string): string => `${hostId}:segment:${key}`

const TAG = { padX: 11, icon: 14, iconGap: 8, textGap: 12 }
const LEFT = TAG.padX + TAG.icon + TAG.iconGap

const leadText = (door: Door) => (door.leadsTo === null ? '' : `→ ${door.leadsTo}`)
const addressSize = ({ title }: Metrics) => title - 0.5
const leadSize = ({ sub }: Metrics) => sub + 0.5

/** Width at which a door says everything. */
export function doorNeed(door: Door, metrics: Metrics): number {
  const address = textWidth(visibleText(door.address), addressSize(metrics))
  const lead = textWidth(visibleText(leadText(door)), leadSize(metrics))
  return LEFT + address + (lead === 0 ? 0 : TAG.textGap + lead) + TAG.padX
}

function doorSays({ isDeclared, forwarded }: Door, lead: string, { words }: Metrics): string | null {
  const says = lead !== '' && forwarded === 'no' ? words.nobodyAnswers(lead) : lead
  return isDeclared ? words.wouldOpen(says) : says === '' ? null : says
}

/** A door or listening socket. `holder` = the host, when the door is kept inside its edge. */
export function addDoor(draft: Draft, hostId: string, door: Door, rect: Rect, holder: string | null): void {
  const { metrics } = draft
  const dead = door.forwarded === 'no'
  const size = addressSize(metrics)
  const left = rect.x + LEFT
  const right = rect.x + rect.width - TAG.padX
  const addressWidth = Math.min(right - left, Math.ceil(textWidth(visibleText(door.address), size)) + 0.5)
  const lead = leadText(door)
  const leadRoom = right - left - addressWidth - TAG.textGap
  const texts = [
    textIn(door.address, { x: left, y: rect.y, width: addressWidth, height: rect.height }, { role: 'title', size }),
  ]
  if (lead !== '' && leadRoom >= 24)
    texts.push(
      textIn(
        lead,
        { x: right - leadRoom, y: rect.y, width: leadRoom, height: rect.height },
        { role: 'to', size: leadSize(metrics), align: 'right' },
      ),
    )
  addNode(draft, rect, {
    id: doorId(hostId, door),
    kind: door.kind,
    label: door.address,
    sublabel: doorSays(door, lead, metrics),
    parent: holder,
    variant: dead ? 'dead' : door.forwarded === 'unknown' ? `${door.scope} unsure` : door.scope,
    live: door.live && !dead,
    declared: door.isDeclared,
    ref: door.ref,
    texts,
    icons: [
      {
        name: dead ? 'dead' : door.kind === 'listener' ? 'listener' : door.scope,
        x: rect.x + TAG.padX,
        y: rect.y + (rect.height - TAG.icon) / 2,
        size: TAG.icon,
      },
    ],
    also: door.also,
  })
}

const shortList = (texts: readonly string[], none: string): string => {
  const first = texts.find(text => !text.includes(':')) ?? texts[0]
  return first === undefined ? none : texts.length > 1 ? `${first} +${texts.length - 1}` : first
}

const interfaceAddress = (each: Interface, { words }: Metrics) => shortList(each.addresses, words.noAddress)

export function interfaceNeed(each: Interface, metrics: Metrics): number {
  const name = textWidth(visibleText(each.name), metrics.title, true)
  return LEFT + name + 9 + textWidth(interfaceAddress(each, metrics), metrics.sub) + TAG.padX
}

export function addInterface(draft: Draft, hostId: string, each: Interface, rect: Rect): void {
  const { metrics } = draft
  const left = rect.x + LEFT
  const right = rect.x + rect.width - TAG.padX
  const name = Math.min(right - left, Math.ceil(textWidth(visibleText(each.name), metrics.title, true)) + 0.5)
  const after = left + name + 9
  addNode(draft, rect, {
    id: interfaceId(hostId, each.name),
    kind: 'interface',
    label: each.name,
    sublabel: each.addresses.join(' · ') || metrics.words.noAddress,
    variant: each.kind,
    live: each.up,
    ref: { kind: 'interface', name: each.name },
    texts: [
      textIn(
        each.name,
        { x: left, y: rect.y, width: name, height: rect.height },
        { role: 'title', size: metrics.title, bold: true },
      ),
      textIn(
        interfaceAddress(each, metrics),
        { x: after, y: rect.y, width: Math.max(0, right - after), height: rect.height },
        { role: 'sub', size: metrics.sub },
      ),
    ],
    icons: [{ name: 'interface', x: rect.x + TAG.padX, y: rect.y + (rect.height - TAG.icon) / 2, size: TAG.icon }],
  })
}

const segmentText = ({ subnets, interfaces }: Segment, { words }: Metrics) =>
  shortList(subnets, interfaces.length === 0 ? words.notRead : words.noSubnet)

export const segmentNeed = (segment: Segment, metrics: Metrics): number =>
  14 + 16 + 8 + textWidth(visibleText(segmentText(segment, metrics)), metrics.title - 0.5) + 16

export function addSegment(draft: Draft, hostId: string, segment: Segment, rect: Rect): void {
  const { metrics } = draft
  const size = metrics.title - 0.5
  const isRead = segment.interfaces.length > 0
  const text = { x: rect.x + 38, y: rect.y, width: rect.width - 54, height: rect.height }
  addNode(draft, rect, {
    id: segmentId(hostId, segment.key),
    kind: 'segment',
    label: segment.subnets.join(', ') || segmentText(segment, metrics),
    sublabel: isRead ? metrics.words.beyond(segment.interfaces.join(', ')) : metrics.words.interfacesUnknown,
    live: segment.up,
    ref: isRead ? { kind: 'segment', name: segment.interfaces[0] ?? '' } : null,
    texts: [textIn(segmentText(segment, metrics), text, { role: 'title', size })],
    icons: [{ name: 'segment', x: rect.x + 14, y: rect.y + (rect.height - 16) / 2, size: 16 }],
    also: segment.interfaces.slice(1).map(name => `segment:${name}`),
  })
}
