'use client'

/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events --
   the WAI-ARIA grid pattern with aria-activedescendant; a <table> cannot leave out the rows and columns that are not in sight. */

import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import {
  cellAt,
  endDetail,
  endLabel,
  endNames,
  inSight,
  pairAt,
  type Place,
  placeOf,
  walk,
} from '@/lib/client/reach/matrix'
import type { LinkedReach } from '@/lib/client/url'
import { signUri, type VerdictSign, verdictSign } from '@/lib/graph/signs'
import type { MatrixEnd, ReachMatrix } from '@/lib/reach/matrix'
import { formatReachRef, type ReachRef } from '@/lib/reach/refs'
import { useTheme, useWords } from '@/components/page-state'

/** In rem. Few columns have room for the word beside the sign. */
const ROOMY = { least: 6.75, most: 10, head: 3.25, row: 2.75 }
const DENSE = { least: 1.75, most: 3, head: 9, row: 1.875 }
const SIDE = 15

interface MatrixGridProps {
  matrix: ReachMatrix
  reach: LinkedReach | null
  onOpen: (pair: { from: ReachRef; to: ReachRef }) => void
  name: string
}

/** Only what is in sight is in the document, so that its size follows the window's, not the host's. */
export function MatrixGrid({ matrix, reach, onOpen, name }: MatrixGridProps) {
  const theme = useTheme()
  const words = useWords()
  const { matrix: says } = words.reach
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ left: 0, top: 0, width: 0, height: 0, rem: 16 })
  const asked = useMemo(
    () =>
      reach === null || reach.from === 'outside' || reach.to === null
        ? null
        : placeOf(matrix, formatReachRef(reach.from), formatReachRef(reach.to)),
    [matrix, reach],
  )
  const [moved, setMoved] = useState<Place | null>(null)
  const [pointed, setPointed] = useState<Place | null>(null)
  const size = { rows: matrix.sources.length, columns: matrix.targets.length }
  const place = clamp(moved ?? asked ?? { row: 0, column: Math.min(1, size.columns - 1) }, size)

  const room = (seen.width / seen.rem - SIDE) / size.columns
  const roomy = room >= ROOMY.least
  const { least, most } = roomy ? ROOMY : DENSE
  const column = Math.max(least, Math.min(most, room)) * seen.rem
  const head = (roomy ? ROOMY.head : DENSE.head) * seen.rem
  const row = (roomy ? ROOMY.row : DENSE.row) * seen.rem
  const side = SIDE * seen.rem
  const rows = inSight(seen.top, seen.height - head, row, size.rows)
  const columns = inSight(seen.left, seen.width - side, column, size.columns)

  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = () =>
      setSeen({
        left: element.scrollLeft,
        top: element.scrollTop,
        width: element.clientWidth,
        height: element.clientHeight,
        rem: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
      })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])

  // The cell that is walked to stays in sight.
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || moved === null) return
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = element
    const left = moved.column * column
    const top = moved.row * row
    if (left < scrollLeft) element.scrollLeft = left
    else if (left + column > scrollLeft + clientWidth - side) element.scrollLeft = left + column - clientWidth + side
    if (top < scrollTop) element.scrollTop = top
    else if (top + row > scrollTop + clientHeight - head) element.scrollTop = top + row - clientHeight + head
  }, [moved, column, row, side, head])

  const open = (at: Place) => {
    const pair = pairAt(matrix, at)
    if (pair !== null) onOpen(pair)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.altKey) return
    const next = walk(place, event.key, event.ctrlKey, size, Math.max(1, rows.to - rows.from - 8))
    if (next !== null) {
      setMoved(next)
      setPointed(null)
    } else if (event.key === 'Enter' || event.key === ' ') open(place)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const cellId = (at: Place) => `${id}-${at.row}-${at.column}`
  const told = pointed === null ? place : clamp(pointed, size)
  const here = cellAt(matrix, told, words)
  const indexes = ({ from, to }: { from: number; to: number }) =>
    Array.from({ length: to - from }, (_, at) => from + at)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div
        ref={scroller}
        role="grid"
        aria-label={name}
        aria-rowcount={size.rows + 1}
        aria-colcount={size.columns + 1}
        aria-activedescendant={cellId(place)}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setPointed(null)}
        className="group relative min-h-0 flex-1 overflow-auto border-t border-line bg-canvas outline-offset-[-2px]"
      >
        <div role="rowgroup" style={{ width: side + size.columns * column, height: head + size.rows * row }}>
          <div
            role="row"
            aria-rowindex={1}
            className="sticky top-0 z-20 bg-surface"
            style={{ height: head, width: side + size.columns * column }}
          >
            <div
              role="columnheader"
              aria-colindex={1}
              className="sticky left-0 z-10 flex h-full items-end justify-between border-r border-b border-line bg-surface px-3 pb-1.5 text-2xs text-faint"
              style={{ width: side }}
            >
              <span>{says.from} ↓</span>
              <span>{says.to} →</span>
            </div>
            {indexes(columns).map(index => (
              <ColumnHeader
                key={index}
                end={matrix.targets[index]}
                index={index}
                roomy={roomy}
                chosen={index === told.column}
                left={side + index * column}
                width={column}
                height={head}
              />
            ))}
          </div>
          {indexes(rows).map(at => {
            const source = matrix.sources[at]
            return (
              <div
                key={at}
                role="row"
                aria-rowindex={at + 2}
                className={`absolute ${at === told.row ? 'bg-hover' : ''}`}
                style={{ top: head + at * row, height: row, width: side + size.columns * column }}
              >
                <div
                  role="rowheader"
                  aria-colindex={1}
                  title={source && endNames(source)}
                  className={`sticky left-0 z-10 flex h-full items-center gap-2 border-r border-b border-line bg-surface px-3 text-xs ${at === told.row ? 'font-semibold text-ink' : 'text-ink'}`}
                  style={{ width: side }}
                >
                  <span className="min-w-0 flex-1 truncate">{source && endLabel(source, words.reach)}</span>
                  <span className="max-w-[45%] shrink-0 truncate text-2xs font-normal text-faint">
                    {source && endDetail(source, words.reach)}
                  </span>
                </div>
                {indexes(columns).map(to => {
                  const cell = cellAt(matrix, { row: at, column: to }, words)
                  const isHere = at === place.row && to === place.column
                  return (
                    <div
                      key={to}
                      id={cellId({ row: at, column: to })}
                      role="gridcell"
                      aria-colindex={to + 2}
                      aria-label={cell?.words}
                      aria-selected={asked?.row === at && asked.column === to}
                      data-verdict={cell?.verdict ?? 'self'}
                      onClick={() => {
                        setMoved({ row: at, column: to })
                        open({ row: at, column: to })
                      }}
                      onPointerEnter={() => setPointed({ row: at, column: to })}
                      className={`absolute top-0 flex h-full cursor-pointer items-center justify-center gap-1.5 border-r border-b border-line text-xs aria-selected:outline-2 aria-selected:outline-offset-[-2px] aria-selected:outline-accent ${cell?.verdict ? TINTS[cell.verdict] : 'bg-sunken'} ${isHere ? 'outline-2 outline-offset-[-2px] outline-ink group-focus-visible:outline-3' : ''}`}
                      style={{ left: side + to * column, width: column }}
                    >
                      {cell?.verdict && (
                        // A data URI of a few hundred bytes: there is nothing for an image optimiser to do.
                        // oxlint-disable-next-line nextjs/no-img-element
                        <img src={signUri(verdictSign(cell.verdict), theme)} alt="" className="size-3.5" />
                      )}
                      {roomy && cell?.verdict && words.legend.verdicts[cell.verdict].word}
                    </div>
                  )
                })}
              </div>
            )
          })}
        </div>
      </div>
      <p
        className="flex min-h-9 shrink-0 items-center gap-2 border-t border-line bg-surface px-4 py-1.5 text-xs text-ink"
        aria-hidden="true"
      >
        {/* oxlint-disable-next-line nextjs/no-img-element */}
        {here?.verdict && <img src={signUri(verdictSign(here.verdict), theme)} alt="" className="size-3.5" />}
        {here?.words}
      </p>
    </div>
  )
}

const TINTS: Record<VerdictSign, string> = {
  reachable: 'bg-good/20 text-ink',
  door: '',
  routed: '',
  unknown: 'bg-medium/15 text-ink',
  blocked: 'text-muted',
  stop: '',
}

const clamp = ({ row, column }: Place, { rows, columns }: { rows: number; columns: number }): Place => ({
  row: Math.max(0, Math.min(rows - 1, row)),
  column: Math.max(0, Math.min(columns - 1, column)),
})

function ColumnHeader({
  end,
  index,
  roomy,
  chosen,
  left,
  width,
  height,
}: {
  end: MatrixEnd | undefined
  index: number
  roomy: boolean
  chosen: boolean
  left: number
  width: number
  height: number
}) {
  const { reach } = useWords()
  if (end === undefined) return null
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      title={endNames(end)}
      className={`absolute top-0 flex overflow-hidden border-r border-b border-line text-xs ${chosen ? 'bg-hover font-semibold text-ink' : 'text-ink'} ${roomy ? 'flex-col justify-end px-2 pb-1.5' : 'items-center justify-center px-0.5 py-2'}`}
      style={{ left, width, height }}
    >
      <span className={roomy ? 'truncate' : 'mx-auto max-h-full rotate-180 truncate [writing-mode:vertical-rl]'}>
        {endLabel(end, reach)}
      </span>
      {roomy && <span className="truncate text-2xs font-normal text-faint">{endDetail(end, reach)}</span>}
    </div>
  )
}
