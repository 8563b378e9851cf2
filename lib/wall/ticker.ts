/** The last changes, few and short: what the wall says of a log. */
import type { Change, ChangeDetail } from '@/lib/client/changes'
import { burstsOf } from '@/lib/client/history/bursts'
import type { Severity } from '@/lib/exposure/types'
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

/**
 * What happened together is told in this order: what got worse and what opened before what came and went, and conclusions
 * last. A critical or high finding is worse; all others only say again what the things themselves tell.
 */
const RANK: Record<ChangeDetail['what'], number> = {
  status: 0,
  finding: 5,
  opened: 2,
  isolation: 2,
  vanished: 3,
  appeared: 3,
  recreated: 3,
  renamed: 3,
  closed: 4,
  state: 4,
  joined: 4,
  left: 4,
  cleared: 6,
}
const WORSE: readonly Severity[] = ['critical', 'high']
const rank = ({ detail }: Change): number =>
  detail.what === 'finding' && WORSE.includes(detail.severity) ? 1 : RANK[detail.what]

/** What goes without saying once a thing is gone: its doors, its findings and its last state went with it. */
const WITH_IT: ReadonlySet<ChangeDetail['what']> = new Set(['closed', 'cleared', 'state'])

/** Without what would say the same twice: a new container need not be told to have joined its network. */
function worthALine(burst: readonly Change[]): Change[] {
  const gone = new Set(burst.filter(({ detail }) => detail.what === 'vanished').map(({ name }) => name))
  return burst
    .filter(
      ({ detail: { what }, name }) => what !== 'joined' && what !== 'left' && !(WITH_IT.has(what) && gone.has(name)),
    )
    .toSorted((one, other) => rank(one) - rank(other))
}

/** The changes of these hosts worth a line: newest first, and what happened together by its weight. */
export function tickerOf(changes: readonly Change[], hostIds: ReadonlySet<string>, most: number): WallChange[] {
  const ofThese = changes.filter(({ hostId }) => hostIds.has(hostId))
  return burstsOf(ofThese, () => false)
    .flatMap(burst => worthALine(burst.changes))
    .slice(0, most)
    .map(({ number, at, name, ref, detail }) => ({ number, at, name, kind: ref.kind, detail }))
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
