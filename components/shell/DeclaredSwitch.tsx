'use client'

import { declaredCount } from '@/lib/graph/declared'
import { usePage, usePageStore, useWords } from '@/components/page-state'
import { Button } from '@/components/ui/Button'

/** Shows or hides what files declare and is not there; absent while there is nothing of the kind. */
export function DeclaredSwitch() {
  const store = usePageStore()
  const hidden = usePage(state => state.url.hideDeclared)
  const count = usePage(state => state.topology?.hosts.reduce((sum, host) => sum + declaredCount(host), 0) ?? 0)
  const { declared } = useWords()
  if (count === 0) return null
  return (
    <span className="absolute bottom-3 left-3 z-10">
      <Button
        aria-pressed={!hidden}
        active={!hidden}
        title={declared.means}
        onClick={() => store.setUrl({ ...store.getState().url, hideDeclared: !hidden })}
      >
        {declared.title} <span className="text-muted">{count}</span>
      </Button>
    </span>
  )
}
