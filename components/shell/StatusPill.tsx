'use client'

import type { ReactNode } from 'react'
import { formatAge } from '@/lib/client/age'
import { ageNow, describeFreshness, type Mood } from '@/lib/client/freshness'
import { useNow, usePage, usePageStore, useShownTopology, useWords } from '@/components/page-state'
import { IconButton } from '@/components/ui/Button'
import { PauseIcon, PlayIcon } from '@/components/ui/icons'
import { Said } from '@/components/Said'

const SHAPES: Record<Mood, ReactNode> = {
  live: <circle cx="5" cy="5" r="3.8" fill="var(--good)" />,
  polling: <circle cx="5" cy="5" r="3.4" fill="none" stroke="var(--good)" strokeWidth="1.8" />,
  waiting: <path d="M5 1.2a3.8 3.8 0 1 1-3.8 3.8" fill="none" stroke="var(--high)" strokeWidth="1.8" />,
  paused: <path d="M3 1.5v7M7 1.5v7" stroke="var(--low)" strokeWidth="2" />,
  stale: <path d="M5 .8 9.6 9H.4z" fill="var(--critical)" />,
}
const BORDERS: Record<Mood, string> = {
  live: 'border-line',
  polling: 'border-line',
  waiting: 'border-high',
  paused: 'border-low',
  stale: 'border-critical',
}

/** Live, reconnecting, paused or stale, with the age in words; opens to one line per host. */
export function StatusPill() {
  const stream = usePage(state => state.stream)
  const ages = usePage(state => state.ages)
  const held = usePage(state => state.held)
  const hosts = useShownTopology()?.hosts ?? []
  const now = useNow()
  const { page, values } = useWords()
  const { mood, words } = describeFreshness(stream, hosts, ages, held, now, page)
  return (
    <>
      <button
        type="button"
        popoverTarget="freshness"
        title={page.freshness.title}
        className={`inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-xs font-medium whitespace-nowrap text-ink hover:bg-hover ${BORDERS[mood]}`}
      >
        <svg viewBox="0 0 10 10" className="size-2.5 shrink-0" aria-hidden="true">
          {SHAPES[mood]}
        </svg>
        {words}
      </button>
      <div
        popover="auto"
        id="freshness"
        className="hanging w-96 max-w-[calc(100vw-1.5rem)] rounded-lg border border-line bg-raised p-4 shadow-pop"
      >
        <h2 className="text-xs font-semibold text-muted">{page.freshness.title}</h2>
        <ul className="mt-2 space-y-2 text-xs">
          {hosts.map(host => {
            const age = ages.get(host.id)
            return (
              <li key={host.id}>
                <span className="font-medium text-ink">{host.name}</span>{' '}
                <span className="text-muted">
                  {values.statuses[host.status]}
                  {age !== undefined &&
                    host.status !== 'unreachable' &&
                    page.freshness.lastRead(formatAge(ageNow(age, now)))}
                </span>
                {host.problem !== null && (
                  <p className="text-faint">
                    <Said text={host.problem} />
                  </p>
                )}
              </li>
            )
          })}
          {hosts.length === 0 && <li className="text-muted">{page.freshness.nothing}</li>}
        </ul>
      </div>
    </>
  )
}

/** Holds the picture still; what arrives meanwhile waits. */
export function PauseButton() {
  const store = usePageStore()
  const held = usePage(state => state.held)
  const { freshness, changes } = useWords().page
  return held === null ? (
    <IconButton icon={PauseIcon} name={freshness.pause} onClick={store.pause} />
  ) : (
    <IconButton
      icon={PlayIcon}
      name={held.changes === 0 ? freshness.resume : freshness.resumeWaiting(changes(held.changes))}
      active
      onClick={store.resume}
    />
  )
}
