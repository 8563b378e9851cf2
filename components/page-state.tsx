'use client'

import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { pageClock } from '@/lib/client/clock'
import { staleBecause, type Stale } from '@/lib/client/freshness'
import type { Picture } from '@/lib/client/history/history'
import { resolveSelection, type Selection } from '@/lib/client/selection'
import { startSession } from '@/lib/client/session'
import { createPageStore, type PageState, type PageStore } from '@/lib/client/store'
import { resolveTheme, watchSystemTheme, type Theme } from '@/lib/client/theme'
import type { Words } from '@/lib/client/words/catalogue'
import { shownHosts } from '@/lib/graph/shown'
import type { Topology } from '@/lib/topology/types'
import { UiWordsProvider } from './ui/words'

const PageContext = createContext<PageStore | null>(null)

/** Makes a store and its language available; tests bring their own store. */
export function PageStoreProvider({ value, children }: { value: PageStore; children: ReactNode }) {
  const words = useStore(value, state => state.words)
  return (
    <PageContext value={value}>
      <UiWordsProvider value={words.ui}>{children}</UiWordsProvider>
    </PageContext>
  )
}

const never = () => () => {}

/** Starts the page's session in the browser; shows `waiting` until then. */
export function PageSession({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const [store] = useState(createPageStore)
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  useEffect(() => startSession(store), [store])
  return inBrowser ? <PageStoreProvider value={store}>{children}</PageStoreProvider> : waiting
}

export function usePageStore(): PageStore {
  const store = use(PageContext)
  if (store === null) throw new Error('outside of a page session')
  return store
}

export function usePage<T>(selector: (state: PageState) => T): T {
  return useStore(usePageStore(), selector)
}

/** What the page says, in the reader's language. */
export const useWords = (): Words => usePage(state => state.words)

/** The hosts in sight: all, or the one that the address bar names. */
export function useShownTopology(): Topology | null {
  const topology = usePage(state => state.topology)
  const only = usePage(state => state.url.host)
  const bare = usePage(state => state.url.hideDeclared)
  return useMemo(() => (topology === null ? null : shownHosts(topology, only, bare)), [topology, only, bare])
}

/** The picture of the past that is on the map, of the same hosts; null when the map shows now. */
export function useShownPast(): Picture | null {
  const past = usePage(state => state.past)
  const only = usePage(state => state.url.host)
  const bare = usePage(state => state.url.hideDeclared)
  return useMemo(() => {
    if (past === null) return null
    const { topology, findings } = past.moment[past.side]
    return { topology: shownHosts(topology, only, bare), findings }
  }, [past, only, bare])
}

export function useSelection(): Selection | null {
  const topology = useShownTopology()
  const select = usePage(state => state.url.select)
  return useMemo(() => (topology === null ? null : resolveSelection(topology, select)), [topology, select])
}

export function useTheme(): Theme {
  const choice = usePage(state => state.theme)
  return useSyncExternalStore(
    watchSystemTheme,
    () => resolveTheme(choice),
    () => 'dark',
  )
}

/** Set when nothing of what is shown may be taken for current. */
export function useStale(): Stale | null {
  const topology = useShownTopology()
  const stream = usePage(state => state.stream)
  const ages = usePage(state => state.ages)
  const now = useNow()
  const { freshness } = useWords().page
  return topology === null ? null : staleBecause(stream, topology.hosts, ages, now, freshness)
}

/** The same as yes or no, for what need not be drawn anew every second. */
export function useIsStale(): boolean {
  const topology = useShownTopology()
  const stream = usePage(state => state.stream)
  const ages = usePage(state => state.ages)
  const { freshness } = useWords().page
  return useSyncExternalStore(
    everySecond,
    () => topology !== null && staleBecause(stream, topology.hosts, ages, pageClock.now(), freshness) !== null,
    () => false,
  )
}

/** Ticks while somebody looks. */
function everySecond(tick: () => void): () => void {
  const timer = setInterval(() => {
    if (!document.hidden) tick()
  }, 1000)
  return () => clearInterval(timer)
}

/** The page's clock in milliseconds. */
export function useNow(): number {
  const [now, setNow] = useState(() => pageClock.now())
  useEffect(() => everySecond(() => setNow(pageClock.now())), [])
  return now
}
