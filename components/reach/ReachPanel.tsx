'use client'

import { reachHost } from '@/lib/client/reach/ends'
import { usePage, useShownTopology } from '@/components/page-state'
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
  if (topology === null) return null
  const host = reach === null ? (topology.hosts[0] ?? null) : reachHost(topology, reach)
  if (host === null) return null
  const asked = reach === null ? null : reach.from === 'outside' ? outside : reach.to === null ? row : pair
  return (
    <article aria-label="Reach">
      <ReachForm host={host} />
      {reach === null ? (
        <p className="px-4 py-6 text-sm text-muted">
          Choose who asks, and whom, or select anything on the map and press R. Each answer says what the kernel does
          with a connection, and why.
        </p>
      ) : (
        <Answer asked={asked}>
          {reach.from === 'outside' && outside?.value && <OutsideAnswer host={host} answer={outside.value} />}
          {reach.from !== 'outside' && reach.to === null && row?.value && (
            <RowAnswer host={host} reach={reach} answer={row.value} />
          )}
          {reach.from !== 'outside' && reach.to !== null && pair?.value && (
            <PairAnswer host={host} reach={reach} answer={pair.value} />
          )}
          {asked?.value && (
            <p className="border-t border-line px-4 py-3 text-2xs text-faint">
              A verdict speaks of a listening TCP port, and of published ports. Firewalls besides netavark's own rules
              are not examined.
            </p>
          )}
        </Answer>
      )}
    </article>
  )
}
