'use client'

import { momentOf } from '@/lib/client/history/history'
import type { Change } from '@/lib/client/changes'
import { hostById, resolveRef } from '@/lib/topology/lookup'
import { usePage, usePageStore, useWords } from '@/components/page-state'
import { KIND_ICONS, ThingLink } from '@/components/things'
import { SeverityMark } from '@/components/signs'
import { CheckIcon, ChangedIcon, MapIcon, MinusIcon, PlusIcon, type Icon } from '@/components/ui/icons'
import { nameOf, signOf, tell, type ChangeSign } from './telling'

const SHAPES: Readonly<Record<ChangeSign, { icon: Icon; tone: string }>> = {
  added: { icon: PlusIcon, tone: 'text-good' },
  removed: { icon: MinusIcon, tone: 'text-critical' },
  changed: { icon: ChangedIcon, tone: 'text-accent' },
  found: { icon: PlusIcon, tone: 'text-critical' },
  cleared: { icon: CheckIcon, tone: 'text-good' },
}

/** One change: its sign and word, the thing, what happened to it, and the way to its pictures. */
export function ChangeRow({ change }: { change: Change }) {
  const store = usePageStore()
  const host = usePage(({ topology }) => (topology === null ? null : hostById(topology, change.hostId)))
  const several = usePage(({ topology }) => (topology?.hosts.length ?? 0) > 1)
  const moment = usePage(({ history }) => (history === null ? null : momentOf(history, change)))
  const open = usePage(({ past }) => past?.change.number === change.number)
  const words = useWords()
  const { ref, detail } = change
  const sign = signOf(detail)
  const { icon: Shape, tone } = SHAPES[sign]
  const Kind = KIND_ICONS[ref.kind]
  const name = nameOf(change)
  const text = tell(change, words)
  const isThere = host !== null && resolveRef(host, ref) !== null
  const toggle = () => {
    if (open) store.showNow()
    else if (moment !== null) store.showPast({ change, moment, side: 'before' })
  }
  return (
    <li
      data-change={detail.what}
      className={`flex items-start gap-2 py-1 pr-2 pl-4 text-xs ${open ? 'bg-chosen' : 'hover:bg-hover'}`}
    >
      <span className="flex w-24 shrink-0 items-start gap-1.5 text-ink">
        {detail.what === 'finding' ? (
          <span className="pt-0.5">
            <SeverityMark severity={detail.severity} word={false} />
          </span>
        ) : (
          <Shape className={`mt-0.5 size-3.5 ${tone}`} />
        )}
        {words.changes.signs[sign]}
      </span>
      <span className="min-w-0 flex-1 break-words">
        <span className="sr-only">{words.values.kinds[ref.kind]} </span>
        {isThere ? (
          <ThingLink host={host} to={ref}>
            {name}
          </ThingLink>
        ) : (
          <span className="font-medium text-ink">
            <Kind className="mr-1 inline-block size-[1em] align-[-0.125em]" />
            {name}
          </span>
        )}
        {several && <span className="ml-1.5 text-muted">{host?.name ?? change.hostId}</span>}
        {text !== '' && <span className="block text-muted">{text}</span>}
      </span>
      <button
        type="button"
        aria-pressed={open}
        aria-label={words.changes.show(name, words.changes.signs[sign])}
        title={moment === null ? words.changes.notKept : words.changes.show(name, words.changes.signs[sign])}
        // Not `disabled`: who has it focused while its pictures go would lose the place.
        aria-disabled={moment === null}
        onClick={toggle}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink aria-disabled:opacity-40 aria-pressed:bg-accent aria-pressed:text-on-accent"
      >
        <MapIcon />
      </button>
    </li>
  )
}
