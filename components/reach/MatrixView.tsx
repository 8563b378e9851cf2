'use client'

import { matrixHost } from '@/lib/client/reach/ends'
import type { VerdictSign } from '@/lib/graph/signs'
import type { Topology } from '@/lib/topology/types'
import type { ReachRef } from '@/lib/reach/refs'
import { usePage, usePageStore, useWords } from '@/components/page-state'
import { VerdictMark } from '@/components/signs'
import { focusPanel } from '@/components/shell/SidePanel'
import { useStaleAnswer } from './Freshness'
import { MatrixGrid } from './MatrixGrid'

const VERDICTS: readonly VerdictSign[] = ['reachable', 'blocked', 'unknown']

/** Who can reach whom as a table: rows ask, columns are asked. Equal namespaces are folded into one. */
export function MatrixView({ topology }: { topology: Topology }) {
  const store = usePageStore()
  const url = usePage(state => state.url)
  const asked = usePage(state => state.reach.matrix)
  const stale = useStaleAnswer(asked)
  const words = useWords()
  const { matrix: says } = words.reach
  const host = matrixHost(topology, url)
  const hostId = host?.id ?? null
  const open = (pair: { from: ReachRef; to: ReachRef }) => {
    store.ask({ hostId, ...pair })
    store.showPanel('reach')
    focusPanel()
  }
  if (host === null) return null
  const matrix = asked?.value ?? null
  return (
    <section aria-label={says.name(host.name)} className="flex h-full min-h-0 flex-col">
      <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-xs">
        <h2 className="text-sm font-semibold text-ink">{says.title}</h2>
        {topology.hosts.length > 1 && (
          <select
            aria-label={says.host}
            value={host.id}
            onChange={event => store.setUrl({ ...url, host: event.target.value, select: null, reach: null })}
            className="h-7 max-w-56 rounded-md border border-line-strong bg-surface px-2 text-xs font-medium text-ink"
          >
            {topology.hosts.map(one => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
        <ul className="flex flex-wrap gap-x-3 text-ink">
          {VERDICTS.map(verdict => (
            <li key={verdict} title={words.legend.verdicts[verdict].means}>
              <VerdictMark verdict={verdict} />
            </li>
          ))}
        </ul>
        <output className="text-muted">
          {stale ?? says.hint}
          {host.interfaces === null && ` ${says.noNeighbours}`}
        </output>
      </header>
      {matrix !== null && (
        <div data-stale={stale !== null} className={`min-h-0 flex-1 ${stale === null ? '' : 'opacity-60 grayscale'}`}>
          <MatrixGrid matrix={matrix} reach={url.reach} onOpen={open} name={says.grid(host.name)} />
        </div>
      )}
    </section>
  )
}
