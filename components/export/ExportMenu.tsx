'use client'

import { useRef, useState } from 'react'
import { FORMATS, type Format } from '@/lib/client/export-format'
import { useFilter } from '@/components/filter/use-filter'
import { usePageStore, useShownTopology, useTheme, useWords } from '@/components/page-state'
import { useView } from '@/components/shell/use-view'
import { ExportIcon } from '@/components/ui/icons'

const ID = 'export'

function save(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // Once the download has begun, which no event tells.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The picture and its facts as files. */
export function ExportMenu() {
  const store = usePageStore()
  const topology = useShownTopology()
  const theme = useTheme()
  const filtered = useFilter()
  const { view } = useView()
  const words = useWords()
  const popover = useRef<HTMLDivElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  if (topology === null) return null
  const { take } = words
  const counts = filtered === null ? null : words.filter.counts(filtered.matches.containers, filtered.matches.of)
  const bring = async (format: Format) => {
    setProblem(null)
    try {
      const { make } = await import('./make')
      const shown = filtered !== null && filtered.hideOthers ? filtered.rest : topology
      const isMap = view === 'map'
      const { name, blob } = await make(format, { state: store.getState(), topology: shown, theme, counts, isMap })
      save(name, blob)
      popover.current?.hidePopover()
    } catch (error) {
      setProblem(take.failed(error instanceof Error ? error.message : String(error)))
    }
  }
  return (
    <>
      <button
        type="button"
        popoverTarget={ID}
        aria-label={take.title}
        title={take.title}
        className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <ExportIcon />
      </button>
      <div
        ref={popover}
        popover="auto"
        id={ID}
        className="hanging w-64 rounded-lg border border-line bg-raised p-1.5 shadow-pop"
      >
        <h2 className="px-2.5 py-1.5 text-xs font-semibold text-muted">{take.title}</h2>
        <ul>
          {FORMATS.map(format => (
            <li key={format}>
              <button
                type="button"
                onClick={() => void bring(format)}
                className="w-full rounded-md px-2.5 py-1.5 text-left text-xs text-ink hover:bg-hover"
              >
                {take.formats[format]}
              </button>
            </li>
          ))}
        </ul>
        <output className="block px-2.5 text-xs text-muted empty:hidden">{problem}</output>
      </div>
    </>
  )
}
