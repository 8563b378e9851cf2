/**
 * Where the parts of the wall stand, for a size of screen. Everything is measured in the label: the smallest text that
 * there is, 24 px on a screen whose short side has 1080, and as much larger as the screen is.
 */

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

/**
 * wide    16:9 and thereabouts: headline above, changes below
 * broad   21:9 and more: headline and changes in columns of their own beside the map
 * tall    portrait: everything below each other
 */
export type Form = 'wide' | 'broad' | 'tall'

export interface Frame {
  form: Form
  width: number
  height: number
  /** Height of the smallest text, in pixels. */
  label: number
  /** How many doors lead outside. */
  count: Rect
  /** The worst finding. When nothing may be believed, this says so instead. */
  worst: Rect
  /** Which host, how fresh, what time. */
  status: Rect
  doors: Rect
  boxes: Rect
  changes: Rect
}

const SMALLEST = 24
/** Smaller screens than this are held in the hand: their text shrinks with them, to no less than this. */
const SMALL_SCREEN = 720
const SMALLEST_IN_HAND = 14
/** Left free at the borders: the picture is shifted by less than this now and then. */
const MARGIN = 1.2

/** Pixels of a label, by the pixels of the screen's short side; never less than on a screen of 1080 lines, but on small ones. */
export function labelOf(width: number, height: number): number {
  const short = Math.min(width, height)
  if (short < SMALL_SCREEN) return Math.max(SMALLEST_IN_HAND, (SMALLEST * short) / SMALL_SCREEN)
  return SMALLEST * Math.max(1, short / 1080)
}

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))

/** Cuts a length into parts by shares, with a gap between them. */
function cut(start: number, length: number, gap: number, shares: readonly number[]): { at: number; size: number }[] {
  const sum = shares.reduce((a, b) => a + b, 0)
  const free = length - gap * (shares.length - 1)
  let at = start
  return shares.map(share => {
    const size = (free * share) / sum
    const part = { at, size }
    at += size + gap
    return part
  })
}

const NONE = { at: 0, size: 0 }

/** Shares of the height that a headline above the map may have; the largest is for a map that needs little. */
export const HEAD_SHARES = [0.36, 0.27, 0.19] as const
const LEAST_HEAD = 0.19

/**
 * @param width, height pixels of the screen
 * @param headShare one of HEAD_SHARES; counts where the headline stands above the map, on wide screens
 */
export function frameOf(width: number, height: number, headShare: number = LEAST_HEAD): Frame {
  const label = labelOf(width, height)
  const margin = MARGIN * label
  const gap = label
  const [w, h] = [width - 2 * margin, height - 2 * margin]
  const form: Form = width / height >= 2.1 ? 'broad' : width / height < 1 ? 'tall' : 'wide'
  const whole = { form, width, height, label }
  switch (form) {
    case 'wide': {
      const head = clamp(headShare * h, 6.6 * label, 45 * headShare * label)
      const foot = 1.9 * label
      const middle = h - head - foot - 2 * gap
      const [count = NONE, worst = NONE, status = NONE] = cut(margin, w, gap, [0.34, 0.45, 0.21])
      const [doors = NONE, boxes = NONE] = cut(margin, w, gap, [0.28, 0.72])
      const y = margin + head + gap
      return {
        ...whole,
        count: { x: count.at, y: margin, width: count.size, height: head },
        worst: { x: worst.at, y: margin, width: worst.size, height: head },
        status: { x: status.at, y: margin, width: status.size, height: head },
        doors: { x: doors.at, y, width: doors.size, height: middle },
        boxes: { x: boxes.at, y, width: boxes.size, height: middle },
        changes: { x: margin, y: y + middle + gap, width: w, height: foot },
      }
    }
    case 'broad': {
      const left = clamp(0.21 * w, 18 * label, 30 * label)
      const right = clamp(0.17 * w, 16 * label, 26 * label)
      const [count = NONE, worst = NONE, status = NONE] = cut(margin, h, gap, [0.26, 0.5, 0.24])
      const middle = w - left - right - 2 * gap
      const [doors = NONE, boxes = NONE] = cut(margin + left + gap, middle, gap, [
        clamp(0.31 * middle, 16 * label, 26 * label),
        middle - gap - clamp(0.31 * middle, 16 * label, 26 * label),
      ])
      return {
        ...whole,
        count: { x: margin, y: count.at, width: left, height: count.size },
        worst: { x: margin, y: worst.at, width: left, height: worst.size },
        status: { x: margin, y: status.at, width: left, height: status.size },
        doors: { x: doors.at, y: margin, width: doors.size, height: h },
        boxes: { x: boxes.at, y: margin, width: boxes.size, height: h },
        changes: { x: margin + w - right, y: margin, width: right, height: h },
      }
    }
    case 'tall': {
      const [statusHeight, countHeight] = [4.7 * label, Math.max(6.4 * label, 0.1 * h)]
      const [worstHeight, changesHeight] = [Math.max(7 * label, 0.11 * h), Math.max(3.3 * label, 0.1 * h)]
      const left = h - statusHeight - countHeight - worstHeight - changesHeight - 5 * gap
      const [status = NONE, count = NONE, worst = NONE, doors = NONE, boxes = NONE, changes = NONE] = cut(
        margin,
        h,
        gap,
        [statusHeight, countHeight, worstHeight, 0.36 * left, 0.64 * left, changesHeight],
      )
      const row = ({ at, size }: { at: number; size: number }): Rect => ({ x: margin, y: at, width: w, height: size })
      return {
        ...whole,
        status: row(status),
        count: row(count),
        worst: row(worst),
        doors: row(doors),
        boxes: row(boxes),
        changes: row(changes),
      }
    }
  }
}
