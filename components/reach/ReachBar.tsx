'use client'

import { useMemo } from 'react'
import { endWords, reachHost } from '@/lib/client/reach/ends'
import { saidByOutside, saidByRow, verdictOfPair, WIDEST } from '@/lib/client/reach/verdicts'
import type { Words } from '@/lib/client/words/catalogue'
import type { VerdictSign } from '@/lib/graph/signs'
import type { ReachRef } from '@/lib/reach/refs'
import type { ReachRow } from '@/lib/reach/types'
import type { Host } from '@/lib/topology/types'
import { usePage, usePageStore, useShownTopology, useWords } from '@/components/page-state'
import { VerdictMark } from '@/components/signs'
import { Button } from '@/components/ui/Button'
import { Kbd } from '@/components/ui/Facts'
import { useStaleAnswer } from './Freshness'

/** As the panel counts them: the host and its containers, without the infra containers of pods. */
function signsOfRow(host: Host, row: ReachRow, words: Words): VerdictSign[] {
  const said = saidByRow(host, row, words)
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
  const words = useWords()
  const { bar: says } = words.reach
  const signs = useMemo((): readonly VerdictSign[] => {
    if (reach === null || host === null) return []
    if (reach.from === 'outside')
      return outside?.value ? saidByOutside(outside.value, words.reach).map(({ sign }) => sign) : []
    if (reach.to !== null) return pair?.value ? [verdictOfPair(pair.value)] : []
    return row?.value ? signsOfRow(host, row.value, words) : []
  }, [host, reach, row, pair, outside, words])
  if (reach === null || host === null) return null
  const doors = row?.value?.published ?? []
  const open = doors.filter(({ verdict }) => verdict === 'reachable').length
  const nameOf = (end: ReachRef) => endWords(host, end, words.reach)
  const title =
    reach.from === 'outside'
      ? says.fromOutside
      : reach.to === null
        ? says.from(nameOf(reach.from))
        : says.fromTo(nameOf(reach.from), nameOf(reach.to))
  return (
    <section
      aria-label={words.reach.name}
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface px-3 py-1.5 text-xs"
    >
      <h2 className="text-sm font-semibold text-ink">{title}</h2>
      <ul className={`flex flex-wrap gap-x-3 gap-y-1 ${stale === null ? 'text-ink' : 'text-muted'}`}>
        {WIDEST.filter(sign => signs.includes(sign)).map(sign => (
          <li key={sign} title={words.legend.verdicts[sign].means} className="flex items-center gap-1.5">
            <VerdictMark verdict={sign} />
            {(reach.from === 'outside' || reach.to === null) && (
              <strong className="font-semibold">{signs.filter(one => one === sign).length}</strong>
            )}
          </li>
        ))}
      </ul>
      <span className="text-muted">
        {stale ??
          (reach.from === 'outside' ? says.outsideHint : reach.to === null ? says.ports(open, doors.length) : '')}
      </span>
      <span className="ml-auto flex items-center gap-2">
        {reach.from !== 'outside' && reach.to !== null && (
          <Button onClick={() => store.leave()}>{says.all(nameOf(reach.from))}</Button>
        )}
        <Button onClick={() => store.ask(null)}>
          {says.end} <Kbd>Esc</Kbd>
        </Button>
      </span>
    </section>
  )
}
