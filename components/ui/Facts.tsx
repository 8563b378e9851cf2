import type { ReactNode } from 'react'
import { useUiWords } from './words'

/** A titled part of a panel. */
export function Section({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3">
      <h3 className="mb-2 flex items-baseline gap-2 text-xs font-semibold text-muted">
        {title}
        {count !== undefined && <span className="font-normal text-faint">{count}</span>}
      </h3>
      {children}
    </section>
  )
}

/** Name and value pairs, aligned. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-xs">{children}</dl>
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  )
}

/** Something that is not known, and why. */
export function Unknown({ because }: { because: ReactNode }) {
  const { unknown } = useUiWords()
  return (
    <span className="text-muted">
      <span className="rounded-sm border border-dashed border-line-strong px-1 text-2xs font-medium">{unknown}</span>
      {because !== null && <span className="text-faint"> — {because}</span>}
    </span>
  )
}

export function None({ children }: { children?: ReactNode }) {
  const { none } = useUiWords()
  return <span className="text-faint">{children ?? none}</span>
}

export type Tone = 'plain' | 'good' | 'caution' | 'danger' | 'unknown'
const TONES: Record<Tone, string> = {
  plain: 'border-line text-muted',
  good: 'border-good/50 text-ink',
  caution: 'border-high/60 text-ink',
  danger: 'border-critical/70 text-ink',
  unknown: 'border-dashed border-line-strong text-muted',
}

export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1 rounded-sm border px-1.5 text-2xs font-medium ${TONES[tone]}`}>
      {children}
    </span>
  )
}

/** A key on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-4.5 min-w-4.5 place-items-center rounded-sm border border-line bg-sunken px-1 font-sans text-2xs text-muted">
      {children}
    </kbd>
  )
}
