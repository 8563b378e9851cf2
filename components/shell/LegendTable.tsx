'use client'

import { legend } from '@/lib/graph/legend'
import { useTheme, useWords } from '@/components/page-state'

/** Rows of signs and what they mean, from the table that draws them. */
export function LegendTable() {
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
