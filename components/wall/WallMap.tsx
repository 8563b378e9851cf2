'use client'

import { memo } from 'react'
import { useTheme } from '@/components/page-state'
import { DRIVERS, PIVOT, RESIDENT, SURFACES, type Theme, type Tint } from '@/lib/graph/appearance'
import type { Mark } from '@/lib/graph/marks'
import { type BoxMap, METRICS, type PlacedBox, type PlacedChip } from '@/lib/wall/boxes'
import type { WallPicture } from '@/lib/wall/compose'
import { ARROW, DOOR_METRICS, INSET, type PlacedDoor } from '@/lib/wall/doors'
import type { BoxLook } from '@/lib/wall/facts'
import type { WallTexts } from '@/lib/wall/texts'
import { at, WallSign } from './parts'

const wordOf = (mark: Mark, { legend }: WallTexts): string => (mark === null ? '' : legend.severities[mark].word)

const plain = (theme: Theme): Tint => {
  const { hostLine, host, hostGlow, muted } = SURFACES[theme]
  return { line: hostLine, fill: host, glow: hostGlow, text: muted }
}

function tintOf(look: BoxLook, theme: Theme): { tint: Tint; dashed: boolean } {
  switch (look) {
    case 'residents':
      return { tint: RESIDENT.tint[theme], dashed: false }
    case 'pivots':
      return { tint: PIVOT.tint[theme], dashed: false }
    case 'plain':
      return { tint: plain(theme), dashed: true }
    case 'bridge':
    case 'macvlan':
    case 'ipvlan':
    case 'other':
      return { tint: DRIVERS[look].tint[theme], dashed: DRIVERS[look].dashed }
  }
}

/** The doors, on the rail that is the outside; and the networks, with what is on them. */
export const WallMap = memo(function WallMap({ picture, texts }: { picture: WallPicture; texts: WallTexts }) {
  const { frame, doors, boxes, facts } = picture
  const { label } = frame
  return (
    <>
      <section data-part="doors" aria-labelledby="wall-doors">
        {doors.rails.map(rail => (
          <div key={rail.x} className="wall-rail absolute rounded-full" style={at(rail)} />
        ))}
        <h2
          id="wall-doors"
          className="absolute font-semibold whitespace-pre text-muted"
          style={{ left: frame.doors.x + INSET * label, top: frame.doors.y, fontSize: label, lineHeight: 1.25 }}
        >
          {texts.outside}
        </h2>
        {facts.doors.length === 0 && (
          <p
            className="absolute"
            style={{
              left: frame.doors.x + INSET * label,
              top: frame.doors.y + 1.8 * label,
              width: frame.doors.width - label,
              fontSize: label,
              lineHeight: 1.25,
            }}
          >
            {facts.unknownBecause === null ? texts.noDoors : texts.unknownDoors}
          </p>
        )}
        <ol>
          {doors.doors.map(door => (
            <Door key={door.key} placed={door} size={doors.size} label={label} texts={texts} />
          ))}
        </ol>
      </section>
      <Boxes boxes={boxes} texts={texts} />
    </>
  )
})

function Door({ placed, size, label, texts }: { placed: PlacedDoor; size: number; label: number; texts: WallTexts }) {
  const { door, port, leadsTo, mark } = placed
  const inset = INSET * label
  return (
    <li
      data-door={placed.key}
      data-mark={mark ?? 'none'}
      className="absolute flex items-center rounded-md border-2 whitespace-pre"
      style={{
        ...at(placed),
        fontSize: size,
        lineHeight: 1.25,
        paddingInline: DOOR_METRICS.pad * size,
        gap: DOOR_METRICS.signGap * size,
        ...doorColours(door?.sign ?? null),
      }}
    >
      <span className="wall-tick absolute" style={{ left: -inset, width: inset, height: 0.12 * size }} />
      {door !== null && (
        <WallSign name={door.sign} size={DOOR_METRICS.sign * size} says={`${texts.legend.things[door.sign].word}: `} />
      )}
      <span className="min-w-0 flex-1">
        <strong className="font-semibold">{port}</strong>
        {leadsTo !== '' && (
          <>
            <span className="text-muted">{ARROW}</span>
            {leadsTo}
          </>
        )}
        {door?.unsure === true && <span className="sr-only"> ({texts.unsure})</span>}
      </span>
      {mark !== null && <WallSign name={mark} size={DOOR_METRICS.sign * size} says={wordOf(mark, texts)} />}
    </li>
  )
}

function doorColours(sign: 'wildcard' | 'public' | 'private' | 'listener' | null) {
  return { borderColor: sign === null ? 'var(--line-strong)' : sign === 'private' ? 'var(--high)' : 'var(--critical)' }
}

function Boxes({ boxes: { boxes, size }, texts }: { boxes: BoxMap; texts: WallTexts }) {
  return boxes.map(box => <Box key={box.id} placed={box} size={size} texts={texts} />)
}

function Box({ placed, size, texts }: { placed: PlacedBox; size: number; texts: WallTexts }) {
  const theme = useTheme()
  const { box, title, badges, mark, containers, chips } = placed
  const { tint, dashed } = tintOf(box?.look ?? 'plain', theme)
  return (
    <section data-box={placed.id} data-look={box?.look ?? 'more'} aria-label={title}>
      <div
        data-mark={chips.length === 0 ? (mark ?? 'none') : 'told'}
        className={`wall-box absolute rounded-lg border-2 ${dashed ? 'border-dashed' : ''}`}
        style={{
          ...at(placed),
          borderColor: tint.line,
          background: `linear-gradient(${tint.glow}, ${tint.fill} ${METRICS.head * size * 1.6}px)`,
        }}
      />
      <div
        className="absolute flex items-center whitespace-pre"
        style={{
          left: placed.x + METRICS.pad * size,
          top: placed.y,
          width: placed.width - 2 * METRICS.pad * size,
          height: METRICS.head * size,
          gap: METRICS.signGap * size,
          fontSize: size,
          lineHeight: 1.25,
        }}
      >
        <h3 className="font-semibold" style={{ fontSize: METRICS.title * size, color: tint.text }}>
          {title}
        </h3>
        <span className="min-w-0 flex-1 text-muted">{badges}</span>
        {mark !== null && <WallSign name={mark} size={METRICS.sign * size} says={wordOf(mark, texts)} />}
        {box !== null && (
          <strong className="font-semibold text-muted" data-containers={containers}>
            {containers}
          </strong>
        )}
      </div>
      <ul>
        {chips.map(chip => (
          <Chip key={chip.id} placed={chip} size={size} texts={texts} />
        ))}
      </ul>
    </section>
  )
}

function Chip({ placed, size, texts }: { placed: PlacedChip; size: number; texts: WallTexts }) {
  const { chip, text, mark, visits, containers } = placed
  const stateWords: ReadonlyMap<string, { word: string }> = new Map(Object.entries(texts.legend.states))
  const { sign, signGap, chipPad } = METRICS
  const pivot = <WallSign name="pivot" size={sign * size} says={texts.legend.things.pivot.word} />
  // Containers of the box, and visitors that are not in the number.
  const counts = visits && containers > 0
  const look =
    chip === null
      ? 'wall-fold'
      : chip.visits
        ? 'wall-visitor'
        : chip.exposed
          ? 'wall-exposed'
          : chip.live
            ? 'wall-chip'
            : 'wall-chip wall-still'
  return (
    <li
      data-chip={placed.id}
      data-containers={placed.containers}
      data-fold={chip === null ? 'true' : undefined}
      data-mark={mark ?? 'none'}
      className={`absolute flex items-center rounded-md border-2 whitespace-pre ${look}`}
      style={{ ...at(placed), fontSize: size, lineHeight: 1.25, paddingInline: chipPad * size, gap: signGap * size }}
    >
      {chip !== null && (
        <WallSign name={chip.state} size={sign * size} says={`${stateWords.get(chip.state)?.word ?? ''}: `} />
      )}
      {visits && containers === 0 && pivot}
      <span className={`min-w-0 ${counts ? '' : 'flex-1'} ${chip === null ? 'font-semibold' : ''}`}>{text}</span>
      {counts && <span className="min-w-0 flex-1">{pivot}</span>}
      {chip?.exposed === true && <WallSign name="wildcard" size={sign * size} says={texts.published} />}
      {mark !== null && <WallSign name={mark} size={sign * size} says={wordOf(mark, texts)} />}
    </li>
  )
}
