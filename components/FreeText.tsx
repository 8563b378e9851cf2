'use client'

import { spellOut } from '@/lib/graph/text'
import { Copy } from './ui/Copy'

/** Text that images, containers or processes decide: what the eye could not see of it is spelt out. */
export const FreeText = ({ text }: { text: string }) => spellOut(text)

/** A raw name or address: monospaced, whole, copyable as it is. */
export function Raw({ text, what }: { text: string; what: string }) {
  return (
    <span className="inline-flex max-w-full items-start gap-0.5">
      <span className="min-w-0 font-mono break-all">{spellOut(text)}</span>
      <Copy text={text} what={what} />
    </span>
  )
}
