'use client'

import { type Mode, modeWordsOf, paragraphOf } from '@/lib/client/words/modes'
import { useAreaWords } from '@/components/use-area-words'

/** What the network modes of the selected thing do, a paragraph each. Their words are loaded with it. */
export function ModeNotes({ modes }: { modes: readonly Mode[] }) {
  const words = useAreaWords(modeWordsOf)
  if (words === null || words === 'failed' || modes.length === 0) return null
  return (
    <dl className="mt-2 space-y-2 text-xs">
      {modes.map(mode => (
        <div key={mode}>
          <dt className="font-medium text-muted">{words[mode].name}</dt>
          <dd className="text-faint">{paragraphOf(words[mode])}</dd>
        </div>
      ))}
    </dl>
  )
}
