'use client'

import { useCallback, useSyncExternalStore } from 'react'
import { parseUrl, type View } from '@/lib/client/url'
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

/** Map or list: what a link says, else what suits the width. */
const viewOf = (chosen: View | null, narrow: boolean): View => chosen ?? (narrow ? 'list' : 'map')

/** Whether the map is what this address shows first; in the browser only. */
export const opensOnMap = (): boolean => viewOf(parseUrl(location.search).view, isNarrow()) === 'map'

/** Map or list: what the address bar says, else what suits the width. */
export function useView(): { view: View; show: (view: View) => void } {
  const store = usePageStore()
  const chosen = usePage(state => state.url.view)
  const narrow = useNarrow()
  const show = useCallback((view: View) => store.setUrl({ ...store.getState().url, view }), [store])
  return { view: viewOf(chosen, narrow), show }
}
