'use client'

import type { FindingHop } from '@/lib/exposure/types'
import { ContainerIcon, DoorIcon, HostIcon, InterfaceIcon, SegmentIcon, type Icon } from '@/components/ui/icons'

const PowerIcon: Icon = ({ className = 'size-4' }) => (
  <svg viewBox="0 0 16 16" className={`shrink-0 ${className}`} aria-hidden="true">
    <path d="M9 1 3 9h4l-1 6 7-9H8z" fill="currentColor" />
  </svg>
)

const STEPS: Record<FindingHop['kind'], { icon: Icon; word: string }> = {
  segment: { icon: SegmentIcon, word: 'segment' },
  interface: { icon: InterfaceIcon, word: 'interface' },
  door: { icon: DoorIcon, word: 'door' },
  namespace: { icon: ContainerIcon, word: 'container' },
  power: { icon: PowerIcon, word: 'power' },
  host: { icon: HostIcon, word: 'becomes' },
}

/** The way from outside to the host, one step after the other: a shape, a word and a name each. */
export function FindingPath({ path }: { path: readonly FindingHop[] }) {
  return (
    <ol aria-label="The way from outside to the host" className="flex flex-wrap items-stretch gap-y-1.5 text-2xs">
      {path.map(({ kind, label }, at) => {
        const { icon: StepIcon, word } = STEPS[kind]
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
                <span className="block text-muted">{word}</span>
                <span className="block font-mono break-all text-ink">{label}</span>
              </span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}
