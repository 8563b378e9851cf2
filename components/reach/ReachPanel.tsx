'use client'

import { reachHost } from '@/lib/client/reach/ends'
import { usePage, useShownTopology, useWords } from '@/components/page-state'
import { Answer } from './Freshness'
import { OutsideAnswer } from './OutsideAnswer'
import { PairAnswer } from './PairAnswer'
import { ReachForm } from './ReachForm'
import { RowAnswer } from './RowAnswer'

/** Who reaches whom, in text: the question as a form, and the answer that the map draws. */
export function ReachPanel() {
  const reach = usePage(state => state.url.reach)
  const { row, pair, outside } = usePage(state => state.reach)
  const topology = useShownTopology()
  const words = useWords().reach
  if (topology === null) return null
  const host = reach === null ? (topology.hosts[0] ?? null) : reachHost(topology, reach)
  if (host === null) return null
  const asked = reach === null ? null : reach.from === 'outside' ? outside : reach.to === null ? row : pair
  return (
    <article
      aria-label={words.name}
      // Links of lists are targets of their own: high enough to be hit.
      className="[&_li_a]:inline-block [&_li_a]:max-w-full [&_li_a]:min-w-6 [&_li_a]:leading-6"
    >
      <ReachForm host={host} />
      {reach === null ? (
        <p className="px-4 py-6 text-sm text-muted">{words.invite}</p>
      ) : (
        <Answer asked={asked}>
          {reach.from === 'outside' && outside?.value && <OutsideAnswer host={host} answer={outside.value} />}
          {reach.from !== 'outside' && reach.to === null && row?.value && (
            <RowAnswer host={host} reach={reach} answer={row.value} />
          )}
          {reach.from !== 'outside' && reach.to !== null && pair?.value && (
            <PairAnswer host={host} reach={reach} answer={pair.value} />
          )}
          {asked?.value && <p className="border-t border-line px-4 py-3 text-2xs text-faint">{words.limits}</p>}
        </Answer>
      )}
    </article>
  )
}
