'use client'

import { useMemo, type ReactNode } from 'react'
import { plural } from '@/lib/client/age'
import { countThings, type OutsideDoors } from '@/lib/client/counts'
import { THEME_CHOICES, type ThemeChoice } from '@/lib/client/theme'
import { useAskOutside } from '@/components/reach/use-ask'
import { Search } from '@/components/search/Search'
import { usePage, usePageStore, useShownTopology } from '@/components/page-state'
import { IconButton } from '@/components/ui/Button'
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
  type Icon,
} from '@/components/ui/icons'
import { LegendButton } from './Legend'
import { PauseButton, StatusPill } from './StatusPill'
import { useView } from './use-view'

export function TopBar({ onShowKeys }: { onShowKeys: () => void }) {
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
        <span className="hidden items-center gap-1 sm:flex">
          <LegendButton />
          <IconButton icon={KeyboardIcon} name="Keys" onClick={onShowKeys} />
        </span>
        <ThemeButton />
      </div>
    </header>
  )
}

const Rule = () => <span className="mx-1 h-4 w-px bg-line" aria-hidden="true" />

/** Which host is shown, when there are several. */
function HostSwitcher() {
  const store = usePageStore()
  const hosts = usePage(state => state.topology?.hosts)
  const only = usePage(state => state.url.host)
  if (hosts === undefined || hosts.length === 0) return null
  const [first] = hosts
  if (hosts.length === 1) return <span className="truncate text-sm text-muted">{first?.name}</span>
  return (
    <select
      aria-label="Hosts shown"
      value={hosts.some(host => host.id === only) ? (only ?? '') : ''}
      onChange={event => store.setUrl({ ...store.getState().url, host: event.target.value || null, select: null })}
      className="h-7 max-w-56 rounded-md border border-line bg-surface px-2 text-xs font-medium text-ink"
    >
      <option value="">All {hosts.length} hosts</option>
      {hosts.map(host => (
        <option key={host.id} value={host.id}>
          {host.name}
          {host.status === 'stale' || host.status === 'unreachable' ? ` (${host.status})` : ''}
        </option>
      ))}
    </select>
  )
}

function Headline() {
  const topology = useShownTopology()
  const counts = useMemo(() => (topology === null ? null : countThings(topology)), [topology])
  if (counts === null || topology?.hosts.every(host => host.status === 'unreachable')) return null
  return (
    <p className="hidden items-baseline gap-x-3 text-xs whitespace-nowrap text-muted md:flex">
      <Count
        value={counts.containers}
        one="container"
        title={`${counts.running} of them running; infra containers of pods are not counted`}
      />
      <Count value={counts.networks} one="network" title="Networks of the hosts shown" />
      <Count
        value={counts.doors.published + counts.doors.listening}
        atLeast={counts.doors.unknownBecause !== null}
        one="door"
        rest="to outside"
        title={doorsTitle(counts.doors)}
      />
    </p>
  )
}

/** What the number of doors is made of, and what it leaves out. */
const doorsTitle = ({ published, listening, unknownBecause }: OutsideDoors): string =>
  [
    `${plural(published, 'published port or range', 'published ports and ranges')} on other addresses than loopback`,
    unknownBecause === null
      ? `${plural(listening, 'port')} that the host itself listens on`
      : `what listens on the host itself is unknown: ${unknownBecause}`,
  ].join('; ')

function Count({
  value,
  one,
  rest = '',
  atLeast = false,
  title,
}: {
  value: number
  one: string
  atLeast?: boolean
  rest?: string
  title: string
}): ReactNode {
  return (
    <span title={title}>
      <strong className="text-sm font-semibold text-ink">
        {value}
        {atLeast && '+'}
      </strong>{' '}
      {one}
      {value === 1 ? '' : 's'} {rest}
    </span>
  )
}

function OutsideButton() {
  const askOutside = useAskOutside()
  const on = usePage(state => state.url.reach?.from === 'outside')
  return (
    <IconButton
      icon={SegmentIcon}
      name="What can be reached from outside (o)"
      aria-pressed={on}
      active={on}
      onClick={askOutside}
    />
  )
}

function ViewSwitch() {
  const { view, show } = useView()
  return (
    <fieldset aria-label="View" className="flex rounded-md border border-line">
      <IconButton
        icon={MapIcon}
        name="Map"
        aria-pressed={view === 'map'}
        active={view === 'map'}
        onClick={() => show('map')}
      />
      <IconButton
        icon={ListIcon}
        name="List of everything"
        aria-pressed={view === 'list'}
        active={view === 'list'}
        onClick={() => show('list')}
      />
      <IconButton
        icon={MatrixIcon}
        name="Matrix of who can reach whom"
        aria-pressed={view === 'matrix'}
        active={view === 'matrix'}
        onClick={() => show('matrix')}
      />
    </fieldset>
  )
}

const THEME_ICONS: Record<ThemeChoice, Icon> = { system: SystemIcon, dark: MoonIcon, light: SunIcon }
const THEME_WORDS: Record<ThemeChoice, string> = { system: 'as the system', dark: 'dark', light: 'light' }

function ThemeButton() {
  const store = usePageStore()
  const theme = usePage(state => state.theme)
  const next = THEME_CHOICES[(THEME_CHOICES.indexOf(theme) + 1) % THEME_CHOICES.length] ?? 'system'
  return (
    <IconButton
      icon={THEME_ICONS[theme]}
      name={`Theme: ${THEME_WORDS[theme]}. Switch to ${THEME_WORDS[next]}`}
      onClick={() => store.setTheme(next)}
    />
  )
}
