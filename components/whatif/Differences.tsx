'use client'

import { spellOut } from '@/lib/graph/text'
import type { WhatIfWords } from '@/lib/client/words/whatif'
import type { Difference, ReachChange } from '@/lib/whatif/types'
import { useWords } from '@/components/page-state'
import { Said } from '@/components/Said'

/** How much is on either side; each entry counts once. */
export function countOf({ doors, listeners, reachedBy, reaches, findings }: Difference): {
  gained: number
  lost: number
} {
  const all = [doors, listeners, reachedBy, reaches, findings]
  return {
    gained: all.reduce((sum, { gained }) => sum + gained.length, 0),
    lost: all.reduce((sum, { lost }) => sum + lost.length, 0),
  }
}

interface Entry {
  key: string
  text: string
  /** The server's reason. */
  because?: string
}

/** Everything that changes, by kind, with its side in words and as a sign. */
export function Differences({ difference, words }: { difference: Difference; words: WhatIfWords }) {
  const { values, rules } = useWords()
  const { doors, listeners, reachedBy, reaches, findings } = difference
  const { sections } = words
  const door = (one: Difference['doors']['gained'][number]): Entry => ({
    key: `${one.ref} ${one.containerPort}`,
    text: words.door(placeOf(one.ref), one.containerPort),
  })
  const socket = (one: Difference['listeners']['gained'][number]): Entry => ({
    key: `${one.ref} ${one.process ?? ''}`,
    text: one.process === null ? placeOf(one.ref) : `${placeOf(one.ref)} · ${spellOut(one.process)}`,
  })
  const way = (one: ReachChange): Entry => ({
    key: JSON.stringify([one.others, one.ways]),
    text: `${othersText(one, words)}, ${waysText(one, words)}`,
    because: one.because.join('; '),
  })
  const finding = (one: Difference['findings']['gained'][number]): Entry => ({
    key: `${one.id} ${one.severity}`,
    text: `${values.severities[one.severity]}: ${titleOf(rules, one.ruleId) ?? one.title} · ${one.subject.name}`,
  })
  const undecided = [...reachedBy.unknown, ...reaches.unknown].map(way)
  return (
    <>
      <Part title={sections.doors} gained={doors.gained.map(door)} lost={doors.lost.map(door)} words={words} />
      <Part
        title={sections.dead}
        plain={[...doors.dead, ...doors.unknown].map(one => ({ ...door(one), because: one.because }))}
        words={words}
      />
      <Part
        title={sections.listeners}
        gained={listeners.gained.map(socket)}
        lost={listeners.lost.map(socket)}
        words={words}
      />
      <Part
        title={sections.reachedBy}
        gained={reachedBy.gained.map(way)}
        lost={reachedBy.lost.map(way)}
        words={words}
      />
      <Part title={sections.reaches} gained={reaches.gained.map(way)} lost={reaches.lost.map(way)} words={words} />
      <Part
        title={sections.findings}
        gained={findings.gained.map(finding)}
        lost={findings.lost.map(finding)}
        words={words}
      />
      <Part title={sections.undecided} plain={undecided} words={words} />
    </>
  )
}

const titleOf = (rules: Readonly<Record<string, string>>, id: string): string | undefined =>
  Object.hasOwn(rules, id) ? rules[id] : undefined

const placeOf = (ref: string): string => ref.replace(/^(port|listener):/, '')

function othersText({ others }: ReachChange, words: WhatIfWords): string {
  return others
    .map(({ ref, name }) => {
      if (ref === 'host') return words.hostItself
      const [, kind, face = ''] = /^(neighbour|routed):(.*)$/s.exec(ref) ?? []
      if (kind === undefined) return name
      return kind === 'routed' ? words.router(face) : words.neighbour(face)
    })
    .join(', ')
}

function waysText({ ways }: ReachChange, words: WhatIfWords): string {
  const places = ways.flatMap(way => (way.kind === 'direct' ? [] : placeOf(way.ref)))
  const direct = ways.some(({ kind }) => kind === 'direct') ? [words.direct] : []
  return [...direct, ...(places.length > 0 ? [words.by(places.join(', '))] : [])].join(', ')
}

function Part({
  title,
  gained = [],
  lost = [],
  plain = [],
  words,
}: {
  title: string
  gained?: readonly Entry[]
  lost?: readonly Entry[]
  plain?: readonly Entry[]
  words: WhatIfWords
}) {
  if (gained.length + lost.length + plain.length === 0) return null
  return (
    <div className="mt-3">
      <h4 className="text-2xs font-semibold text-faint">{title}</h4>
      <ul className="mt-1 space-y-1 text-xs text-ink">
        {gained.map(one => (
          <Row key={`+ ${one.key}`} sign="+" side={words.gained} entry={one} />
        ))}
        {lost.map(one => (
          <Row key={`- ${one.key}`} sign="−" side={words.lost} entry={one} />
        ))}
        {plain.map(one => (
          <Row key={one.key} sign="?" side={title} entry={one} />
        ))}
      </ul>
    </div>
  )
}

function Row({ sign, side, entry }: { sign: string; side: string; entry: Entry }) {
  return (
    <li className="flex gap-2">
      <span aria-hidden className="w-3 shrink-0 text-center font-mono font-semibold text-muted">
        {sign}
      </span>
      <span className="min-w-0 break-words">
        <span className="sr-only">{side}: </span>
        {entry.text}
        {entry.because !== undefined && entry.because !== '' && (
          <span className="block text-2xs text-faint">
            <Said text={entry.because} />
          </span>
        )}
      </span>
    </li>
  )
}
