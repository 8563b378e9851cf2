/** The last changes, few and short: what the wall says of a log. */
import type { Change, ChangeDetail } from '@/lib/client/changes'
import type { Ref } from '@/lib/topology/ref'
import { textWidth } from '@/lib/graph/text'
import { firstThatFits, LEADING, wrap } from './lines'
import type { Frame, Rect } from './frame'
import type { WallTexts } from './texts'

export interface WallChange {
  number: number
  at: string
  name: string
  kind: Ref['kind']
  detail: ChangeDetail
}

export interface PlacedChange extends Rect {
  number: number
  time: string
  timeWidth: number
  lines: string[]
  /** How it looks: a finding by its severity. */
  mark: string | null
  size: number
}

/** What would say the same twice: a new container need not be told to have joined its network. */
const isQuiet = ({ detail }: Change): boolean => detail.what === 'joined' || detail.what === 'left'

/** The changes of these hosts worth a line, newest first. */
export function tickerOf(changes: readonly Change[], hostIds: ReadonlySet<string>, most: number): WallChange[] {
  const shown: WallChange[] = []
  for (let index = changes.length - 1; index >= 0 && shown.length < most; index -= 1) {
    const change = changes[index]
    if (change === undefined || !hostIds.has(change.hostId) || isQuiet(change)) continue
    const { number, at, name, ref, detail } = change
    shown.push({ number, at, name, kind: ref.kind, detail })
  }
  return shown
}

const markOf = ({ detail }: WallChange): string | null => (detail.what === 'finding' ? detail.severity : null)

/** Newest first, as many as there is room for: beside each other on a line, below each other in a column. */
export function placeChanges(
  { changes: rect, form, label }: Frame,
  changes: readonly WallChange[],
  title: string,
  texts: WallTexts,
  timeOf: (iso: string) => string,
): PlacedChange[] {
  const size = label
  const placed: PlacedChange[] = []
  const before = textWidth(title, size, true) + 1.2 * size
  let [x, y] = form === 'wide' ? [rect.x + before, rect.y] : [rect.x, rect.y + 1.9 * size]
  for (const change of changes) {
    const time = timeOf(change.at)
    const timeWidth = textWidth(time, size) + 0.5 * size
    const mark = markOf(change)
    const before = timeWidth + (mark === null ? 0 : 1.4 * size)
    const text = texts.change(change)
    if (form === 'wide') {
      const room = rect.x + rect.width - x - before
      const most = Math.min(room, Math.max(0.45 * rect.width, 12 * size))
      const width = textWidth(text, size)
      // The first is shortened to fit, the others are left out.
      if (placed.length > 0 && width > most) break
      const line = firstThatFits([text], size, most)
      const full = before + Math.min(width, most)
      placed.push({
        number: change.number,
        time,
        timeWidth,
        lines: [line],
        mark,
        size,
        x,
        y,
        width: full,
        height: rect.height,
      })
      x += full + 1.6 * size
    } else {
      const { lines } = wrap(text, size, rect.width - before, 2)
      const height = lines.length * size * LEADING
      if (y + height > rect.y + rect.height) break
      placed.push({ number: change.number, time, timeWidth, lines, mark, size, x, y, width: rect.width, height })
      y += height + 0.55 * size
    }
  }
  return placed
}
