/** The doors to the outside, worst first, as rows beside the map. */
import { textWidth } from '@/lib/graph/text'
import { type Mark, worstOf } from '@/lib/graph/marks'
import { STEPS } from './boxes'
import type { WallDoor } from './facts'
import type { Rect } from './frame'
import { firstThatFits } from './lines'
import { sizeClass } from './packing'
import type { WallTexts } from './texts'

export interface PlacedDoor extends Rect {
  key: string
  /** null for the count of those that there is no room for. */
  door: WallDoor | null
  /** Bold, with the address when there is room for it. */
  port: string
  leadsTo: string
  mark: Mark
}

export interface DoorMap {
  size: number
  doors: PlacedDoor[]
  /** The outside: each column of doors hangs on one. */
  rails: Rect[]
}

/** In sizes of text. */
export const DOOR_METRICS = {
  row: 1.6,
  gap: 0.3,
  pad: 0.5,
  sign: 0.9,
  signGap: 0.4,
  head: 1.7,
  leastColumn: 14,
} as const

/** Between the rail and the doors on it, in labels. */
export const INSET = 0.9

interface Plan {
  size: number
  columns: number
  width: number
  /** For port, arrow and name. */
  room: number
  rows: number
}

function planOf(rect: Rect, label: number, size: number): Plan {
  const { row, gap, pad, sign, signGap, head, leastColumn } = DOOR_METRICS
  const between = 0.6 * size
  const columns = Math.max(1, Math.floor((rect.width + between) / (leastColumn * size + between)))
  const width = (rect.width - (columns - 1) * between) / columns
  const rows = Math.floor((rect.height - head * label + gap * size + 0.01) / ((row + gap) * size))
  return { size, columns, width, room: width - INSET * label - (2 * pad + 2 * (sign + signGap)) * size - 2, rows }
}

export const ARROW = ' → '

/** Pixels that a door's text needs at least to be shown whole; an address may be left out. */
const needOf = (door: WallDoor, size: number, texts: WallTexts): number =>
  textWidth(door.port, size, true) + textWidth(ARROW + (door.leadsTo ?? texts.unknownListener), size)

function chooseSize(rect: Rect, doors: readonly WallDoor[], label: number, texts: WallTexts): number {
  for (const step of STEPS) {
    const plan = planOf(rect, label, step * label)
    // As large as headlines they would outshout the number above.
    if (step > 1.8 || sizeClass(doors.length) > plan.rows * plan.columns) continue
    if (doors.every(door => needOf(door, plan.size, texts) <= plan.room)) return plan.size
  }
  return label
}

/** Height that so many doors ask for in a region of this width, its head included. */
export function doorsHeight(rect: Rect, count: number, label: number): number {
  const { row, gap, head } = DOOR_METRICS
  const { columns } = planOf(rect, label, label)
  return (head + Math.ceil(Math.max(1, sizeClass(count)) / columns) * (row + gap)) * label
}

export function placeDoors(rect: Rect, doors: readonly WallDoor[], label: number, texts: WallTexts): DoorMap {
  const size = chooseSize(rect, doors, label, texts)
  const plan = planOf(rect, label, size)
  const room = plan.rows * plan.columns
  const shown = doors.length <= room ? doors : doors.slice(0, room - 1)
  const hidden = doors.slice(shown.length)
  const at = (index: number): Rect => ({
    x: rect.x + INSET * label + Math.floor(index / plan.rows) * (plan.width + 0.6 * size),
    y: rect.y + DOOR_METRICS.head * label + (index % plan.rows) * (DOOR_METRICS.row + DOOR_METRICS.gap) * size,
    width: plan.width - INSET * label,
    height: DOOR_METRICS.row * size,
  })
  const placed = shown.map((door, index) => ({
    ...at(index),
    key: door.key,
    door,
    ...wordsOf(door, plan, texts),
    mark: door.mark,
  }))
  const rails = Array.from(
    { length: Math.max(1, Math.ceil(Math.min(doors.length, room) / plan.rows)) },
    (_, column) => ({
      ...rect,
      x: rect.x + column * (plan.width + 0.6 * size),
      width: 0.25 * label,
    }),
  )
  if (hidden.length === 0) return { size, doors: placed, rails }
  const more = firstThatFits([texts.moreDoors(hidden.length), texts.moreChips(hidden.length)], size, plan.room, true)
  const mark = worstOf(hidden.map(door => door.mark))
  return {
    size,
    rails,
    doors: [...placed, { ...at(shown.length), key: 'more', door: null, port: more, leadsTo: '', mark }],
  }
}

function wordsOf(door: WallDoor, { size, room }: Plan, texts: WallTexts): { port: string; leadsTo: string } {
  const name = door.leadsTo ?? texts.unknownListener
  const address = door.address?.includes(':') === true ? `[${door.address}]` : door.address
  const full = address === null ? door.port : `${address}:${door.port}`
  const port = textWidth(full, size, true) + textWidth(ARROW + name, size) <= room ? full : door.port
  const left = room - textWidth(port, size, true) - textWidth(ARROW, size)
  return {
    port: firstThatFits([port], size, room, true),
    leadsTo: left < 2 * size ? '' : firstThatFits([name], size, left),
  }
}
