/**
 * The page's one state: what the stream said, what the reader chose. Everything else on the screen is derived from it.
 * Knows no React and no DOM; lib/client/session.ts connects it to both.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Overlay } from '@/lib/graph/overlay'
import type { Scene } from '@/lib/graph/types'
import type { Ping } from '@/lib/server/types'
import { sameRef } from '@/lib/topology/ref'
import type { Host, Topology } from '@/lib/topology/types'
import type { About } from '@/lib/server/types'
import type { Change } from './changes'
import type { History, Moment } from './history/history'
import type { StreamState } from './stream'
import type { ThemeChoice } from './theme'
import { NOTHING_ASKED, type ReachShown } from './reach/shown'
import type { Words } from './words/catalogue'
import { en } from './words/en'
import { EMPTY_URL, formatUrl, type LinkedReach, type LinkedSelection, type UrlState } from './url'

/** Age of a host's data as the server last said it, at the page's own time `at` (milliseconds). */
export interface HostAge {
  status: Host['status']
  ageSeconds: number
  at: number
}

/** What arrives while the reader has paused the page. */
interface Held {
  topology: Topology | null
  findings: FindingsReport | null
  /** Changes of the picture since the pause. */
  changes: number
}

/** The picture with what lies over it. */
export interface Drawn {
  scene: Scene
  overlay: Overlay | null
  /** What the filter keeps bright; null = everything. */
  kept: ReadonlySet<string> | null
}

export type Panel = 'findings' | 'details' | 'reach' | 'changes'

/** A picture of the past on the map: that before or after a change. */
export interface Past {
  change: Change
  moment: Moment
  side: 'before' | 'after'
}

export interface PageState {
  stream: StreamState
  /** What is drawn. */
  topology: Topology | null
  findings: FindingsReport | null
  /** What the server answered to `url.reach`, and for the matrix. */
  reach: ReachShown
  ages: ReadonlyMap<string, HostAge>
  /** null = not paused. */
  held: Held | null
  about: About | null
  /** Build of the server that this page came from, and whether another one answers now. */
  build: string | null
  outdated: boolean
  url: UrlState
  theme: ThemeChoice
  /** What the page says, in the language that was chosen. */
  words: Words
  panel: Panel
  /** On narrow screens the panel is a sheet over everything, which is either open or not. */
  sheet: boolean
  /** Id of the finding that is open in the list. */
  openFinding: string | null
  drawn: Drawn | null
  /** What changed since the page was opened; null until its code has come. */
  history: History | null
  /** null = the map shows now. The past is shown beside the list of changes only, never beside facts of now. */
  past: Past | null
}

export interface PageStore extends StoreApi<PageState> {
  setStream: (stream: StreamState) => void
  /** A picture and when it came; `whole` resets the ages of all hosts. */
  receiveTopology: (topology: Topology, at: number, whole: boolean) => void
  receiveFindings: (report: FindingsReport) => void
  receivePing: (ping: Ping, at: number) => void
  setAbout: (about: About) => void
  setUrl: (url: UrlState) => void
  setTheme: (theme: ThemeChoice) => void
  setWords: (words: Words) => void
  /** Selects a thing, or nothing; `panel` is what the side panel then shows. */
  select: (selection: LinkedSelection | null, panel?: Panel) => void
  /** Asks who reaches whom, or no longer. */
  ask: (reach: LinkedReach | null) => void
  receiveReach: (reach: Partial<ReachShown>) => void
  /** One step back: from the pair to all of its first end, from there to the selection, from there to nothing. */
  leave: () => void
  showPanel: (panel: Panel) => void
  closeSheet: () => void
  /** The filter's text; `hideOthers` stays as it is when left out. */
  setFilter: (filter: string, hideOthers?: boolean) => void
  /** What is on the canvas now, for who wants to take it along. */
  setDrawn: (drawn: Drawn | null) => void
  openFindingOf: (id: string | null) => void
  /** Shows a change on the map, with its thing selected. */
  showPast: (past: Past) => void
  showNow: () => void
  /** Selects a thing and stays in the past. */
  markInPast: (select: LinkedSelection) => void
  pause: () => void
  resume: () => void
}

const agesOf = (topology: Topology, at: number): ReadonlyMap<string, HostAge> =>
  new Map(topology.hosts.map(host => [host.id, { status: host.status, ageSeconds: host.ageSeconds, at }]))

/** A patch says something about the hosts that it changed; the others keep the age that they had. */
function agesAfterPatch(before: Topology | null, after: Topology, ages: ReadonlyMap<string, HostAge>, at: number) {
  const known = new Map(before?.hosts.map(host => [host.id, host]))
  return new Map(
    after.hosts.map(host => {
      const age = ages.get(host.id)
      const unchanged = known.get(host.id) === host
      if (age !== undefined && unchanged) return [host.id, age]
      const fresh = host.status === 'live' || age === undefined
      return [host.id, fresh ? { status: host.status, ageSeconds: 0, at } : { ...age, status: host.status }]
    }),
  )
}

const sameSelection = (a: LinkedSelection | null, b: LinkedSelection | null) =>
  a === b || (a !== null && b !== null && a.hostId === b.hostId && sameRef(a.ref, b.ref))

const sameReach = (a: UrlState, b: UrlState) =>
  a.reach === b.reach || formatUrl({ ...EMPTY_URL, reach: a.reach }) === formatUrl({ ...EMPTY_URL, reach: b.reach })

/** What the side panel shows of an address. */
const panelOf = ({ reach, select }: UrlState): Panel =>
  reach !== null ? 'reach' : select !== null ? 'details' : 'findings'

export function createPageStore(): PageStore {
  const store = createStore<PageState>(() => ({
    stream: { kind: 'connecting', since: 0 },
    topology: null,
    findings: null,
    reach: NOTHING_ASKED,
    ages: new Map(),
    held: null,
    about: null,
    build: null,
    outdated: false,
    url: EMPTY_URL,
    theme: 'system',
    words: en,
    panel: 'findings',
    sheet: false,
    openFinding: null,
    drawn: null,
    history: null,
    past: null,
  }))
  const { getState: get, setState: set } = store

  const page: PageStore = {
    ...store,
    setStream: stream => set({ stream }),
    receiveTopology: (topology, at, whole) => {
      const { held, topology: shown, ages } = get()
      const before = held?.topology ?? shown
      const next = whole ? agesOf(topology, at) : agesAfterPatch(before, topology, ages, at)
      if (held === null) return set({ topology, ages: next })
      // A reconnection brings the same picture again: no change to wait for.
      const changed = before === null || before.revision !== topology.revision
      set({ held: { ...held, topology, changes: held.changes + (changed ? 1 : 0) }, ages: next })
    },
    receiveFindings: report => {
      const { held } = get()
      set(held === null ? { findings: report } : { held: { ...held, findings: report } })
    },
    receivePing: (ping, at) => {
      const { build } = get()
      set({
        ages: new Map(ping.hosts.map(({ id, status, ageSeconds }) => [id, { status, ageSeconds, at }])),
        build: build ?? ping.build,
        outdated: build !== null && build !== ping.build,
      })
    },
    setAbout: about => set({ about }),
    setUrl: url => {
      const { url: before } = get()
      if (sameSelection(url.select, before.select) && sameReach(url, before)) return set({ url, past: null })
      set({ url, past: null, panel: panelOf(url), sheet: url.select !== null || url.reach !== null })
    },
    setWords: words => set({ words }),
    setTheme: theme => set(({ url }) => ({ theme, url: { ...url, theme: url.theme === null ? null : theme } })),
    select: (select, panel = 'details') =>
      set(({ url, panel: shown }) => ({
        url: sameSelection(url.select, select) ? url : { ...url, select },
        past: null,
        panel: select !== null ? panel : shown === 'changes' ? shown : 'findings',
        sheet: select !== null,
      })),
    ask: reach => page.setUrl({ ...get().url, reach }),
    receiveReach: reach => set(state => ({ reach: { ...state.reach, ...reach } })),
    leave: () => {
      const { url, past } = get()
      if (past !== null) return page.showNow()
      if (url.reach === null) return page.select(null)
      page.ask(url.reach.to === null ? null : { ...url.reach, to: null })
    },
    showPanel: panel => set(({ past }) => ({ panel, sheet: true, past: panel === 'changes' ? past : null })),
    closeSheet: () => set({ sheet: false }),
    setFilter: (filter, hideOthers) =>
      set(({ url }) => ({
        past: null,
        url: { ...url, filter, hideOthers: filter !== '' && (hideOthers ?? url.hideOthers) },
      })),
    setDrawn: drawn => set({ drawn }),
    openFindingOf: openFinding => set({ openFinding }),
    showPast: past => {
      const { hostId, ref } = past.change
      page.markInPast({ hostId, ref })
      set({ past, panel: 'changes', sheet: false })
    },
    showNow: () => set({ past: null }),
    markInPast: select => set(({ url }) => ({ url: sameSelection(url.select, select) ? url : { ...url, select } })),
    pause: () => set(({ held }) => ({ held: held ?? { topology: null, findings: null, changes: 0 } })),
    resume: () =>
      set(({ held, topology, findings }) => ({
        held: null,
        topology: held?.topology ?? topology,
        findings: held?.findings ?? findings,
      })),
  }
  return page
}
