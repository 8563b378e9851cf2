'use client'

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { followChanges, type FollowedLog } from '@/lib/client/change-log'
import type { FindingsReport } from '@/lib/exposure/types'
import { followStream } from '@/lib/client/session'
import { createPageStore, type PageStore } from '@/lib/client/store'
import { applyTheme } from '@/lib/client/theme'
import { weightOf, worstOf } from '@/lib/graph/marks'
import { PageStoreProvider, usePage } from '@/components/page-state'
import { useTold } from '@/components/Said'
import type { Host } from '@/lib/topology/types'
import { composeWall } from '@/lib/wall/compose'
import { labelOf } from '@/lib/wall/frame'
import type { WallTexts } from '@/lib/wall/texts'
import { hostsShown, parseWallUrl, type WallUrl } from '@/lib/wall/url'
import { Count, Status, Worst } from './Headline'
import { useIdle, useScreenSize, useShift, useStaleOf, useTurn } from './hooks'
import { Saying } from './parts'
import { isSignedOut, reloadForBuild } from './recover'
import { useWallTexts } from './use-texts'
import { Ticker } from './Ticker'
import { WallMap } from './WallMap'

const never = () => () => {}
const NO_HOSTS: readonly Host[] = []
const NOT_LOOKED: FindingsReport = { findings: [], notExamined: [] }

interface Session {
  url: WallUrl
  store: PageStore
  changes: FollowedLog
}

function createSession(): Session {
  const url = parseWallUrl(location.search)
  const store = createPageStore()
  store.setState({ theme: url.theme })
  return { url, store, changes: followChanges(store) }
}

/** The wall display. The server renders nothing of it; all comes with the stream. */
export function Wall() {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return inBrowser ? <WallInBrowser /> : <main className="wall" />
}

function WallInBrowser() {
  const [session] = useState(createSession)
  const { url, store, changes } = session
  const texts = useWallTexts(url.lang)
  useEffect(() => {
    applyTheme(url.theme)
    return followStream(store)
  }, [url, store])
  return (
    <PageStoreProvider value={store}>
      {texts === null ? <main className="wall" /> : <Screen url={url} log={changes.log} texts={texts} />}
      <Recovery />
    </PageStoreProvider>
  )
}

/** Loads the page anew when another build is served. */
function Recovery() {
  const outdated = usePage(state => state.outdated)
  useEffect(() => (outdated ? reloadForBuild(Date.now()) : undefined), [outdated])
  return null
}

function Screen({ url, log, texts }: { url: WallUrl; log: FollowedLog['log']; texts: WallTexts }) {
  const { width, height } = useScreenSize()
  const idle = useIdle()
  const label = labelOf(width, height)
  const shift = useShift(label)
  // What nobody has judged yet would look clean.
  const topology = usePage(state => (state.findings === null ? null : state.topology))
  const findings = usePage(state => state.findings) ?? NOT_LOOKED
  const demo = usePage(state => state.about?.demo != null)
  const stream = usePage(state => state.stream)
  const changes = useStore(log)
  const hosts = topology?.hosts ?? NO_HOSTS
  const shown = hostsShown(hosts, url.host)
  const turn = useTurn(shown.length, url.rotate)
  const nth = url.rotate === 0 ? worstHost(shown, findings) : turn
  const host = shown[nth] ?? null
  const stale = useStaleOf(host, texts.page)
  const signedOut = useSignedOut(stale !== null)
  const picture = useMemo(
    () =>
      host === null || host.status === 'unreachable'
        ? null
        : composeWall({ host, hosts, findings, width, height, texts }),
    [host, hosts, findings, width, height, texts],
  )
  useEffect(() => {
    document.title = texts.title(host?.name ?? 'Podwire')
  }, [host?.name, texts])

  const trouble = signedOut && stale !== null ? { ...stale, problem: texts.signedOut } : stale
  return (
    <main className="wall" data-stale={stale !== null} data-idle={idle} lang={texts.language}>
      <div className="wall-shift" style={{ transform: shift, fontSize: label }}>
        {picture === null || host === null ? (
          <Saying label={label}>
            <Nothing
              host={host}
              hosts={topology?.hosts ?? null}
              named={url.host}
              lost={stream.kind !== 'connecting' && stream.kind !== 'live'}
              texts={texts}
            />
          </Saying>
        ) : (
          <>
            <Count picture={picture} />
            <Worst picture={picture} stale={trouble} texts={texts} />
            <Status picture={picture} host={host} nth={nth} of={shown.length} texts={texts} />
            <WallMap picture={picture} texts={texts} />
            <Ticker frame={picture.frame} log={changes} hostId={host.id} demo={demo} texts={texts} />
          </>
        )}
      </div>
    </main>
  )
}

/** Why there is nothing to draw. */
function Nothing({
  host,
  hosts,
  named,
  lost,
  texts,
}: {
  host: Host | null
  hosts: readonly Host[] | null
  named: string | null
  lost: boolean
  texts: WallTexts
}) {
  if (hosts === null) return <h1>{lost ? texts.noServer : texts.reading}</h1>
  if (host === null) return <h1>{named === null || hosts.length === 0 ? texts.noHosts : texts.noSuchHost(named)}</h1>
  return (
    <>
      <h1 className="font-semibold">{texts.unreachable(host.name)}</h1>
      {host.problem !== null && <Problem problem={host.problem} />}
    </>
  )
}

function Problem({ problem }: { problem: string }) {
  const { text, lang } = useTold(problem)
  return (
    <p className="max-w-[40em] text-muted" lang={lang}>
      {text.replaceAll('`', '')}
    </p>
  )
}

/** Index of the host whose worst finding is worst; the first of equals. */
function worstHost(hosts: readonly Host[], report: FindingsReport): number {
  const marks = hosts.map(({ id }) => {
    const own = report.findings.filter(finding => finding.hostId === id && finding.suppressed === null)
    return weightOf(worstOf(own.map(({ severity }) => severity)))
  })
  return Math.max(0, marks.indexOf(Math.max(...marks)))
}

const ASK_MS = 30_000

/** Asks now and then, while nothing comes, whether the server has forgotten this screen. */
function useSignedOut(asking: boolean): boolean {
  const [signedOut, setSignedOut] = useState(false)
  useEffect(() => {
    if (!asking) return
    const ask = () => void isSignedOut().then(setSignedOut)
    ask()
    const timer = setInterval(ask, ASK_MS)
    return () => {
      clearInterval(timer)
      setSignedOut(false)
    }
  }, [asking])
  return signedOut
}
