'use client'

import dynamic from 'next/dynamic'
import { useCallback, type ReactNode } from 'react'
import { formatAge } from '@/lib/client/age'
import { staleBecause } from '@/lib/client/freshness'
import { readProblem } from '@/lib/client/problem'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Topology } from '@/lib/topology/types'
import type { GraphSelection } from '@/components/graph/Graph'
import { useNow, usePage, usePageStore, useSelection, useTheme } from '@/components/page-state'
import { Skeleton } from '@/components/screens/Skeleton'
import { WarningIcon } from '@/components/ui/icons'
import { focusPanel } from './SidePanel'

const Graph = dynamic(() => import('@/components/graph/Graph').then(module => module.Graph), {
  ssr: false,
  loading: () => <Skeleton />,
})

const NOT_LOOKED: FindingsReport = { findings: [], notExamined: [] }

/** The picture, tied to the page's selection. */
export function MapArea({ topology }: { topology: Topology }) {
  const store = usePageStore()
  const findings = usePage(state => state.findings) ?? NOT_LOOKED
  const selection = useSelection()
  const theme = useTheme()
  const onSelect = useCallback((selected: GraphSelection | null) => store.select(selected), [store])
  const onOpen = useCallback(
    (selected: GraphSelection) => {
      store.select(selected)
      store.showPanel('details')
      focusPanel()
    },
    [store],
  )
  return (
    <Graph
      topology={topology}
      findings={findings}
      theme={theme}
      selected={selection === null ? null : { hostId: selection.host.id, ref: selection.ref }}
      onSelect={onSelect}
      onOpen={onOpen}
    />
  )
}

/** Washes out what lies below and says why, as soon as it may no longer be true. */
export function StaleVeil({ topology, children }: { topology: Topology; children: ReactNode }) {
  const stream = usePage(state => state.stream)
  const ages = usePage(state => state.ages)
  const now = useNow()
  const stale = staleBecause(stream, topology.hosts, ages, now)
  return (
    <div className="relative h-full min-h-0" data-stale={stale !== null}>
      <div className={stale === null ? 'h-full' : 'h-full opacity-55 grayscale'}>{children}</div>
      {stale !== null && (
        <output className="pointer-events-none absolute inset-x-0 top-3 z-10 mx-auto flex w-fit max-w-[90%] items-center gap-2 rounded-full border border-critical bg-raised px-4 py-1.5 text-sm font-medium shadow-pop">
          <WarningIcon />
          Last good picture, {formatAge(stale.ageSeconds)} old: {readProblem(stale.problem).headline}
        </output>
      )}
    </div>
  )
}
