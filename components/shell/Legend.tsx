'use client'

import { SEVERITIES } from '@/lib/client/words'
import { SeverityMark } from '@/components/findings/SeverityMark'
import { StateMark } from '@/components/things'
import { LegendIcon } from '@/components/ui/icons'

export function LegendButton() {
  return (
    <>
      <button
        type="button"
        popoverTarget="legend"
        aria-label="Legend"
        title="Legend"
        className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <LegendIcon />
      </button>
      <div
        popover="auto"
        id="legend"
        className="hanging max-h-[calc(100dvh-4.5rem)] w-80 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-lg border border-line bg-raised p-4 shadow-pop"
      >
        <h2 className="text-xs font-semibold text-muted">Findings</h2>
        <ul className="mt-2 grid grid-cols-2 gap-1.5 text-xs">
          {SEVERITIES.map(severity => (
            <li key={severity}>
              <SeverityMark severity={severity} />
            </li>
          ))}
        </ul>
        <h2 className="mt-4 text-xs font-semibold text-muted">Containers</h2>
        <ul className="mt-2 grid grid-cols-2 gap-1.5 text-xs">
          {(['running', 'paused', 'exited', 'unknown'] as const).map(state => (
            <li key={state}>
              <StateMark state={state} />
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}
