'use client'

import { useMemo } from 'react'
import { plural } from '@/lib/client/age'
import { type FromOutside, saidByOutside } from '@/lib/client/reach/verdicts'
import type { VerdictSign } from '@/lib/graph/signs'
import type { OutsideTarget, ReachOutside } from '@/lib/reach/outside'
import type { Host } from '@/lib/topology/types'
import { usePageStore } from '@/components/page-state'
import { VerdictMark } from '@/components/signs'
import { ThingLink } from '@/components/things'
import { None, Section } from '@/components/ui/Facts'
import { OwnerLink, RefLink } from './parts'

/** What a neighbour can connect to, by the segments that it may stand on. */
export function OutsideAnswer({ host, answer }: { host: Host; answer: ReachOutside }) {
  const said = useMemo(() => saidByOutside(answer), [answer])
  const segments = useMemo(() => segmentsOf(answer, said), [answer, said])
  const blocked = said.filter(({ sign }) => sign === 'blocked')
  const addresses = new Map(host.interfaces?.map(one => [one.name, one.addresses]))
  return (
    <>
      {answer.notKnown.map(reason => (
        <p key={reason} className="flex gap-2 border-t border-line px-4 py-3 text-xs text-ink">
          <VerdictMark verdict="unknown" /> {reason}
        </p>
      ))}
      {segments.map(({ interfaces, any, routed, unknown }) => (
        <section
          key={interfaces.join()}
          aria-label={`From ${interfaces.join(', ')}`}
          className="border-t border-line px-4 py-3"
        >
          <h3 className="mb-1 text-sm font-semibold text-ink">
            From{' '}
            {interfaces.map((name, index) => (
              <span key={name}>
                {index > 0 && ', '}
                <ThingLink host={host} to={{ kind: 'segment', name }} icon={false}>
                  {name}
                </ThingLink>
              </span>
            ))}
          </h3>
          {interfaces.length === 1 && (
            <p className="mb-2 font-mono text-2xs text-faint">
              {(addresses.get(interfaces[0] ?? '') ?? []).filter(address => !address.startsWith('fe80:')).join('  ')}
            </p>
          )}
          <Targets host={host} answer={answer} sign="reachable" list={any} title="Any neighbour there" />
          <Targets host={host} answer={answer} sign="routed" list={routed} title="Only if the neighbour routes here" />
          <Targets host={host} answer={answer} sign="unknown" list={unknown} title="Not known" />
        </section>
      ))}
      <Section title="Not reachable from outside" count={blocked.length}>
        {blocked.length === 0 ? (
          <None />
        ) : (
          <details className="text-xs">
            <summary className="text-muted">{plural(blocked.length, 'thing')} and why</summary>
            <ul className="mt-1.5 space-y-1">
              {blocked.map(({ index, because }) => (
                <li key={index}>
                  <TargetWords host={host} target={answer.targets[index]} />
                  <span className="block text-2xs text-faint">{because.join('; ')}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Section>
    </>
  )
}

interface Segment {
  interfaces: string[]
  any: FromOutside[]
  routed: FromOutside[]
  unknown: FromOutside[]
}

/** Segments from which the same things can be reached are told together. */
function segmentsOf(answer: ReachOutside, said: readonly FromOutside[]): Segment[] {
  const segments = new Map<string, Segment>()
  for (const name of new Set(answer.sources.map(source => source.interface))) {
    const any = said.filter(one => one.neighbours.includes(name))
    const routed = said.filter(one => one.routed.includes(name))
    const unknown = said.filter(
      one =>
        !any.includes(one) &&
        !routed.includes(one) &&
        answer.sources.some(
          source =>
            source.interface === name && answer.judgements[source.verdicts[one.index] ?? -1]?.verdict === 'unknown',
        ),
    )
    const key = [any, routed, unknown].map(list => list.map(({ index }) => index).join()).join('|')
    const known = segments.get(key)
    if (known) known.interfaces.push(name)
    else segments.set(key, { interfaces: [name], any, routed, unknown })
  }
  return [...segments.values()].sort((a, b) => b.any.length - a.any.length)
}

function Targets({
  host,
  answer,
  sign,
  list,
  title,
}: {
  host: Host
  answer: ReachOutside
  sign: VerdictSign
  list: readonly FromOutside[]
  title: string
}) {
  const store = usePageStore()
  if (list.length === 0) return null
  const containers = list.filter(({ index }) => answer.targets[index]?.kind === 'container')
  const others = list.filter(({ index }) => answer.targets[index]?.kind !== 'container')
  return (
    <div className="mt-2">
      <h4 className="mb-1 flex items-baseline gap-2 text-xs text-ink">
        <VerdictMark verdict={sign} word={false} />
        {title} <span className="text-muted">{list.length}</span>
      </h4>
      <ul className="ml-5.5 space-y-0.5 text-xs">
        {others.map(({ index, because }) => (
          <li key={index} title={because.join('; ')}>
            <TargetWords host={host} target={answer.targets[index]} />
          </li>
        ))}
        {containers.length > 0 && (
          <li>
            <span className="text-faint">
              {others.length > 0 ? 'and at their own addresses ' : 'at their own addresses '}
            </span>
            <span className="inline-flex flex-wrap gap-x-2.5">
              {containers.map(({ index, because }) => (
                <span key={index} title={because.join('; ')}>
                  <OwnerLink host={host} owner={answer.targets[index]?.ref ?? ''} />
                </span>
              ))}
            </span>
          </li>
        )}
        {sign === 'routed' && (
          <li className="text-2xs text-faint">
            {(list[0]?.because ?? []).join('; ')}{' '}
            <button
              type="button"
              className="text-accent hover:underline"
              onClick={() => {
                const name = list[0]?.routed[0]
                if (name !== undefined) store.ask({ hostId: host.id, from: { kind: 'routed', name }, to: null })
              }}
            >
              Show on the map
            </button>
          </li>
        )}
      </ul>
    </div>
  )
}

function TargetWords({ host, target }: { host: Host; target: OutsideTarget | undefined }) {
  if (target === undefined) return null
  if (target.kind === 'container') return <OwnerLink host={host} owner={target.ref} />
  return (
    <>
      <RefLink host={host} text={target.ref} /> <span className="text-faint">→</span>{' '}
      <OwnerLink host={host} owner={target.owner} />
    </>
  )
}
