'use client'

import { useStore } from 'zustand'
import { spellOut } from '@/lib/graph/text'
import { saying, wholly, type Told } from '@/lib/client/words/said'
import { Unknown } from './ui/Facts'

/** A text of the server in the reader's language; what of it is not known there is marked as English. */
export function Said({ text }: { text: string }) {
  const parts = useStore(saying, ({ say, topology }) => say?.(text, topology) ?? null)
  if (parts === null) return spellOut(text)
  return parts.map((part, index) =>
    part.lang === null ? (
      spellOut(part.text)
    ) : (
      <span key={`${index} ${part.text}`} lang={part.lang}>
        {spellOut(part.text)}
      </span>
    ),
  )
}

/** As `Unknown`, with a reason of the server. */
export const UnknownSaid = ({ because }: { because: string | null }) => (
  <Unknown because={because === null ? null : <Said text={because} />} />
)

/** For one line of one language, drawn anew when the language changes. */
export function useTold(text: string): Told {
  useStore(saying, ({ say }) => say)
  return wholly(text)
}
