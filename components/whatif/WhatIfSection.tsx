'use client'

import { lazy, Suspense, useId, useState } from 'react'
import type { Host } from '@/lib/topology/types'
import { useWords } from '@/components/page-state'
import { Button } from '@/components/ui/Button'

const WhatIfPanel = lazy(async () => ({ default: (await import('./WhatIfPanel')).WhatIfPanel }))

/** The question of what another network would change; the rest of it is loaded when it is asked. `target`: "container:web". */
export function WhatIfSection({ host, target }: { host: Host; target: string }) {
  const { whatIf } = useWords().inspector
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <section className="border-t border-line px-4 py-3">
      <h3 className="text-xs font-semibold text-muted">
        <Button aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {whatIf}
        </Button>
      </h3>
      <div id={id} className={open ? 'mt-3' : ''}>
        {open && (
          <Suspense fallback={null}>
            <WhatIfPanel key={`${host.id} ${target}`} host={host} target={target} />
          </Suspense>
        )}
      </div>
    </section>
  )
}
