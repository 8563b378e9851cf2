'use client'

import { useMemo, type ReactNode } from 'react'
import { countThings, type OutsideDoors } from '@/lib/client/counts'
import { THEME_CHOICES, type ThemeChoice } from '@/lib/client/theme'
import type { Words } from '@/lib/client/words/catalogue'
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES } from '@/lib/client/words/language'
import { useAskOutside } from '@/components/reach/use-ask'
import { Search } from '@/components/search/Search'
import { usePage, usePageStore, useShownTopology, useWords } from '@/components/page-state'
import { Button, IconButton } from '@/components/ui/Button'
import {
  KeyboardIcon,
  ListIcon,
  MapIcon,
  MatrixIcon,
  MoonIcon,
  PodwireMark,
  SegmentIcon,
  SunIcon,
  SystemIcon,
  WallIcon,
  type Icon,
} from '@/components/ui/icons'
import { ExportMenu } from '@/components/export/ExportMenu'
import { LegendButton } from './Legend'
import { PauseButton, StatusPill } from './StatusPill'
import { useView } from './use-view'

export function TopBar({ onShowKeys }: { onShowKeys: () => void }) {
  const { keys } = useWords().shell
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-3 py-2.5 lg:flex-nowrap">
      <h1 className="flex items-center gap-2 text-md font-semibold tracking-tight">
        <PodwireMark />
        <span className="sr-only sm:not-sr-only">Podwire</span>
      </h1>
      <HostSwitcher />
      <Headline />
      <div className="order-last flex w-full justify-end lg:order-none lg:w-auto lg:flex-1">
        <Search />
      </div>
      <div className="ml-auto flex items-center gap-1 lg:ml-0">
        <StatusPill />
        <PauseButton />
        <Rule />
        <OutsideButton />
        <ViewSwitch />
        <ExportMenu />
        <span className="hidden items-center gap-1 sm:flex">
          <LegendButton />
          <IconButton icon={KeyboardIcon} name={keys} onClick={onShowKeys} />
        </span>
        <WallLink />
        <LanguageButton />
        <ThemeButton />
      </div>
    </header>
  )
}

/** A plain link: it is another page, for another screen. */
const WallLink = () => (
  // oxlint-disable-next-line nextjs/no-html-link-for-pages
  <a href="/wall" className="hidden size-7 items-center justify-center text-muted hover:text-ink sm:inline-flex">
    <WallIcon />
    <span className="sr-only">{useWords().shell.wall}</span>
  </a>
)

const Rule = () => <span className="mx-1 h-4 w-px bg-line" aria-hidden="true" />

/** Which host is shown, when there are several. */
function HostSwitcher() {
  const store = usePageStore()
  const hosts = usePage(state => state.topology?.hosts)
  const only = usePage(state => state.url.host)
  const { shell, values } = useWords()
  if (hosts === undefined || hosts.length === 0) return null
  const [first] = hosts
  if (hosts.length === 1) return <span className="truncate text-sm text-muted">{first?.name}</span>
  return (
    <select
      aria-label={shell.hostsShown}
      value={hosts.some(host => host.id === only) ? (only ?? '') : ''}
      onChange={event => store.setUrl({ ...store.getState().url, host: event.target.value || null, select: null })}
      className="h-7 max-w-56 rounded-md border border-line bg-surface px-2 text-xs font-medium text-ink"
    >
      <option value="">{shell.allHosts(hosts.length)}</option>
      {hosts.map(host => (
        <option key={host.id} value={host.id}>
          {host.name}
          {host.status === 'stale' || host.status === 'unreachable' ? ` (${values.statuses[host.status]})` : ''}
        </option>
      ))}
    </select>
  )
}

function Headline() {
  const topology = useShownTopology()
  const { shell } = useWords()
  const counts = useMemo(() => (topology === null ? null : countThings(topology)), [topology])
  if (counts === null || topology?.hosts.every(host => host.status === 'unreachable')) return null
  return (
    <p className="hidden items-baseline gap-x-3 text-xs whitespace-nowrap text-muted md:flex">
      <Count
        value={counts.containers}
        what={shell.containers(counts.containers)}
        title={shell.containersMore(counts.running)}
      />
      <Count value={counts.networks} what={shell.networks(counts.networks)} title={shell.networksMore} />
      <Count
        value={counts.doors.published + counts.doors.listening}
        atLeast={counts.doors.unknownBecause !== null}
        what={shell.doorsOutside(counts.doors.published + counts.doors.listening)}
        title={doorsTitle(counts.doors, shell)}
      />
    </p>
  )
}

/** What the number of doors is made of, and what it leaves out. */
const doorsTitle = ({ published, listening, unknownBecause }: OutsideDoors, shell: Words['shell']): string =>
  [
    shell.publishedDoors(published),
    unknownBecause === null ? shell.listeningDoors(listening) : shell.listeningUnknown(unknownBecause),
  ].join('; ')

function Count({
  value,
  what,
  atLeast = false,
  title,
}: {
  value: number
  what: string
  atLeast?: boolean
  title: string
}): ReactNode {
  return (
    <span title={title}>
      <strong className="text-sm font-semibold text-ink">
        {value}
        {atLeast && '+'}
      </strong>{' '}
      {what}
    </span>
  )
}

function OutsideButton() {
  const askOutside = useAskOutside()
  const on = usePage(state => state.url.reach?.from === 'outside')
  const { outside } = useWords().shell
  return <IconButton icon={SegmentIcon} name={outside} aria-pressed={on} active={on} onClick={askOutside} />
}

function ViewSwitch() {
  const { view, show } = useView()
  const words = useWords().shell
  return (
    <fieldset aria-label={words.view} className="flex rounded-md border border-line">
      <IconButton
        icon={MapIcon}
        name={words.views.map}
        aria-pressed={view === 'map'}
        active={view === 'map'}
        onClick={() => show('map')}
      />
      <IconButton
        icon={ListIcon}
        name={words.views.list}
        aria-pressed={view === 'list'}
        active={view === 'list'}
        onClick={() => show('list')}
      />
      <IconButton
        icon={MatrixIcon}
        name={words.views.matrix}
        aria-pressed={view === 'matrix'}
        active={view === 'matrix'}
        onClick={() => show('matrix')}
      />
    </fieldset>
  )
}

const THEME_ICONS: Record<ThemeChoice, Icon> = { system: SystemIcon, dark: MoonIcon, light: SunIcon }

function ThemeButton() {
  const store = usePageStore()
  const theme = usePage(state => state.theme)
  const words = useWords().shell
  const next = THEME_CHOICES[(THEME_CHOICES.indexOf(theme) + 1) % THEME_CHOICES.length] ?? 'system'
  return (
    <IconButton
      icon={THEME_ICONS[theme]}
      name={words.theme(words.themes[theme], words.themes[next])}
      onClick={() => store.setTheme(next)}
    />
  )
}

/** The language in use, by its code; the next one is one click away, and stays in the link. */
function LanguageButton() {
  const store = usePageStore()
  const now = usePage(state => chooseLanguage(state.url.lang, navigator.languages))
  const { language } = useWords().shell
  const next = LANGUAGES[(LANGUAGES.indexOf(now) + 1) % LANGUAGES.length] ?? 'en'
  const name = language(LANGUAGE_NAMES[now], LANGUAGE_NAMES[next])
  const code = now.toUpperCase()
  return (
    <Button
      // What is read on it begins its name, for who says what to press.
      aria-label={`${code}: ${name}`}
      title={name}
      onClick={() => store.setUrl({ ...store.getState().url, lang: next })}
    >
      {code}
    </Button>
  )
}
