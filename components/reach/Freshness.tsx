'use client'

import type { ReactNode } from 'react'
import { type Asked, isFresh } from '@/lib/client/reach/shown'
import { usePage, useWords } from '@/components/page-state'

/** Why an answer is not there, or may not be taken for current; nothing when it is. */
export function useStaleAnswer(asked: Asked<unknown> | null): string | null {
  const revision = usePage(state => state.topology?.revision ?? 0)
  const paused = usePage(state => state.held !== null)
  const { reach } = useWords()
  if (asked === null) return null
  if (asked.problem !== null) return asked.problem
  if (asked.value === null) return reach.asking
  if (isFresh(asked, revision)) return null
  return paused && (asked.revision ?? 0) > revision ? reach.paused : reach.changed
}

/** An answer washed out while it is not current, with the reason above it. */
export function Answer({ asked, children }: { asked: Asked<unknown> | null; children: ReactNode }) {
  const stale = useStaleAnswer(asked)
  return (
    <>
      <output className="block px-4 text-xs text-muted empty:hidden">{stale}</output>
      <div data-stale={stale !== null} className={stale === null ? '' : 'opacity-60 grayscale'}>
        {children}
      </div>
    </>
  )
}
