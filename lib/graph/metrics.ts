/** Sizes in scene units (CSS pixels at zoom 1). Few containers say more each, many say less. */
import type { MapWords } from './map-words'

interface Sizes {
  /** Lines of text in a chip: name, addresses, image. */
  lines: 1 | 2 | 3
  chip: number
  cellMin: number
  cellMax: number
  cellStep: number
  title: number
  sub: number
  /** Of columns and groups. */
  heading: number
  /** Between chips. */
  gap: number
  /** Inside lanes and boxes. */
  pad: number
  laneTitle: number
  laneGap: number
  gutter: number
  door: number
  doorGap: number
  visitor: number
  /** Row of an interface with its segment. */
  segment: number
  segmentWidth: number
  /** Smallest chip inside of a namespace box, and the box's header. */
  innerChip: number
  boxHeader: number
}

/** What a layout is measured by. */
export interface Metrics extends Sizes {
  words: MapWords
}

const SPACIOUS: Sizes = {
  lines: 3,
  chip: 66,
  cellMin: 176,
  cellMax: 264,
  cellStep: 44,
  title: 15,
  sub: 12,
  heading: 13,
  gap: 10,
  pad: 14,
  laneTitle: 17,
  laneGap: 24,
  gutter: 52,
  door: 34,
  doorGap: 8,
  visitor: 26,
  segment: 62,
  segmentWidth: 158,
  innerChip: 28,
  boxHeader: 30,
}

const ROOMY: Sizes = {
  lines: 2,
  chip: 46,
  cellMin: 152,
  cellMax: 232,
  cellStep: 40,
  title: 14,
  sub: 11.5,
  heading: 13,
  gap: 8,
  pad: 12,
  laneTitle: 16,
  laneGap: 20,
  gutter: 48,
  door: 30,
  doorGap: 7,
  visitor: 24,
  segment: 56,
  segmentWidth: 150,
  innerChip: 26,
  boxHeader: 28,
}

const COMPACT: Sizes = {
  lines: 1,
  chip: 29,
  cellMin: 124,
  cellMax: 196,
  cellStep: 36,
  title: 15,
  sub: 11.5,
  heading: 15,
  gap: 6,
  pad: 10,
  laneTitle: 16.5,
  laneGap: 14,
  gutter: 36,
  door: 26,
  doorGap: 5,
  visitor: 22,
  segment: 54,
  segmentWidth: 146,
  innerChip: 24,
  boxHeader: 26,
}

/** Between the outside, the host and what is right of it. */
export const EDGE = { headings: 30, standOut: 14, inset: 26, hostPad: 16, hostTitle: 58 }

export const metricsFor = (containerCount: number, words: MapWords): Metrics => ({
  ...(containerCount <= 12 ? SPACIOUS : containerCount <= 90 ? ROOMY : COMPACT),
  words,
})

/**
 * Size classes: counts that the composition (columns, chips per row) depends on go through here, so that one more
 * container changes the composition only where it changes a class.
 */
const CLASSES = [0, 1, 2, 4, 7, 12, 20, 32, 48, 72, 110, 160, 240, 360, 540, 800, 1200]

/** The middle of the count's class: classes are 0, 1, 2, 3–4, 5–7, 8–12, 13–20, … */
export function sizeClass(count: number): number {
  let below = -1
  for (const limit of CLASSES) {
    if (count <= limit) return Math.ceil((below + 1 + limit) / 2)
    below = limit
  }
  return Math.ceil(count / 600) * 600 - 300
}

/**
 * Coarser classes, for single lanes: up to 4, 16, 64, … cells. Which column a lane goes to hangs on them, and a lane that
 * changes its column takes others along.
 */
export function laneClass(cells: number): number {
  let limit = 4
  while (cells > limit) limit *= 4
  return limit / 2
}

/** Rounds up to a step, so that a small change of what is measured seldom changes the result. */
export const stepUp = (value: number, step: number): number => Math.ceil(value / step) * step
