'use client'

import type { CSSProperties, ReactNode } from 'react'
import { useTheme } from '@/components/page-state'
import { LEADING } from '@/lib/wall/lines'
import type { Block } from '@/lib/wall/headline'
import type { Rect } from '@/lib/wall/frame'
import { signUri } from '@/lib/graph/signs'

export const at = ({ x, y, width, height }: Rect): CSSProperties => ({ left: x, top: y, width, height })

/** Text that was broken into lines already: it is drawn as it is. */
export function Text({ block, className = '' }: { block: Block; className?: string }) {
  const { x, y, width, size, bold, lines } = block
  return (
    <span
      className={`absolute block whitespace-pre ${bold ? 'font-semibold' : ''} ${className}`}
      style={{ left: x, top: y, width, fontSize: size, lineHeight: LEADING }}
    >
      {lines.map((line, index) => (
        <span key={`${index} ${line}`} className="block">
          {line}
        </span>
      ))}
    </span>
  )
}

/** One of the picture's signs; the word stands beside it, or is read out instead. */
export function WallSign({ name, size, says = '' }: { name: string; size: number; says?: string }) {
  const theme = useTheme()
  return (
    // A data URI of a few hundred bytes: there is nothing for an image optimiser to do.
    // oxlint-disable-next-line nextjs/no-img-element
    <img src={signUri(name, theme)} alt={says} className="shrink-0" style={{ width: size, height: size }} />
  )
}

/** Something that is said instead of a picture. */
export function Saying({ label, children }: { label: number; children: ReactNode }) {
  return (
    <div
      className="absolute inset-0 grid content-center justify-items-center gap-[1em] p-[2em] text-center"
      style={{ fontSize: label * 1.6 }}
    >
      {children}
    </div>
  )
}
