'use client'

import { useMemo } from 'react'
import { spellOut } from '@/lib/graph/text'
import { type FromOutside, saidByOutside } from '@/lib/client/reach/verdicts'
import type { Words } from '@/lib/client/words/catalogue'
import type { VerdictSign } from '@/lib/graph/signs'
import type { OutsideTarget, ReachOutside } from '@/lib/reach/outside'
import { resolveRef } from '@/lib/topology/lookup'
import { parseRef } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'
import { usePageStore, useWords } from '@/components/page-state'
import { VerdictMark } from '@/components/signs'
import { ThingLink } from '@/components/things'
import { None, Section } from '@/components/ui/Facts'
import { Because, byReason, OwnerLink, RefLink } from './parts'
import { Said } from '@/components/Said'

/** What a neighbour can connect to, by the segments that it may stand on. */
export function OutsideAnswer({ host, answer }: { host: Host; answer: ReachOutside }) {
  const { reach: words } = useWords()
  const { outside: says } = words
  const said = useMemo(() => saidByOutside(answer, words), [answer, words])
  const segments = useMemo(() => segmentsOf(answer, said), [answer, said])
  const blocked = said.filter(({ sign }) => sign === 'blocked')
  const addresses = new Map(host.interfaces?.map(one => [one.name, one.addresses]))
  return (
    <>
      {answer.notKnown.map(reason => (
        <p key={reason} className="flex items-start gap-2 border-t border-line px-4 py-3 text-xs text-ink">
          <VerdictMark verdict="unknown" />
          <span>
            <Said text={reason} />
          </span>
        </p>
      ))}
      {segments.map(({ interfaces, any, routed, unknown }) => (
        <section
          key={interfaces.join()}
          aria-label={`${says.from} ${interfaces.join(', ')}`}
          className="border-t border-line px-4 py-3"
        >
          <h3 className="mb-1 text-sm font-semibold text-ink">
            {says.from}{' '}
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
          <Targets host={host} answer={answer} sign="reachable" list={any} title={says.any} />
          <Targets host={host} answer={answer} sign="routed" list={routed} title={says.routed} />
          <Targets host={host} answer={answer} sign="unknown" list={unknown} title={says.unknown} />
        </section>
      ))}
      {answer.sources.length === 0 && answer.sourcesUnknownBecause === null && (
        <p className="border-t border-line px-4 py-3 text-xs text-muted">{says.noInterface}</p>
      )}
      {answer.sourcesUnknownBecause === null && (
        <Section title={says.blocked} count={blocked.length}>
          {blocked.length === 0 ? (
            <None />
          ) : (
            <details className="text-xs">
              <summary className="text-muted">{says.why(blocked.length)}</summary>
              <ul className="mt-1.5 space-y-1">
                {blocked.map(({ index, because }) => (
                  <li key={index}>
                    <TargetWords host={host} target={answer.targets[index]} />
                    <Because className="block text-2xs text-faint" reasons={because} />
                  </li>
                ))}
              </ul>
            </details>
          )}
        </Section>
      )}
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
  const { sources } = answer
  const segments = new Map<string, Segment>()
  for (const name of new Set(sources.map(source => source.interface))) {
    const any = said.filter(one => one.neighbours.includes(name))
    const routed = said.filter(one => one.routed.includes(name))
    const unknown = said.filter(
      one =>
        !any.includes(one) &&
        !routed.includes(one) &&
        sources.some(
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
  const { reach } = useWords()
  const { outside: says } = reach
  if (list.length === 0) return null
  const containers = list.filter(({ index }) => answer.targets[index]?.kind === 'container')
  const others = foldTargets(
    list.flatMap(({ index }) => answer.targets[index] ?? []),
    reach,
  )
  const name = list[0]?.routed[0]
  return (
    <div className="mt-2">
      <h4 className="mb-1 flex items-center gap-2 text-xs text-ink">
        <VerdictMark verdict={sign} word={false} />
        {title} <span className="text-muted">{list.length}</span>
        {sign === 'routed' && name !== undefined && (
          <button
            type="button"
            className="ml-auto text-2xs text-accent hover:underline"
            onClick={() => store.ask({ hostId: host.id, from: { kind: 'routed', name }, to: null })}
          >
            {says.onMap}
          </button>
        )}
      </h4>
      <ul className="ml-5.5 space-y-0.5 text-xs">
        {others.map(({ target, more }) => (
          <li key={`${target.ref} ${target.owner}`}>
            <TargetWords host={host} target={target} more={more} />
          </li>
        ))}
        {byReason(containers).map(({ because, things }) => (
          <li key={because}>
            <span className="flex flex-wrap gap-x-2.5">
              {things.map(({ index }) => (
                <OwnerLink key={index} host={host} owner={answer.targets[index]?.ref ?? ''} />
              ))}
            </span>
            <span className="block text-2xs text-faint">
              {says.ownAddresses} <Said text={because} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface Folded {
  target: OutsideTarget
  /** What else it stands for: "to 7010", "and 4 more addresses". */
  more: string
}

/** Doors with consecutive ports are one line, and so is one socket at several addresses. */
function foldTargets(targets: readonly OutsideTarget[], words: Words['reach']): Folded[] {
  const groups = new Map<string, { target: OutsideTarget; ports: Set<number>; count: number }>()
  let run = 0
  let before = { key: '', port: 0 }
  for (const target of targets) {
    const ref = parseRef(target.ref)
    if (target.kind === 'container' || ref === null) continue
    const port = ref.kind === 'port' ? ref.hostPort : ref.kind === 'listener' ? ref.port : 0
    const [address, protocol] =
      ref.kind === 'port' ? [ref.hostIp, ref.protocol] : ['', ref.kind === 'listener' ? ref.protocol : '']
    const kind = `${target.kind} ${target.owner} ${address} ${protocol}`
    if (before.key !== kind || (port !== before.port && port !== before.port + 1)) run += 1
    const key: string = ref.kind === 'port' ? `${kind} ${run}` : `${kind} ${port}`
    const group = groups.get(key)
    if (group) {
      group.ports.add(port)
      group.count += 1
    } else groups.set(key, { target, ports: new Set([port]), count: 1 })
    before = { key: kind, port }
  }
  return [...groups.values()].map(({ target, ports, count }) => ({
    target,
    more: ports.size > 1 ? words.runTo(Math.max(...ports)) : count > 1 ? words.outside.moreAddresses(count - 1) : '',
  }))
}

/** The process that listens, as the probe named it. */
function processOf(host: Host, target: OutsideTarget): string | null {
  const ref = parseRef(target.ref)
  const thing = ref?.kind === 'listener' ? resolveRef(host, ref) : null
  return thing?.kind === 'listener' ? (thing.listeners[0]?.process ?? null) : null
}

function TargetWords({ host, target, more = '' }: { host: Host; target: OutsideTarget | undefined; more?: string }) {
  if (target === undefined) return null
  if (target.kind === 'container') return <OwnerLink host={host} owner={target.ref} />
  const process = target.owner === 'host' ? processOf(host, target) : null
  return (
    <>
      <RefLink host={host} text={target.ref} /> {more} <span className="text-faint">→</span>{' '}
      {process === null ? <OwnerLink host={host} owner={target.owner} /> : spellOut(process)}
    </>
  )
}
