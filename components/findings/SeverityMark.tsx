import type { ReactNode } from 'react'
import { SEVERITY_WORDS } from '@/lib/client/words'
import type { Severity } from '@/lib/exposure/types'

const SHAPES: Record<Severity, ReactNode> = {
  critical: <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="var(--critical)" />,
  high: <path d="M8 1.2 15.4 14.4H.6z" fill="var(--high)" />,
  medium: <path d="m8 .8 7.2 7.2L8 15.2.8 8z" fill="var(--medium)" />,
  low: <circle cx="8" cy="8" r="6.2" fill="var(--low)" />,
  info: <circle cx="8" cy="8" r="5.6" fill="none" stroke="var(--info)" strokeWidth="2" />,
}

/** How bad, as a colour, a shape and a word. Without room for the word it is read out instead. */
export function SeverityMark({ severity, word = true }: { severity: Severity; word?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg
        viewBox="0 0 16 16"
        className="size-3 shrink-0"
        role={word ? undefined : 'img'}
        aria-hidden={word}
        aria-label={word ? undefined : SEVERITY_WORDS[severity]}
      >
        {SHAPES[severity]}
      </svg>
      {word && SEVERITY_WORDS[severity]}
    </span>
  )
}
