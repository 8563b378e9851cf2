'use client'

import { hostById, resolveRef } from '@/lib/topology/lookup'
import type { Past } from '@/lib/client/store'
import { usePageStore, useWords } from '@/components/page-state'
import { Button } from '@/components/ui/Button'
import { Kbd } from '@/components/ui/Facts'
import { PastIcon } from '@/components/ui/icons'
import { nameOf, signOf, tell } from './telling'
import { useClock } from './times'

const SIDES: readonly Past['side'][] = ['before', 'after']

/** Above a map of the past: that it is one, of when, what was changed, and the way back. */
export function PastBar({ past }: { past: Past }) {
  const store = usePageStore()
  const words = useWords()
  const { changes } = words
  const clock = useClock()
  const { change, moment, side } = past
  const host = hostById(moment[side].topology, change.hostId)
  const isThere = host !== null && resolveRef(host, change.ref) !== null
  const name = nameOf(change)
  const what = [changes.signs[signOf(change.detail)], tell(change, words)].filter(text => text !== '').join(', ')
  return (
    <section
      aria-label={changes.past.title}
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1.5 border-b-2 border-dashed border-accent bg-chosen px-3 py-2 text-xs"
    >
      <output className="flex min-w-0 flex-1 basis-80 items-start gap-2 text-ink">
        <PastIcon className="mt-0.5 size-4 text-accent" />
        <span className="min-w-0 break-words">
          <strong className="font-semibold">{changes.past.shows[side](clock(change.at))}</strong> {name}: {what}.{' '}
          {!isThere && changes.past.absent(name)}
        </span>
      </output>
      <fieldset aria-label={changes.past.side} className="flex gap-1">
        {SIDES.map(one => (
          <Button
            key={one}
            active={one === side}
            aria-pressed={one === side}
            title={changes.past.toggle}
            onClick={() => store.showPast({ ...past, side: one })}
          >
            {changes.past[one]}
          </Button>
        ))}
      </fieldset>
      <Button onClick={() => store.showNow()}>
        {changes.past.now} <Kbd>Esc</Kbd>
      </Button>
    </section>
  )
}
