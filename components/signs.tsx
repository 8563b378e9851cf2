'use client'

import { spellOut } from '@/lib/graph/text'
import { signUri, type VerdictSign, verdictSign } from '@/lib/graph/signs'
import { stateIcon } from '@/lib/graph/chips'
import type { Severity } from '@/lib/exposure/types'
import type { Container } from '@/lib/topology/types'
import { useTheme, useWords } from './page-state'

/** A sign of the picture's own table, with its word; without room for the word it is read out instead. */
function Sign({ name, says, word, size }: { name: string; says: string; word: boolean; size: string }) {
  const theme = useTheme()
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      {/* A data URI of a few hundred bytes: there is nothing for an image optimiser to do. */}
      {/* oxlint-disable-next-line nextjs/no-img-element */}
      <img
        src={signUri(name, theme)}
        alt={word ? '' : says}
        title={word ? undefined : says}
        className={`shrink-0 ${size}`}
      />
      {word && says}
    </span>
  )
}

/** How bad, as a colour, a shape and a word. */
export function SeverityMark({ severity, word = true }: { severity: Severity | 'unknown'; word?: boolean }) {
  const { severities } = useWords().legend
  return <Sign name={severity} says={severities[severity].word} word={word} size="size-3.5" />
}

/** The state of a container with its health, as a shape and a word. */
export function StateMark({ container, word = true }: { container: Container; word?: boolean }) {
  const { state, health } = container
  const { states } = useWords().values
  const says = health === null ? states[state] : `${states[state]}, ${spellOut(health)}`
  return <Sign name={stateIcon(container)} says={says} word={word} size="size-3" />
}

/** Whether one thing reaches another, as a colour, a shape and a word. */
export function VerdictMark({ verdict, word = true }: { verdict: VerdictSign; word?: boolean }) {
  const { verdicts } = useWords().legend
  return <Sign name={verdictSign(verdict)} says={verdicts[verdict].word} word={word} size="size-3.5" />
}
