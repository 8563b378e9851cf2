/** The three parts of the headline: how many doors, what is worst, and of which host. */
import { plainly } from '@/lib/client/words/said'
import { textWidth } from '@/lib/graph/text'
import { SEVERITIES } from '@/lib/graph/marks'
import type { Severity } from '@/lib/exposure/types'
import type { WallFacts } from './facts'
import type { Frame, Rect } from './frame'
import { fill, fillSentences, firstThatFits, heightOf, LEADING, type Lines } from './lines'
import type { WallTexts } from './texts'

/** A text in its place. */
export interface Block extends Lines {
  x: number
  y: number
  width: number
}

const scaled = (label: number, ...steps: number[]): number[] => steps.map(step => step * label)

export interface CountBlocks {
  number: Block
  words: Block
  made: Block
}

/** "14+" when there may be more. */
const doorCountText = ({ doors, unknownBecause }: WallFacts, texts: WallTexts): string =>
  `${texts.number(doors.length)}${unknownBecause === null ? '' : '+'}`

export function placeCount({ count: rect, label }: Frame, facts: WallFacts, texts: WallTexts): CountBlocks {
  const { published, listening, unknownBecause, hostMode, onLan } = facts
  const text = doorCountText(facts, texts)
  const parts = texts.made({ published, listening: unknownBecause === null ? listening : null, hostMode, onLan })
  const madeHeight = Math.min(0.42 * rect.height, 2 * LEADING * label)
  const top = rect.height - madeHeight
  const number = fill(
    text,
    { width: 0.55 * rect.width, height: Infinity },
    [...scaled(top, 0.92, 0.8, 0.7, 0.6, 0.5), ...scaled(label, 3, 2, 1)],
    true,
  )
  const numberWidth = textWidth(text, number.size, true)
  const x = rect.x + numberWidth + 0.5 * label
  const words = fill(
    texts.doors(facts.doors.length, unknownBecause !== null),
    { width: rect.x + rect.width - x, height: top },
    scaled(label, 2.6, 2.3, 2, 1.8, 1.6, 1.4, 1.2, 1),
    true,
  )
  const made = fillParts(parts, { width: rect.width, height: madeHeight }, label)
  return {
    number: { ...number, x: rect.x, y: rect.y + (top - number.size) / 2, width: numberWidth },
    words: { ...words, x, y: rect.y + (top - heightOf(words)) / 2, width: rect.x + rect.width - x },
    made: { ...made, x: rect.x, y: rect.y + top, width: rect.width },
  }
}

const DOT = ' · '

/** As many parts as fit whole, with dots between them. */
function fillParts(parts: readonly string[], room: { width: number; height: number }, label: number): Lines {
  for (let count = parts.length; count > 1; count -= 1) {
    const lines = fill(
      parts
        .slice(0, count)
        .map(part => part.replaceAll(' ', '\u00a0'))
        .join(DOT),
      room,
      scaled(label, 1.2, 1),
    )
    // Where a line ends, nothing is left to part.
    if (lines.whole) return { ...lines, lines: lines.lines.map(line => line.replace(/^· | ·$/g, '')) }
  }
  return fill(parts[0] ?? '', room, [label])
}

export interface WorstBlocks {
  /** Counts, worst first, as many as fit on a line. */
  counts: { severity: Severity; text: string; x: number; y: number; size: number; width: number }[]
  title: Block
  message: Block
}

/** Width of a sign before a word, and its gap. */
export const SIGN = { size: 1, gap: 0.4 } as const

export function placeWorst({ worst: rect, label }: Frame, facts: WallFacts, texts: WallTexts): WorstBlocks {
  const size = label * 1.1
  const counts: WorstBlocks['counts'] = []
  let x = rect.x
  for (const severity of SEVERITIES) {
    const count = facts.findings[severity]
    if (count === 0) continue
    const text = texts.severity(severity, count)
    const width = (SIGN.size + SIGN.gap) * size + textWidth(text, size, true)
    if (x + width > rect.x + rect.width) break
    counts.push({ severity, text, x, y: rect.y, size, width })
    x += width + 1.2 * size
  }
  const { worst } = facts
  const title = worst === null ? texts.noFindings : `${texts.rules[worst.ruleId] ?? worst.title}: ${worst.subject.name}`
  const message = worst === null ? texts.notExamined(facts.notExamined) : plainly(worst.message)
  const head = counts.length === 0 ? 0 : 1.7 * size
  return { counts, ...below({ ...rect, y: rect.y + head, height: rect.height - head }, title, message, label) }
}

/** A title as large as it fits on two lines, and a message in what room is left. */
export function below(rect: Rect, title: string, message: string, label: number): { title: Block; message: Block } {
  const { x, y, width } = rect
  const most = Math.max(2 * LEADING * label, 0.62 * rect.height)
  const head = fill(title, { width, height: most }, scaled(label, 2.6, 2.3, 2, 1.8, 1.6, 1.4, 1.2, 1), true)
  const used = heightOf(head) + 0.25 * label
  const body = fillSentences(message, { width, height: rect.height - used }, scaled(label, 1.2, 1.1, 1))
  return { title: { ...head, x, y, width }, message: { ...body, x, y: y + used, width } }
}

export interface StatusBlocks {
  host: Block
  /** Where the freshness stands: a sign, then words that change every second. */
  fresh: Rect & { size: number }
  clock: Rect & { size: number }
  about: Block
}

export function placeStatus(
  { status: rect, label }: Frame,
  name: string,
  abouts: readonly string[],
  clock: string,
): StatusBlocks {
  const { x, y, width, height } = rect
  const size = 1.1 * label
  const line = LEADING * size
  const clockWidth = textWidth(clock, size, true)
  const rest = Math.max(LEADING * label, height - 2 * line - 0.6 * label)
  const hostWidth = width - clockWidth - 0.6 * label
  const host = fill(
    name,
    { width: hostWidth, height: Math.min(rest, 2 * LEADING * 1.8 * label) },
    scaled(label, 1.8, 1.6, 1.4, 1.2, 1),
    true,
  )
  const top = y + heightOf(host) + 0.2 * label
  const shown = firstThatFits(abouts, label, width)
  return {
    host: { ...host, x, y, width: hostWidth },
    fresh: { x, y: top, width, height: line, size },
    about: {
      lines: [shown],
      size: label,
      bold: false,
      whole: true,
      x,
      y: top + line + 0.1 * label,
      width,
    },
    clock: { x: x + width - clockWidth, y, width: clockWidth, height: heightOf({ ...host, lines: ['1'] }), size },
  }
}
