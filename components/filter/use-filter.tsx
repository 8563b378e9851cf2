'use client'

import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { applyFilter, Filtered } from '@/lib/client/filter/filter'
import { usePage, useShownTopology } from '@/components/page-state'

export interface ShownFilter extends Filtered {
  hideOthers: boolean
}

const FilterContext = createContext<ShownFilter | null>(null)

/** What the filter picks; null while there is none. */
export const useFilter = (): ShownFilter | null => use(FilterContext)

/** Works the filter out once for all who show it; its code comes with the first condition. */
export function FilterProvider({ children }: { children: ReactNode }) {
  const topology = useShownTopology()
  const findings = usePage(state => state.findings)
  const text = usePage(state => state.url.filter)
  const hideOthers = usePage(state => state.url.hideOthers)
  const [code, setCode] = useState<{ applyFilter: typeof applyFilter } | null>(null)
  const isWanted = text !== '' && code === null
  useEffect(() => {
    if (isWanted) void import('@/lib/client/filter/filter').then(module => setCode(module))
  }, [isWanted])
  const filtered = useMemo(
    () => (code === null || topology === null ? null : code.applyFilter(topology, findings?.findings ?? [], text)),
    [code, topology, findings, text],
  )
  const shown = useMemo(() => (filtered === null ? null : { ...filtered, hideOthers }), [filtered, hideOthers])
  return <FilterContext value={shown}>{children}</FilterContext>
}
