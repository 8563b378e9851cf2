'use client'

import type { FocusHow } from '@/lib/client/filter/parse'
import type { Ref } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'
import { usePage, usePageStore, useWords } from '@/components/page-state'
import { Button } from '@/components/ui/Button'

const CHOICES: readonly FocusHow[] = ['near', 'near2', 'outside', 'hide']

/** Narrows the picture to what stands round the selected thing, or leaves it out; each is a condition of the filter. */
export function FocusButtons({ host, to }: { host: Host; to: Ref }) {
  const store = usePageStore()
  const several = usePage(state => (state.topology?.hosts.length ?? 0) > 1)
  const { filter: words } = useWords()
  const focus = async (how: FocusHow) => {
    const { parseFilter, formatFilter, withTerm } = await import('@/lib/client/filter/parse')
    const { filter } = store.getState().url
    // Two centres at once leave what they share, which is seldom meant.
    const others =
      how === 'hide'
        ? filter
        : formatFilter(parseFilter(filter).filter(one => one.kind !== 'focus' || one.how === 'hide'))
    store.setFilter(withTerm(others, { kind: 'focus', how, hostId: several ? host.id : null, ref: to }), true)
  }
  return (
    <fieldset aria-label={words.focus} className="flex flex-wrap items-center gap-1.5 px-4 pb-3">
      {CHOICES.map(how => (
        <Button key={how} title={words.focusMeans[how]} onClick={() => void focus(how)}>
          {words.focusOn[how]}
        </Button>
      ))}
    </fieldset>
  )
}
