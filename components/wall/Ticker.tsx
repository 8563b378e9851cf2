'use client'

import { memo, useMemo } from 'react'
import type { ChangeLog } from '@/lib/client/changes'
import type { Frame } from '@/lib/wall/frame'
import { textWidth } from '@/lib/graph/text'
import type { WallTexts } from '@/lib/wall/texts'
import { placeChanges, tickerOf } from '@/lib/wall/ticker'
import { at, WallSign } from './parts'

/** Nothing for what is no time. */
function clockText(iso: string, texts: WallTexts): string {
  const time = new Date(iso)
  return Number.isNaN(time.getTime()) ? '' : texts.clock(time)
}

/** More than any screen has room for. */
const MOST = 60

/** The last changes. Nothing runs or blinks: a new one takes the first place. */
export const Ticker = memo(function Ticker({
  frame,
  log,
  hostId,
  demo,
  texts,
}: {
  frame: Frame
  log: ChangeLog
  hostId: string
  demo: boolean
  texts: WallTexts
}) {
  const title = demo ? texts.demo : texts.changes
  const { changes, since } = log
  const placed = useMemo(() => {
    const shown = tickerOf(changes, new Set([hostId]), MOST)
    return placeChanges(frame, shown, title, texts, iso => clockText(iso, texts))
  }, [frame, changes, hostId, title, texts])
  const { label, changes: rect, form } = frame
  const size = label
  return (
    <section data-part="changes" aria-label={texts.changes}>
      <h2
        className="absolute font-semibold whitespace-pre text-muted"
        style={{ left: rect.x, top: rect.y, fontSize: size, lineHeight: 1.25 }}
      >
        {title}
      </h2>
      {placed.length === 0 && since !== null && (
        <p
          className="absolute whitespace-pre text-muted"
          style={{
            left: form === 'wide' ? rect.x + textWidth(title, size, true) + 1.2 * size : rect.x,
            top: form === 'wide' ? rect.y : rect.y + 1.9 * size,
            fontSize: size,
            lineHeight: 1.25,
          }}
        >
          {texts.noChanges(clockText(since, texts))}
        </p>
      )}
      <ol>
        {placed.map(({ number, time, timeWidth, lines, mark, ...rect }) => (
          <li
            key={number}
            data-change={number}
            className="absolute flex items-start whitespace-pre"
            style={{ ...at(rect), fontSize: rect.size, lineHeight: 1.25 }}
          >
            <time className="shrink-0 text-muted" style={{ width: timeWidth }}>
              {time}
            </time>
            {mark !== null && (
              <span className="shrink-0" style={{ width: 1.4 * rect.size, paddingTop: 0.1 * rect.size }}>
                <WallSign name={mark} size={rect.size} />
              </span>
            )}
            <span>
              {lines.map((line, index) => (
                <span key={`${index} ${line}`} className="block">
                  {line}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
})
