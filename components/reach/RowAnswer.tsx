'use client'

import { useMemo } from 'react'
import { saidByRow } from '@/lib/client/reach/verdicts'
import type { LinkedReach } from '@/lib/client/url'
import type { VerdictSign } from '@/lib/graph/signs'
import { parseReachRef } from '@/lib/reach/refs'
import type { ReachRow } from '@/lib/reach/types'
import type { Host } from '@/lib/topology/types'
import { Section } from '@/components/ui/Facts'
import { byReason, EndButton, PublishedList, VerdictSection } from './parts'

const ORDER: readonly VerdictSign[] = ['reachable', 'door', 'unknown', 'blocked']

/** Everything that one end can reach: containers by verdict and reason, published ports by themselves. */
export function RowAnswer({ host, reach, answer }: { host: Host; reach: LinkedReach; answer: ReachRow }) {
  const infra = useMemo(
    () => new Set(host.containers.filter(({ isInfra }) => isInfra).map(({ name }) => `container:${name}`)),
    [host],
  )
  const groups = useMemo(() => {
    const said = saidByRow(host, answer)
    const shown = answer.direct.filter(({ to }) => !infra.has(to))
    return ORDER.map(sign => ({ sign, things: shown.filter(({ to }) => said.get(to)?.sign === sign) }))
  }, [host, answer, infra])
  return (
    <>
      {groups
        .filter(({ things }) => things.length > 0)
        .map(({ sign, things }) => (
          <VerdictSection key={sign} verdict={sign} count={things.length}>
            <ul className="space-y-2 text-xs">
              {byReason(things).map(group => (
                <li key={group.because}>
                  <span className="flex flex-wrap gap-x-2.5 gap-y-0.5">
                    {group.things.map(({ to }) => {
                      const end = parseReachRef(to)
                      return end === null ? to : <EndButton key={to} host={host} reach={reach} end={end} />
                    })}
                  </span>
                  <span className="block text-2xs text-faint">
                    {sign === 'door' && 'through a published port below; at its own address not: '}
                    {group.because}
                  </span>
                </li>
              ))}
            </ul>
          </VerdictSection>
        ))}
      <Section title="Published ports" count={answer.published.length}>
        {answer.published.length === 0 ? (
          <p className="text-xs text-faint">none on this host</p>
        ) : (
          <PublishedList host={host} ports={answer.published} />
        )}
      </Section>
    </>
  )
}
