'use client'

import { legend } from '@/lib/graph/legend'
import { useTheme, useWords } from '@/components/page-state'
import { IconButton } from '@/components/ui/Button'
import { CloseIcon, LegendIcon } from '@/components/ui/icons'

/** What every sign and line of the picture means, from the table that draws them. */
export function LegendButton() {
  const { title, close } = useWords().legend
  return (
    <>
      <button
        type="button"
        popoverTarget="legend"
        aria-label={title}
        title={title}
        className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <LegendIcon />
      </button>
      <div
        popover="auto"
        id="legend"
        className="hanging max-h-[calc(100dvh-4.5rem)] w-104 max-w-[calc(100vw-1.5rem)] space-y-4 overflow-y-auto rounded-lg border border-line bg-raised p-4 shadow-pop"
      >
        <div className="-mb-2 flex items-center justify-between">
          <h2 className="text-md font-semibold">{title}</h2>
          <IconButton icon={CloseIcon} name={close} popoverTarget="legend" popoverTargetAction="hide" />
        </div>
        <LegendTable />
      </div>
    </>
  )
}

function LegendTable() {
  const words = useWords().legend
  return legend(useTheme(), words).map(({ title, rows }) => (
    <section key={title}>
      <h3 className="text-xs font-semibold text-muted">{title}</h3>
      <dl className="mt-1.5 grid grid-cols-[11.5rem_minmax(0,1fr)] items-baseline gap-x-2 gap-y-1 text-xs">
        {rows.map(({ word, means, svg }) => (
          <div key={word} className="col-span-2 grid grid-cols-subgrid">
            <dt className="flex items-start gap-2 text-ink">
              {/* A data URI of a few hundred bytes: there is nothing for an image optimiser to do. */}
              {/* oxlint-disable-next-line nextjs/no-img-element */}
              <img
                src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
                alt=""
                className="size-3.5 shrink-0 translate-y-0.5"
              />
              {word}
            </dt>
            <dd className="text-faint">{means}</dd>
          </div>
        ))}
      </dl>
    </section>
  ))
}
