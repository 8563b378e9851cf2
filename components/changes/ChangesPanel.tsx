'use client'

import { useId, useMemo, useState } from 'react'
import { MAX_CHANGES } from '@/lib/client/changes'
import { burstsOf, type Burst } from '@/lib/client/history/bursts'
import { isNew } from '@/lib/client/history/history'
import { usePage, useWords } from '@/components/page-state'
import { ChangeRow } from './ChangeRow'
import { useClock } from './times'
import { useLooking } from './use-looking'

/** More than anybody reads at once. */
const FEW = 100

/** What changed since the page was opened, newest first; what the reader has not seen yet stands above a line. */
export function ChangesPanel() {
  const log = usePage(state => state.history?.log ?? null)
  const only = usePage(state => state.url.host)
  const looked = useLooking()
  const [all, setAll] = useState(false)
  const clock = useClock()
  const { changes: words } = useWords()
  const shown = useMemo(() => log?.changes.filter(({ hostId }) => only === null || hostId === only) ?? [], [log, only])
  const bursts = useMemo(
    () => burstsOf(all ? shown : shown.slice(-FEW), change => looked !== null && !isNew({ looked }, change)),
    [all, shown, looked],
  )
  if (log === null || looked === null || log.since === null)
    return <p className="px-4 py-10 text-center text-sm text-muted">{words.reading}</p>

  const fresh = bursts.filter(({ seen }) => !seen)
  const old = bursts.filter(({ seen }) => seen)
  return (
    <div>
      <h2 className="px-4 pt-3 text-sm font-semibold text-ink">{words.title}</h2>
      <p className="px-4 pt-1 pb-2 text-2xs text-muted">{words.since(clock(log.since))}</p>
      {fresh.length === 0 ? (
        <p className="px-4 py-2 text-xs text-muted">
          {looked.at === null || shown.length === 0 ? words.none : words.nothingNew(clock(looked.at))}
        </p>
      ) : looked.at === null ? (
        <Bursts bursts={fresh} />
      ) : (
        <Part title={words.sinceLooked(clock(looked.at))} bursts={fresh} isFresh />
      )}
      {old.length > 0 && <Part title={words.seen} bursts={old} />}
      {!all && shown.length > FEW && (
        <button
          type="button"
          aria-expanded={false}
          onClick={() => setAll(true)}
          className="w-full px-4 py-1.5 text-left text-xs text-muted hover:bg-hover hover:text-ink"
        >
          {words.more(shown.length - FEW)}
        </button>
      )}
      {log.next > MAX_CHANGES && <p className="px-4 py-2 text-2xs text-muted">{words.oldestGone(MAX_CHANGES)}</p>}
    </div>
  )
}

function Part({ title, bursts, isFresh = false }: { title: string; bursts: readonly Burst[]; isFresh?: boolean }) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={isFresh ? 'border-l-2 border-accent' : 'border-t-4 border-double border-line'}
    >
      <h3 id={id} className={`px-4 py-1.5 text-xs font-semibold ${isFresh ? 'bg-chosen text-ink' : 'text-muted'}`}>
        {title}
      </h3>
      <Bursts bursts={bursts} />
    </section>
  )
}

function Bursts({ bursts }: { bursts: readonly Burst[] }) {
  const clock = useClock()
  return (
    <ol>
      {bursts.map(({ at, changes }) => (
        <li key={changes.at(-1)?.number} className="border-t border-line py-1.5">
          <time dateTime={at} className="block px-4 py-0.5 text-2xs font-medium text-muted">
            {clock(at)}
          </time>
          <ul>
            {changes.map(change => (
              <ChangeRow key={change.number} change={change} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
