'use client'

import { useMemo } from 'react'
import { saidByRow } from '@/lib/client/reach/verdicts'
import type { LinkedReach } from '@/lib/client/url'
import type { VerdictSign } from '@/lib/graph/signs'
import { parseReachRef } from '@/lib/reach/refs'
import type { ReachRow } from '@/lib/reach/types'
import type { Host } from '@/lib/topology/types'
import { useWords } from '@/components/page-state'
import { Section } from '@/components/ui/Facts'
import { byReason, EndButton, PublishedList, VerdictSection } from './parts'
import { Said } from '@/components/Said'

const ORDER: readonly VerdictSign[] = ['reachable', 'door', 'unknown', 'blocked']

/** Everything that one end can reach: containers by verdict and reason, published ports by themselves. */
export function RowAnswer({ host, reach, answer }: { host: Host; reach: LinkedReach; answer: ReachRow }) {
  const words = useWords()
  const { row: says } = words.reach
  const infra = useMemo(
    () => new Set(host.containers.filter(({ isInfra }) => isInfra).map(({ name }) => `container:${name}`)),
    [host],
  )
  const groups = useMemo(() => {
    const said = saidByRow(host, answer, words)
    const shown = answer.direct.filter(({ to }) => !infra.has(to))
    return ORDER.map(sign => ({ sign, things: shown.filter(({ to }) => said.get(to)?.sign === sign) }))
  }, [host, answer, infra, words])
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
                    {sign === 'door' && `${says.viaDoor} `}
                    <Said text={group.because} />
                  </span>
                </li>
              ))}
            </ul>
          </VerdictSection>
        ))}
      <Section title={says.published} count={answer.published.length}>
        {answer.published.length === 0 ? (
          <p className="text-xs text-faint">{says.none}</p>
        ) : (
          <PublishedList host={host} ports={answer.published} />
        )}
      </Section>
    </>
  )
}
