'use client'

import dynamic from 'next/dynamic'
import { useCallback, useEffect, useState } from 'react'
import { endFirstPicture } from '@/lib/client/first-picture'
import { prepareSession } from '@/lib/client/session'
import { PageSession, usePage, useShownTopology, useWords } from '@/components/page-state'
import { Screen, screenFor } from '@/components/screens/Screens'
import { Skeleton } from '@/components/screens/Skeleton'
import { PodwireMark } from '@/components/ui/icons'
import { FilterProvider } from '@/components/filter/use-filter'
import { isFirstVisit } from '@/components/tour/first-visit'
import { Announcer, useTitle } from './Announcer'
import { Banners } from './Banners'
import { MapArea, StaleVeil } from './MapArea'
import { SidePanel } from './SidePanel'
import { TopBar } from './TopBar'
import { useKeys } from './use-keys'
import { useView } from './use-view'

const ListTwin = dynamic(() => import('@/components/list/ListTwin').then(module => module.ListTwin), {
  ssr: false,
  loading: () => <Skeleton />,
})
const MatrixView = dynamic(() => import('@/components/reach/MatrixView').then(module => module.MatrixView), {
  ssr: false,
  loading: () => <Skeleton />,
})
const FilterBar = dynamic(() => import('@/components/filter/FilterBar').then(module => module.FilterBar), {
  ssr: false,
})
const KeysDialog = dynamic(() => import('./KeysDialog').then(module => module.KeysDialog), { ssr: false })
const PastBar = dynamic(() => import('@/components/changes/PastBar').then(module => module.PastBar), { ssr: false })
const Tour = dynamic(() => import('@/components/tour/Tour').then(module => module.Tour), { ssr: false })
const ReachBar = dynamic(() => import('@/components/reach/ReachBar').then(module => module.ReachBar), { ssr: false })

// On its way while React looks at what the server rendered.
if (typeof window !== 'undefined') prepareSession()

/** The whole page. What the server renders is its skeleton; everything else comes with the stream. */
export function Dashboard() {
  return (
    <PageSession waiting={<Waiting />}>
      <FilterProvider>
        <Page />
      </FilterProvider>
    </PageSession>
  )
}

function Waiting() {
  return (
    <main className="flex h-dvh flex-col">
      <header className="flex h-[calc(7rem+5px)] shrink-0 items-center gap-2 border-b border-line bg-surface px-3 lg:h-[calc(3rem+3px)]">
        <PodwireMark />
        <h1 className="text-md font-semibold tracking-tight">Podwire</h1>
      </header>
      <noscript>
        <p className="p-6 text-md">
          Podwire draws a live picture and needs JavaScript. Without it, the same facts are at{' '}
          <code>/api/v1/topology</code> and <code>/api/v1/findings</code>.
        </p>
      </noscript>
      <div className="flex min-h-0 flex-1">
        <div id="waiting-for-map" className="min-w-0 flex-1">
          <Skeleton />
        </div>
        <div id="waiting-for-panel" className="hidden w-[25rem] shrink-0 border-l border-line bg-surface md:block" />
      </div>
    </main>
  )
}

function Page() {
  const topology = useShownTopology()
  const stream = usePage(state => state.stream)
  const about = usePage(state => state.about)
  const asking = usePage(state => state.url.reach !== null)
  const isFiltered = usePage(state => state.url.filter !== '')
  const past = usePage(state => state.past)
  const { view: chosen, show } = useView()
  const view = past === null ? chosen : 'map'
  const [keys, setKeys] = useState(false)
  const [tour, setTour] = useState<'offered' | 'asked' | null>(() => (isFirstVisit() ? 'offered' : null))
  const { skip } = useWords().page
  const showKeys = useCallback(() => setKeys(true), [])
  useKeys(showKeys)
  useTitle()

  const screen = screenFor(topology, stream)
  const isMapDue = screen === 'loading' || (screen === null && view === 'map')
  useEffect(() => {
    if (!isMapDue) endFirstPicture()
  }, [isMapDue])
  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#main"
        onClick={event => {
          event.preventDefault()
          show('list')
          document.getElementById('main')?.focus()
        }}
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-on-accent"
      >
        {skip}
      </a>
      <TopBar onShowKeys={showKeys} />
      <Banners />
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <main
            id="main"
            tabIndex={-1}
            className="flex min-h-0 flex-1 flex-col overflow-y-auto pb-11 outline-none md:pb-0"
          >
            {topology === null || (screen !== null && past === null) ? (
              <Screen name={screen ?? 'loading'} topology={topology} about={about} stream={stream} />
            ) : (
              <>
                {past !== null && <PastBar past={past} />}
                {isFiltered && past === null && <FilterBar />}
                {asking && past === null && view === 'map' && <ReachBar />}
                <StaleVeil>
                  {view === 'list' && <ListTwin topology={topology} />}
                  {view === 'map' && <MapArea topology={topology} />}
                  {view === 'matrix' && <MatrixView topology={topology} />}
                </StaleVeil>
              </>
            )}
          </main>
          {tour !== null && screen === null && <Tour asked={tour === 'asked'} onClose={() => setTour(null)} />}
        </div>
        <SidePanel />
      </div>
      {keys && <KeysDialog onClose={() => setKeys(false)} onTour={() => setTour('asked')} />}
      <Announcer />
    </div>
  )
}
