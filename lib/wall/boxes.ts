/** The map's boxes: a network each, with the worst and most exposed of its containers, and counts for the rest. */
import { textWidth, visibleText } from '@/lib/graph/text'
import { type Mark, weightOf, worstOf } from '@/lib/graph/marks'
import { byUrgency, type WallBox, type WallChip } from './facts'
import type { Rect } from './frame'
import { firstThatFits } from './lines'
import { dealBoxes, type Grid, packChips, sizeClass, stretched } from './packing'
import type { WallTexts } from './texts'

/** A container, or a count of those that there is no room for. */
export interface PlacedChip extends Rect {
  id: string
  /** null for a count. */
  chip: WallChip | null
  text: string
  mark: Mark
  /** Containers that it stands for; none for what stands elsewhere. */
  containers: number
  /** It stands, or some of what is counted stand, on several networks. */
  visits: boolean
}

export interface PlacedBox extends Rect {
  id: string
  /** null for the count of boxes that there is no room for. */
  box: WallBox | null
  title: string
  /** As much of the badges as there is room for. */
  badges: string
  mark: Mark
  /** Containers in it, told in its head. */
  containers: number
  chips: PlacedChip[]
}

export interface BoxMap {
  /** Size of the containers' names. */
  size: number
  boxes: PlacedBox[]
}

/** Rows of names that a column of folded boxes keeps for the worst of them. */
const ROWS_FOR_NAMES = 6

/** The map's text is as large as there is room for; at 1 it folds. In labels. */
export const STEPS = [3, 2.5, 2.1, 1.8, 1.55, 1.35, 1.2, 1.1, 1] as const

/** In sizes of text. */
export const METRICS = {
  pad: 0.55,
  head: 1.8,
  title: 1.1,
  chip: 1.6,
  chipGap: 0.3,
  boxGap: 0.6,
  sign: 0.85,
  signGap: 0.35,
  chipPad: 0.5,
  /** Narrowest that a chip and a column may be. */
  leastChip: 4.5,
  leastColumn: 15,
} as const

interface Plan {
  size: number
  columnCount: number
  width: number
  inner: number
  gap: number
}

const planOf = (rect: Rect, size: number, count: number): Plan => {
  const gap = METRICS.boxGap * size
  const most = Math.max(1, Math.floor((rect.width + gap) / (METRICS.leastColumn * size + gap)))
  const columnCount = Math.min(most, Math.max(1, count))
  const width = (rect.width - (columnCount - 1) * gap) / columnCount
  return { size, columnCount, width, inner: width - 2 * METRICS.pad * size, gap }
}

/** Width of a chip whose name is shown in full. A place for a mark is kept free, so that a finding moves nothing. */
function chipNeed({ name, exposed, visits, containers }: WallChip, size: number): number {
  const { sign, signGap, chipPad } = METRICS
  const signs = 2 + Number(exposed) + Number(visits)
  return (
    (2 * chipPad + signs * (sign + signGap)) * size + textWidth(visibleText(name) + countSuffix(containers), size) + 2
  )
}

/** " ×3" */
export const countSuffix = (containers: number): string => (containers > 1 ? ` ×${containers}` : '')

/** What a count says: the containers of the box that are left out; of visitors there is a sign, and a number when it is all of them. */
function countOf(hidden: readonly WallChip[], texts: WallTexts): { text: string; visits: boolean; containers: number } {
  const containers = containersOf(hidden)
  return {
    text: texts.moreChips(containers === 0 ? hidden.length : containers),
    visits: hidden.some(chip => chip.visits),
    containers,
  }
}

const countNeed = ({ text, visits }: { text: string; visits: boolean }, size: number) =>
  (2 * METRICS.chipPad + (visits ? 2 : 1) * (METRICS.sign + METRICS.signGap)) * size + textWidth(text, size, true) + 2

const packGrid = (needs: readonly number[], { size, inner }: Plan): Grid =>
  packChips(needs, inner, METRICS.chipGap * size, METRICS.leastChip * size)

const gridOf = (chips: readonly WallChip[], plan: Plan): Grid =>
  packGrid(
    chips.map(chip => chipNeed(chip, plan.size)),
    plan,
  )

const boxHeight = (rows: number, size: number): number =>
  (METRICS.head + (rows === 0 ? 0 : rows * (METRICS.chip + METRICS.chipGap) - METRICS.chipGap + METRICS.pad)) * size

/** The largest text at which nothing folds, with a little to spare, so that one container more seldom changes it. */
export function chooseSize(rect: Rect, boxes: readonly WallBox[], label: number, texts: WallTexts): number {
  for (const step of STEPS) {
    const size = step * label
    if (step === 1) break
    const plan = planOf(rect, size, boxes.length)
    const cut = boxes.some(
      box => titleNeed(box, plan, texts) > 0 || box.chips.some(chip => chipNeed(chip, size) > plan.inner),
    )
    if (cut) continue
    const heights = boxes.map(({ chips }) => boxHeight(sizeClass(gridOf(chips, plan).rows), size))
    const columns = dealBoxes(heights, plan.columnCount, rect.height, plan.gap)
    if (
      columns.every(
        column =>
          columnHeight(
            column.map(index => heights[index] ?? 0),
            plan.gap,
          ) <= rect.height,
      )
    )
      return size
  }
  return label
}

const columnHeight = (heights: readonly number[], gap: number): number =>
  heights.reduce((sum, height) => sum + height + gap, -gap)

const urgencyOf = ({ mark, look, chips }: WallBox): number =>
  weightOf(mark) * 1000 + (look === 'residents' ? 500 : 0) + Math.min(400, chips.length)

/** Indexes, the most urgent first; equal ones in their order. */
const byUrgencyOfBox = (boxes: readonly WallBox[], indexes: readonly number[]): number[] =>
  [...indexes].sort((a, b) => {
    const [one, other] = [boxes[a], boxes[b]]
    return one && other ? urgencyOf(other) - urgencyOf(one) || a - b : 0
  })

/** Boxes that there is room for, in their order, and how many are left out. */
function chooseBoxes(boxes: readonly WallBox[], rect: Rect, plan: Plan): { shown: WallBox[]; hidden: WallBox[] } {
  const least = boxHeight(0, plan.size) + plan.gap
  // So many boxes that there is no room in them would say what is wrong nowhere.
  const names = ROWS_FOR_NAMES * (boxHeight(2, plan.size) - boxHeight(1, plan.size))
  const perColumn = Math.max(1, Math.floor((rect.height + plan.gap - Math.min(names, rect.height / 3)) / least))
  const room = perColumn * plan.columnCount
  if (boxes.length <= room) return { shown: [...boxes], hidden: [] }
  const chosen = new Set(
    byUrgencyOfBox(
      boxes,
      boxes.map((_, index) => index),
    ).slice(0, room - 1),
  )
  return {
    shown: boxes.filter((_, index) => chosen.has(index)),
    hidden: boxes.filter((_, index) => !chosen.has(index)),
  }
}

/**
 * Rows for each box of a column: one after the other, the most urgent first, until the column is full.
 * @param first by box, rows below which it would show a count and nothing else
 */
function handOutRows(
  wanted: readonly number[],
  first: readonly number[],
  order: readonly number[],
  height: number,
  plan: Plan,
): number[] {
  const rows = wanted.map(() => 0)
  let used = columnHeight(
    rows.map(() => boxHeight(0, plan.size)),
    plan.gap,
  )
  for (let progress = true; progress; ) {
    progress = false
    for (const index of order) {
      const now = rows[index] ?? 0
      const next = now === 0 ? (first[index] ?? 1) : now + 1
      const more = boxHeight(next, plan.size) - boxHeight(now, plan.size)
      if (next > (wanted[index] ?? 0) || used + more > height) continue
      rows[index] = next
      used += more
      progress = true
    }
  }
  return rows
}

/** 1 when the most urgent of these fits on a row with the count of the others, else 2. */
function firstRows(chips: readonly WallChip[], plan: Plan, texts: WallTexts): number {
  const [urgent, ...others] = [...chips].sort(byUrgency)
  if (urgent === undefined || gridOf(chips, plan).rows === 1) return 1
  const fold = countNeed(countOf(others, texts), plan.size)
  return packGrid([chipNeed(urgent, plan.size), fold], plan).rows
}

const containersOf = (chips: readonly WallChip[]): number =>
  chips.reduce((sum, chip) => sum + (chip.visits ? 0 : chip.containers), 0)

export function placeBoxes(rect: Rect, boxes: readonly WallBox[], label: number, texts: WallTexts): BoxMap {
  const size = chooseSize(rect, boxes, label, texts)
  const plan = planOf(rect, size, boxes.length)
  const { shown, hidden } = chooseBoxes(boxes, rect, plan)
  const wanted = shown.map(({ chips }) => gridOf(chips, plan).rows)
  const heights = [...wanted, ...(hidden.length > 0 ? [0] : [])].map(rows => boxHeight(rows, size))
  const columns = dealBoxes(heights, plan.columnCount, rect.height, plan.gap)
  const placed: PlacedBox[] = []
  columns.forEach((column, nth) => {
    const x = rect.x + nth * (plan.width + plan.gap)
    const here = column.map(index => wanted[index] ?? 0)
    const order = byUrgencyOfBox(shown, column).map(index => column.indexOf(index))
    const first = column.map(index => firstRows(shown[index]?.chips ?? [], plan, texts))
    const rows = handOutRows(here, first, order, rect.height, plan)
    let y = rect.y
    column.forEach((index, place) => {
      const height = boxHeight(rows[place] ?? 0, size)
      const at = { x, y, width: plan.width, height }
      const box = shown[index]
      placed.push(
        box === undefined ? moreBox(at, hidden, plan, texts) : placeBox(at, box, rows[place] ?? 0, plan, texts),
      )
      y += height + plan.gap
    })
  })
  return { size, boxes: placed }
}

const nameOf = ({ name, group }: WallBox, texts: WallTexts): string =>
  name ?? (group === null ? '' : texts.boxes[group])

/** By how much a title is too wide for its box. */
const titleNeed = (box: WallBox, plan: Plan, texts: WallTexts): number =>
  textWidth(visibleText(nameOf(box, texts)), METRICS.title * plan.size, true) -
  headRoom(plan, String(containersOf(box.chips)))

/** Width that a box's head has for its title and badges, beside its sign and count. */
const headRoom = ({ inner, size }: Plan, count: string): number =>
  inner - (METRICS.sign + 2 * METRICS.signGap) * size - textWidth(count, size, true)

function placeBox(at: Rect, box: WallBox, rows: number, plan: Plan, texts: WallTexts): PlacedBox {
  const { size } = plan
  const name = nameOf(box, texts)
  const containers = containersOf(box.chips)
  const room = headRoom(plan, String(containers))
  const title = firstThatFits([name], METRICS.title * size, room, true)
  const left = room - textWidth(title, METRICS.title * size, true) - 0.7 * size
  const badges = box.badges.length === 0 || left < 3 * size ? '' : fittingBadges(box.badges, size, left)
  return {
    ...at,
    id: box.id,
    box,
    title,
    badges,
    mark: box.mark,
    containers,
    chips: placeChips(at, box.chips, rows, plan, texts),
  }
}

/** As many whole badges as fit. */
function fittingBadges(badges: readonly string[], size: number, room: number): string {
  for (let count = badges.length; count > 0; count -= 1) {
    const text = badges.slice(0, count).map(visibleText).join(', ')
    if (textWidth(text, size) <= room) return text
  }
  return ''
}

function moreBox(at: Rect, hidden: readonly WallBox[], plan: Plan, texts: WallTexts): PlacedBox {
  const containers = hidden.reduce((sum, { chips }) => sum + containersOf(chips), 0)
  const title = firstThatFits(
    texts.moreBoxes(hidden.length, containers),
    METRICS.title * plan.size,
    headRoom(plan, ''),
    true,
  )
  const mark = worstOf(hidden.map(box => box.mark))
  return { ...at, id: 'more', box: null, title, badges: '', mark, containers, chips: [] }
}

function placeChips(at: Rect, chips: readonly WallChip[], rows: number, plan: Plan, texts: WallTexts): PlacedChip[] {
  if (rows === 0) return []
  const whole = gridOf(chips, plan)
  if (whole.rows <= rows)
    return inGrid(
      at,
      whole,
      plan,
      chips.map(chip => chipIn(chip)),
    )
  const urgent = [...chips].sort(byUrgency)
  for (let count = chips.length - 1; count >= 0; count -= 1) {
    const chosen = new Set(urgent.slice(0, count))
    const shown = chips.filter(chip => chosen.has(chip))
    const hidden = urgent.slice(count)
    const { text: name, ...rest } = countOf(hidden, texts)
    const needs = [...shown.map(chip => chipNeed(chip, plan.size)), countNeed({ ...rest, text: name }, plan.size)]
    const grid = stretched(packGrid(needs, plan))
    if (grid.rows > rows && count > 0) continue
    const mark = worstOf(hidden.map(each => each.mark))
    return inGrid(at, grid, plan, [
      ...shown.map(chipIn),
      { id: `${hidden[0]?.id ?? ''} fold`, chip: null, name, mark, ...rest },
    ])
  }
  return []
}

type Unplaced = Pick<PlacedChip, 'id' | 'chip' | 'mark' | 'containers' | 'visits'> & { name: string }

const chipIn = (chip: WallChip): Unplaced => ({
  id: chip.id,
  chip,
  name: chip.name,
  mark: chip.mark,
  containers: chip.visits ? 0 : chip.containers,
  visits: chip.visits,
})

function inGrid(at: Rect, grid: Grid, { size, inner }: Plan, things: readonly Unplaced[]): PlacedChip[] {
  const gap = METRICS.chipGap * size
  const cell = (inner - (grid.columns - 1) * gap) / grid.columns
  const height = METRICS.chip * size
  return things.flatMap(({ name, ...thing }, index) => {
    const place = grid.cells[index]
    if (place === undefined) return []
    const width = place.span * cell + (place.span - 1) * gap
    const x = at.x + METRICS.pad * size + place.column * (cell + gap)
    const y = at.y + METRICS.head * size + place.row * (height + gap)
    return [{ ...thing, x, y, width, height, text: textOf(thing.chip, name, width, size) }]
  })
}

/** The name as it is drawn; only one that is longer than its box is shortened. */
function textOf(chip: WallChip | null, name: string, width: number, size: number): string {
  if (chip === null) return name
  const suffix = countSuffix(chip.containers)
  const others = chipNeed({ ...chip, name: '' }, size)
  return firstThatFits([name], size, width - others) + suffix
}
