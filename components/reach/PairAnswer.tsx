'use client'

import { endWords } from '@/lib/client/reach/ends'
import { verdictOfPair } from '@/lib/client/reach/verdicts'
import type { LinkedReach } from '@/lib/client/url'
import { parseReachRef, type ReachRef } from '@/lib/reach/refs'
import type { ReachPairAnswer } from '@/lib/reach/stop'
import type { Hop } from '@/lib/reach/types'
import { parseRef, type Ref } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'
import { useWords } from '@/components/page-state'
import { VerdictMark } from '@/components/signs'
import { ThingLink } from '@/components/things'
import { Section } from '@/components/ui/Facts'
import { Because, namespaceLabel, PublishedList } from './parts'
import { Said } from '@/components/Said'

/** One pair: the verdict, why, and the way hop by hop, as the map draws it. */
export function PairAnswer({ host, reach, answer }: { host: Host; reach: LinkedReach; answer: ReachPairAnswer }) {
  const words = useWords().reach
  const { pair: says } = words
  if (reach.from === 'outside' || reach.to === null) return null
  const verdict = verdictOfPair(answer)
  const names = [endWords(host, reach.from, words), endWords(host, reach.to, words)] as const
  const [own] = answer.direct
  return (
    <>
      <section className="border-t border-line px-4 py-3" aria-label={says.verdict}>
        <h3 className="text-md font-semibold text-ink">
          <VerdictMark verdict={verdict} />
        </h3>
        <p className="mt-1 text-sm text-ink">{begin(words.sentences[verdict](...names), reach.from)}</p>
        {own !== undefined && (
          <ul className="mt-1.5 list-disc pl-4 text-xs text-muted">
            {own.because.map(because => (
              <li key={because}>
                {verdict === 'door' && `${says.ownAddress} `}
                <Said text={because} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <Section title={says.way}>
        <ol className="space-y-1 text-xs">
          {answer.hops.map((hop, index) => (
            <li key={`${hop.kind} ${hop.id}`} className="flex items-baseline gap-2">
              <span className="inline-grid size-4.5 shrink-0 place-items-center rounded-full border border-line-strong text-2xs text-muted">
                {index + 1}
              </span>
              <HopWords host={host} hop={hop} />
            </li>
          ))}
          {answer.stop !== null && (
            <li className="flex items-baseline gap-2">
              <VerdictMark verdict="stop" />
              <span className="text-muted">
                {answer.stop.label}: <Because reasons={answer.stop.because} />
              </span>
            </li>
          )}
        </ol>
      </Section>
      <Section title={says.published(names[1])} count={answer.published.length}>
        {answer.published.length === 0 ? (
          <p className="text-xs text-faint">{says.none}</p>
        ) : (
          <PublishedList host={host} ports={answer.published} />
        )}
      </Section>
    </>
  )
}

/** A name stays as it is. */
const begin = (text: string, end: ReachRef) =>
  end.kind === 'neighbour' || end.kind === 'routed' ? text.charAt(0).toUpperCase() + text.slice(1) : text

function HopWords({ host, hop }: { host: Host; hop: Hop }) {
  const words = useWords().reach
  const ref = refOfHop(hop)
  // The first hop of a neighbour is the interface that it stands behind.
  const neighbour =
    hop.kind === 'interface' && hop.label !== hop.id.slice('interface:'.length) ? parseReachRef(hop.label) : null
  const label =
    neighbour !== null
      ? endWords(host, neighbour, words)
      : hop.kind === 'namespace'
        ? namespaceLabel(host, hop.id, hop.label, words)
        : hop.label
  return (
    <span>
      {neighbour === null && <span className="text-faint">{words.hops[hop.kind]} </span>}
      {ref === null ? (
        label
      ) : (
        <ThingLink host={host} to={ref} icon={false}>
          {label}
        </ThingLink>
      )}
    </span>
  )
}

function refOfHop(hop: Hop): Ref | null {
  switch (hop.kind) {
    case 'namespace':
      return { kind: 'container', name: hop.label }
    case 'network':
      return { kind: 'network', name: hop.label }
    case 'host':
      return { kind: 'host' }
    case 'interface':
    case 'door':
      return parseRef(hop.id)
  }
}
