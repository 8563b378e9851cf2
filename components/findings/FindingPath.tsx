'use client'

import type { FindingHop } from '@/lib/exposure/types'
import { plainly } from '@/lib/client/words/said'
import { useWords } from '@/components/page-state'
import { ContainerIcon, DoorIcon, HostIcon, InterfaceIcon, SegmentIcon, type Icon } from '@/components/ui/icons'

const PowerIcon: Icon = ({ className = 'size-4' }) => (
  <svg viewBox="0 0 16 16" className={`shrink-0 ${className}`} aria-hidden="true">
    <path d="M9 1 3 9h4l-1 6 7-9H8z" fill="currentColor" />
  </svg>
)

const ICONS: Record<FindingHop['kind'], Icon> = {
  segment: SegmentIcon,
  interface: InterfaceIcon,
  door: DoorIcon,
  namespace: ContainerIcon,
  power: PowerIcon,
  host: HostIcon,
}

/** Whose labels are words of the server; the others are names. */
const IS_WORDS: Record<FindingHop['kind'], boolean> = {
  segment: true,
  interface: false,
  door: false,
  namespace: false,
  power: true,
  host: true,
}

/** The way from outside to the host, one step after the other: a shape, a word and a name each. */
export function FindingPath({ path }: { path: readonly FindingHop[] }) {
  const { path: name, steps } = useWords().findings
  return (
    <ol aria-label={name} className="flex flex-wrap items-stretch gap-y-1.5 text-2xs">
      {path.map(({ kind, label }, at) => {
        const StepIcon = ICONS[kind]
        return (
          <li key={`${kind} ${label}`} className="flex min-w-0 items-center">
            {at > 0 && (
              <span aria-hidden="true" className="px-1 text-faint">
                →
              </span>
            )}
            <span className="flex min-w-0 items-center gap-1.5 rounded-md border border-line bg-sunken px-1.5 py-1">
              <StepIcon className="size-3.5 text-muted" />
              <span className="min-w-0">
                <span className="block text-muted">{steps[kind]}</span>
                <span className="block font-mono break-all text-ink">{IS_WORDS[kind] ? plainly(label) : label}</span>
              </span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}
