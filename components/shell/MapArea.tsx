'use client'

import dynamic from 'next/dynamic'
import { useCallback, useEffect, useMemo, type ReactNode } from 'react'
import { refOfSubject } from '@/lib/client/findings'
import type { FindingsReport } from '@/lib/exposure/types'
import { pathOfFinding } from '@/lib/graph/finding-path'
import type { Scene } from '@/lib/graph/types'
import { sameRef } from '@/lib/topology/ref'
import type { Topology } from '@/lib/topology/types'
import { canvasCode } from '@/components/graph/canvas-code'
import type { GraphSelection } from '@/components/graph/Graph'
import { useAsk, useEndAt } from '@/components/reach/use-ask'
import { useFilter } from '@/components/filter/use-filter'
import {
  usePage,
  usePageStore,
  useIsStale,
  useSelection,
  useShownPast,
  useTheme,
  useWords,
} from '@/components/page-state'
import { Skeleton } from '@/components/screens/Skeleton'
import { DeclaredSwitch } from './DeclaredSwitch'
import { focusPanel } from './SidePanel'
import { opensOnMap } from './use-view'

const graphCode = () => import('@/components/graph/Graph')
const Graph = dynamic(() => graphCode().then(module => module.Graph), {
  ssr: false,
  loading: () => <Skeleton />,
})

// The largest part comes together with the page, not after it and after the data.
if (typeof window !== 'undefined' && opensOnMap()) void Promise.all([graphCode(), canvasCode()]).catch(() => {})

const NOT_LOOKED: FindingsReport = { findings: [], notExamined: [] }

/** The way that the open finding tells, while what is selected is what it is about. */
function useOpenPath(): ((scene: Scene) => ReadonlySet<string> | null) | null {
  const open = usePage(({ findings, openFinding }) => findings?.findings.find(({ id }) => id === openFinding) ?? null)
  const selection = useSelection()
  return useMemo(() => {
    if (open?.path === undefined || selection?.host.id !== open.hostId) return null
    if (!sameRef(selection.ref, refOfSubject(selection.host, open.subject))) return null
    return scene => pathOfFinding(scene, open)
  }, [open, selection])
}

/** The picture, tied to the page's selection. */
export function MapArea({ topology }: { topology: Topology }) {
  const store = usePageStore()
  const findings = usePage(state => state.findings) ?? NOT_LOOKED
  const selection = useSelection()
  const theme = useTheme()
  const overlay = usePage(state => state.reach.overlay)
  const ask = useAsk()
  const endAt = useEndAt()
  const chosenPath = useOpenPath()
  const filtered = useFilter()
  const past = useShownPast()
  const pastSide = usePage(state => state.past?.side ?? null)
  const url = usePage(state => state.url)
  const { changes } = useWords()
  useEffect(() => () => store.setDrawn(null), [store])
  // Files are of now: what is on the canvas goes into none.
  const isPast = past !== null
  useEffect(() => {
    if (isPast) store.setDrawn(null)
  }, [store, isPast])
  const onMark = useCallback(
    (selected: GraphSelection | null) => (selected === null ? store.leave() : store.markInPast(selected)),
    [store],
  )
  // While somebody asks who is reached, a click says who else is meant.
  const onSelect = useCallback(
    (selected: GraphSelection | null) => {
      if (selected === null) store.leave()
      else if (!endAt(selected)) store.select(selected)
    },
    [store, endAt],
  )
  const onOpen = useCallback(
    (selected: GraphSelection) => {
      if (endAt(selected)) return focusPanel()
      store.select(selected)
      store.showPanel('details')
      focusPanel()
    },
    [store, endAt],
  )
  if (past !== null && pastSide !== null)
    return (
      <Graph
        topology={past.topology}
        findings={past.findings ?? NOT_LOOKED}
        theme={theme}
        // The thing may be there in the past only.
        selected={url.select?.hostId == null ? null : { hostId: url.select.hostId, ref: url.select.ref }}
        onSelect={onMark}
        label={changes.past.map[pastSide]}
      />
    )
  return (
    <div className="relative h-full min-h-0 w-full">
      <Graph
        topology={filtered !== null && filtered.hideOthers ? filtered.rest : topology}
        findings={findings}
        theme={theme}
        selected={selection === null ? null : { hostId: selection.host.id, ref: selection.ref }}
        onSelect={onSelect}
        onOpen={onOpen}
        onAsk={ask}
        overlay={overlay}
        chosenPath={chosenPath}
        filter={filtered?.keptIn ?? null}
        onDraw={store.setDrawn}
      />
      <DeclaredSwitch />
    </div>
  )
}

/** Washes out what lies below as soon as it may no longer be true; the strip above it says why. */
export function StaleVeil({ children }: { children: ReactNode }) {
  const past = usePage(state => state.past !== null)
  // What is said of then stays true.
  const stale = useIsStale() && !past
  const look = past ? 'outline-2 -outline-offset-4 outline-dashed outline-accent' : stale ? 'opacity-60 grayscale' : ''
  return (
    <div data-stale={stale} data-past={past} className={`min-h-0 flex-1 ${look}`}>
      {children}
    </div>
  )
}
