'use client'

import { useMemo } from 'react'
import { plural } from '@/lib/client/age'
import { endWords, reachHost } from '@/lib/client/reach/ends'
import { saidByOutside, saidByRow, verdictOfPair, WIDEST } from '@/lib/client/reach/verdicts'
import { VERDICT_SIGNS, type VerdictSign } from '@/lib/graph/signs'
import type { ReachRow } from '@/lib/reach/types'
import type { Host } from '@/lib/topology/types'
import { usePage, usePageStore, useShownTopology } from '@/components/page-state'
import { VerdictMark } from '@/components/signs'
import { Button } from '@/components/ui/Button'
import { Kbd } from '@/components/ui/Facts'
import { useStaleAnswer } from './Freshness'

/** As the panel counts them: the host and its containers, without the infra containers of pods. */
function signsOfRow(host: Host, row: ReachRow): VerdictSign[] {
  const said = saidByRow(host, row)
  const infra = new Set(host.containers.filter(({ isInfra }) => isInfra).map(({ name }) => `container:${name}`))
  return row.direct.filter(({ to }) => !infra.has(to)).flatMap(({ to }) => said.get(to)?.sign ?? [])
}

/** Above the map: what is asked, what the signs on it mean and how many there are, and the way out. */
export function ReachBar() {
  const store = usePageStore()
  const reach = usePage(state => state.url.reach)
  const { row, pair, outside } = usePage(state => state.reach)
  const topology = useShownTopology()
  const asked = reach === null ? null : reach.from === 'outside' ? outside : reach.to === null ? row : pair
  const stale = useStaleAnswer(asked)
  const host = reach === null || topology === null ? null : reachHost(topology, reach)
  const signs = useMemo((): readonly VerdictSign[] => {
    if (reach === null || host === null) return []
    if (reach.from === 'outside') return outside?.value ? saidByOutside(outside.value).map(({ sign }) => sign) : []
    if (reach.to !== null) return pair?.value ? [verdictOfPair(pair.value)] : []
    return row?.value ? signsOfRow(host, row.value) : []
  }, [host, reach, row, pair, outside])
  if (reach === null || host === null) return null
  const doors = row?.value?.published ?? []
  const open = doors.filter(({ verdict }) => verdict === 'reachable').length
  const title =
    reach.from === 'outside'
      ? 'Reachable from outside'
      : reach.to === null
        ? `From ${endWords(host, reach.from)}`
        : `From ${endWords(host, reach.from)} to ${endWords(host, reach.to)}`
  return (
    <section
      aria-label="Reach"
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface px-3 py-1.5 text-xs"
    >
      <h2 className="text-sm font-semibold text-ink">{title}</h2>
      <ul className={`flex flex-wrap gap-x-3 gap-y-1 ${stale === null ? 'text-ink' : 'text-muted'}`}>
        {WIDEST.filter(sign => signs.includes(sign)).map(sign => (
          <li key={sign} title={VERDICT_SIGNS[sign].means} className="flex items-center gap-1.5">
            <VerdictMark verdict={sign} />
            {(reach.from === 'outside' || reach.to === null) && (
              <strong className="font-semibold">{signs.filter(one => one === sign).length}</strong>
            )}
          </li>
        ))}
      </ul>
      <span className="text-muted">
        {stale ??
          (reach.from === 'outside'
            ? 'Published ports, sockets of the host and containers, by any segment.'
            : reach.to === null
              ? `and ${open} of ${plural(doors.length, 'published port')}. Select another thing to see the way.`
              : '')}
      </span>
      <span className="ml-auto flex items-center gap-2">
        {reach.to !== null && (
          <Button onClick={() => store.leave()}>
            All of {reach.from === 'outside' ? '' : endWords(host, reach.from)}
          </Button>
        )}
        <Button onClick={() => store.ask(null)}>
          End <Kbd>Esc</Kbd>
        </Button>
      </span>
    </section>
  )
}
