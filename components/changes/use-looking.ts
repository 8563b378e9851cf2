'use client'

import { useEffect, useState } from 'react'
import { lookedKey, writeLooked } from '@/lib/client/history/looked'
import type { Looked } from '@/lib/client/history/history'
import type { PageStore } from '@/lib/client/store'
import { usePage, usePageStore } from '@/components/page-state'

/** Whoever has the list before their eyes has seen what is in it, up to the picture that is shown. */
function look(store: PageStore): void {
  const { history, topology } = store.getState()
  if (history === null || topology === null || document.hidden) return
  const at = new Date().toISOString()
  const seen = topology.generatedAt > history.looked.seen ? topology.generatedAt : history.looked.seen
  store.setState({ history: { ...history, looked: { number: history.log.next, seen, at } } })
  writeLooked(lookedKey(topology), { seen, at })
}

/**
 * Notes that somebody looks, as long as the list is open and the page visible. Returns up to where they had looked before they
 * came, for what is new stays marked while they read it; null while there is no history.
 */
export function useLooking(): Looked | null {
  const store = usePageStore()
  const [before, setBefore] = useState(() => store.getState().history?.looked ?? null)
  const next = usePage(state => state.history?.log.next ?? null)
  // The history's code may come after the list's.
  if (before === null && next !== null) setBefore(store.getState().history?.looked ?? null)
  useEffect(() => {
    if (next !== null) look(store)
  }, [store, next])
  useEffect(() => {
    const onVisibility = () => {
      if (document.hidden) return
      setBefore(store.getState().history?.looked ?? null)
      look(store)
    }
    // The last moment is when the page is hidden or left, not when the list was opened.
    const timer = setInterval(() => look(store), 5000)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      clearInterval(timer)
      look(store)
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [store])
  return before
}
