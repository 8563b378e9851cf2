'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useWords } from '@/components/page-state'
import { IconButton } from '@/components/ui/Button'
import { CloseIcon, LegendIcon } from '@/components/ui/icons'

const LegendTable = dynamic(() => import('./LegendTable').then(module => module.LegendTable), { ssr: false })

/** What every sign and line of the picture means. The table comes when it is first asked for. */
export function LegendButton() {
  const { title, close } = useWords().legend
  const [isAsked, setAsked] = useState(false)
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
        onToggle={() => setAsked(true)}
        className="hanging max-h-[calc(100dvh-4.5rem)] w-104 max-w-[calc(100vw-1.5rem)] space-y-4 overflow-y-auto rounded-lg border border-line bg-raised p-4 shadow-pop"
      >
        <div className="mb-2 flex items-center justify-between">
          <h2 className="text-md font-semibold">{title}</h2>
          <IconButton icon={CloseIcon} name={close} popoverTarget="legend" popoverTargetAction="hide" />
        </div>
        {isAsked && <LegendTable />}
      </div>
    </>
  )
}
