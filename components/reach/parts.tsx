'use client'

import type { ReactNode } from 'react'
import { endWords, refOfEnd, sameEnd } from '@/lib/client/reach/ends'
import { portRef } from '@/lib/client/reach/verdicts'
import type { LinkedReach } from '@/lib/client/url'
import type { Words } from '@/lib/client/words/catalogue'
import type { VerdictSign } from '@/lib/graph/signs'
import { parseReachRef, type ReachRef } from '@/lib/reach/refs'
import type { ReachRow } from '@/lib/reach/types'
import { containerById, namespaceName, namespaceOf } from '@/lib/topology/lookup'
import { parseRef } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'
import { usePageStore, useWords } from '@/components/page-state'
import { VerdictMark } from '@/components/signs'
import { ThingLink } from '@/components/things'
import { Said } from '@/components/Said'

/** A verdict as a heading, with how many there are of it. */
export function VerdictSection({
  verdict,
  count,
  children,
}: {
  verdict: VerdictSign
  count: number
  children: ReactNode
}) {
  const { verdicts } = useWords().legend
  return (
    <section className="border-t border-line px-4 py-3">
      <h3 className="flex items-center gap-2 text-xs font-semibold text-ink">
        <VerdictMark verdict={verdict} />
        <span className="font-normal text-muted">{count}</span>
      </h3>
      <p className="mb-2 text-2xs text-faint">{verdicts[verdict].means}</p>
      {children}
    </section>
  )
}

/** Why, as the server says it. */
export const Because = ({ reasons, className }: { reasons: readonly string[]; className?: string }) => (
  <span className={className}>
    <Said text={reasons.join('; ')} />
  </span>
)

export interface Reasoned<T> {
  because: string
  things: T[]
}

/** Things with one reason stand together, the most first; equal reasons are told once. */
export function byReason<T extends { because: readonly string[] }>(things: readonly T[]): Reasoned<T>[] {
  const groups = new Map<string, T[]>()
  for (const thing of things) {
    const because = thing.because.join('; ')
    const group = groups.get(because)
    if (group) group.push(thing)
    else groups.set(because, [thing])
  }
  return [...groups]
    .map(([because, group]) => ({ because, things: group }))
    .sort((a, b) => b.things.length - a.things.length)
}

/** One end in a list: chooses it as the other end. */
export function EndButton({ host, reach, end }: { host: Host; reach: LinkedReach; end: ReachRef }) {
  const store = usePageStore()
  const { reach: words } = useWords()
  const name = endWords(host, end, words)
  return (
    <button
      type="button"
      aria-label={words.wayTo(name)}
      disabled={reach.from !== 'outside' && sameEnd(reach.from, end)}
      onClick={() => store.ask({ ...reach, hostId: host.id, to: end })}
      className="inline-block rounded-sm leading-6 font-medium break-all text-accent hover:underline"
    >
      {name}
    </button>
  )
}

/** An owner as the server names it, as a link to the thing: a pod's infra container goes by the pod. */
export function OwnerLink({ host, owner }: { host: Host; owner: string }) {
  const { reach: words } = useWords()
  const end = parseReachRef(owner)
  if (end === null) return owner
  return (
    <ThingLink host={host} to={refOfEnd(end)} icon={false}>
      {end.kind === 'host' ? words.hostItself : endWords(host, end, words)}
    </ThingLink>
  )
}

export function RefLink({ host, text }: { host: Host; text: string }) {
  const ref = parseRef(text)
  if (ref === null) return text
  return (
    <span className="font-mono">
      <ThingLink host={host} to={ref} icon={false}>
        {text.slice(text.indexOf(':') + 1)}
      </ThingLink>
    </span>
  )
}

type Published = ReachRow['published'][number]
interface PortRun {
  first: Published
  last: Published
}

/** Neighbouring ports of one owner that fare alike are one line. */
function runsOf(ports: readonly Published[]): PortRun[] {
  const runs: PortRun[] = []
  for (const port of ports) {
    const run = runs.at(-1)
    const follows =
      run !== undefined &&
      run.last.owner === port.owner &&
      run.last.hostIp === port.hostIp &&
      run.last.protocol === port.protocol &&
      run.last.verdict === port.verdict &&
      run.last.hostPort + 1 === port.hostPort
    if (follows) run.last = port
    else runs.push({ first: port, last: port })
  }
  return runs
}

/** Doors, each with what becomes of a connection to it. */
export function PublishedList({ host, ports }: { host: Host; ports: readonly Published[] }) {
  const words = useWords().reach
  return (
    <ul className="space-y-1.5 text-xs">
      {runsOf(ports).map(({ first, last }) => (
        <li key={`${portRef(first)} ${first.owner}`}>
          <span className="flex flex-wrap items-baseline gap-x-2">
            <VerdictMark verdict={first.verdict} />
            <span>
              <RefLink host={host} text={portRef(first)} />
              {last !== first && ` ${words.runTo(last.hostPort)}`} <span className="text-faint">→</span>{' '}
              <OwnerLink host={host} owner={first.owner} />
            </span>
          </span>
          <Because className="block text-2xs text-faint" reasons={first.because} />
        </li>
      ))}
    </ul>
  )
}

/** The name of the namespace that a container's id stands in; for hops. */
export function namespaceLabel(host: Host, namespaceId: string, fallback: string, words: Words['reach']): string {
  const namespace = host.namespaces.find(({ id }) => id === namespaceId)
  if (namespace === undefined) return fallback
  const owner = namespace.ownerId === null ? null : containerById(host, namespace.ownerId)
  return owner !== null && namespaceOf(host, owner)?.podId != null
    ? words.pod(namespaceName(host, namespace))
    : fallback
}
