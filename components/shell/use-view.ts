'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { View } from '@/lib/client/url'
import { usePage, usePageStore } from '@/components/page-state'

const NARROW = '(max-width: 47.99rem)'

const watchWidth = (changed: () => void) => {
  const query = matchMedia(NARROW)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
const isNarrow = () => matchMedia(NARROW).matches

/** True where a side panel does not fit. */
export const useNarrow = (): boolean => useSyncExternalStore(watchWidth, isNarrow, () => false)

/** Map or list: what the address bar says, else what suits the width. */
export function useView(): { view: View; show: (view: View) => void } {
  const store = usePageStore()
  const chosen = usePage(state => state.url.view)
  const narrow = useNarrow()
  const show = useCallback((view: View) => store.setUrl({ ...store.getState().url, view }), [store])
  return { view: chosen ?? (narrow ? 'list' : 'map'), show }
}
