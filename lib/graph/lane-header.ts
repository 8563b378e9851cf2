/** A lane's header: name and badges, interface and subnets. */
import type { Network } from '@/lib/topology/types'
import { BADGE, badgeWidth, flowBadges, lineHeight, textIn } from './draft'
import type { MapWords } from './map-words'
import type { Metrics } from './metrics'
import type { Lane } from './plan'
import { textWidth, visibleText } from './text'
import type { BadgeTone, Driver, SceneText } from './types'
import { networkBadges, networkMeta } from './words'

interface Parts {
  badges: { text: string; tone: BadgeTone | Driver }[]
  meta: string
  /** In em. */
  name: number
  metaWidth: number
  badgesWidth: number
}

const measured = new WeakMap<Lane, Parts>()

/** About what it will say when somebody makes it, so that it has the room for it already. */
const whenMade = ({ interface: bridge, subnets }: Network): string =>
  [bridge ?? 'podman1', ...(subnets.length === 0 ? ['10.89.0.0/24'] : subnets.map(({ cidr }) => cidr))]
    .map(visibleText)
    .join('  ')

function partsOf(lane: Lane, words: MapWords): Parts {
  const before = measured.get(lane)
  if (before) return before
  const badges = networkBadges(lane.network, words).map(({ text, tone }) => ({
    text,
    tone: tone === 'plain' ? lane.driver : tone,
  }))
  const known = networkMeta(lane.network)
  const meta = (lane.isDeclared ? [words.declared, ...known] : known).map(visibleText).join('  ')
  const parts = {
    badges,
    meta,
    name: textWidth(visibleText(lane.network.name), 1, true),
    metaWidth: textWidth(lane.isDeclared ? whenMade(lane.network) : meta, 1),
    badgesWidth: badges.reduce((sum, { text }) => sum + badgeWidth(text) + BADGE.gap, 0),
  }
  measured.set(lane, parts)
  return parts
}

const GAP = 10
/** The lane's mark has the right end of the first line. */
const MARK = 22

interface Plan {
  parts: Parts
  room: number
  nameWidth: number
  line: number
  subLine: number
  /** Everything on the first line. */
  oneLine: boolean
  /** The badges on the first line. */
  beside: boolean
}

/** On one line where everything fits and the picture is dense, else on two or three. */
function planHeader(lane: Lane, width: number, metrics: Metrics): Plan {
  const parts = partsOf(lane, metrics.words)
  const room = width - MARK
  const nameWidth = Math.ceil(Math.min(room, parts.name * metrics.laneTitle))
  const metaWidth = Math.ceil(parts.metaWidth * metrics.sub)
  return {
    parts,
    room,
    nameWidth,
    line: lineHeight(metrics.laneTitle),
    subLine: parts.meta === '' ? 0 : lineHeight(metrics.sub),
    oneLine: metrics.lines === 1 && nameWidth + GAP + metaWidth + GAP + parts.badgesWidth <= room,
    beside: nameWidth + GAP + parts.badgesWidth <= room,
  }
}

/** Height of the header in a lane of this inner width. */
export function headerHeight(lane: Lane, width: number, metrics: Metrics): number {
  const { parts, room, line, subLine, oneLine, beside } = planHeader(lane, width, metrics)
  if (oneLine) return line
  if (beside) return line + subLine
  return line + subLine + 4 + flowBadges(parts.badges, { x: 0, y: 0, width: room }).height
}

/** The header's texts, relative to its top left corner. */
export function headerTexts(lane: Lane, width: number, metrics: Metrics): SceneText[] {
  const { parts, room, nameWidth, line, subLine, oneLine, beside } = planHeader(lane, width, metrics)
  const { badges, meta } = parts
  const size = metrics.laneTitle
  const title = textIn(
    lane.network.name,
    { x: 0, y: 0, width: nameWidth + 0.5, height: line },
    { role: 'title', size, bold: true, tone: lane.driver },
  )
  const badgeY = (line - BADGE.height) / 2 + 0.5
  if (oneLine) {
    const metaWidth = Math.ceil(parts.metaWidth * metrics.sub)
    const sub = textIn(
      meta,
      { x: nameWidth + GAP, y: 0, width: metaWidth, height: line + 1 },
      { role: 'sub', size: metrics.sub },
    )
    const from = nameWidth + GAP + metaWidth + GAP
    return [title, ...(meta === '' ? [] : [sub]), ...flowBadges(badges, { x: 0, y: badgeY, width: room, from }).texts]
  }
  const pills = beside
    ? flowBadges(badges, { x: 0, y: badgeY, width: room, from: nameWidth + GAP })
    : flowBadges(badges, { x: 0, y: line + subLine + 4, width: room })
  if (meta === '') return [title, ...pills.texts]
  const sub = textIn(meta, { x: 0, y: line, width, height: subLine }, { role: 'sub', size: metrics.sub })
  return [title, sub, ...pills.texts]
}
