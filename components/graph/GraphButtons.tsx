'use client'

import type { ReactNode } from 'react'
import { useWords } from '@/components/page-state'

interface GraphButtonsProps {
  onZoomIn: () => void
  onZoomOut: () => void
  onFit: () => void
}

function GraphButton({ name, onClick, children }: { name: string; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      onClick={onClick}
      className="inline-flex size-8 items-center justify-center text-muted hover:bg-hover hover:text-ink"
    >
      <svg
        viewBox="0 0 16 16"
        className="size-4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {children}
      </svg>
    </button>
  )
}

/** Zoom and fit, for who has no wheel. */
export function GraphButtons({ onZoomIn, onZoomOut, onFit }: GraphButtonsProps) {
  const { map } = useWords()
  return (
    <div className="absolute right-3 bottom-3 z-10 flex flex-col divide-y divide-line overflow-hidden rounded-md border border-line bg-raised shadow-pop">
      <GraphButton name={map.zoomIn} onClick={onZoomIn}>
        <path d="M8 3v10M3 8h10" />
      </GraphButton>
      <GraphButton name={map.zoomOut} onClick={onZoomOut}>
        <path d="M3 8h10" />
      </GraphButton>
      <GraphButton name={map.fit} onClick={onFit}>
        <path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />
      </GraphButton>
    </div>
  )
}
