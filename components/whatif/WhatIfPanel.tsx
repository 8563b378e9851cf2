'use client'

import { useEffect, useRef, useState } from 'react'
import { type Answer, askWhatIf, FIRST_QUESTION, pathOf, type Question } from '@/lib/client/whatif/question'
import { whatIfWordsOf } from '@/lib/client/words/whatif'
import type { Host } from '@/lib/topology/types'
import { WhatIfAnswer } from './WhatIfAnswer'
import { WhatIfForm } from './WhatIfForm'
import { useAreaWords } from '@/components/use-area-words'

/** Choose, and see what would be gained and lost. Asked at once for private beside host. */
export function WhatIfPanel({ host, target }: { host: Host; target: string }) {
  const words = useAreaWords(whatIfWordsOf)
  const [question, setQuestion] = useState(FIRST_QUESTION)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const request = useRef<AbortController | null>(null)

  const ask = (asked: Question) => {
    request.current?.abort()
    const mine = new AbortController()
    request.current = mine
    setAnswer(null)
    askWhatIf(pathOf(host.id, target, asked), mine.signal).then(
      told => {
        if (!mine.signal.aborted) setAnswer(told)
      },
      () => {},
    )
  }
  const first = useRef(ask)
  useEffect(() => {
    first.current(FIRST_QUESTION)
    return () => request.current?.abort()
  }, [])

  if (words === null) return null
  if (words === 'failed')
    return (
      <p role="alert" className="text-xs text-muted" lang="en">
        {FAILED}
      </p>
    )
  return (
    <div className="space-y-3">
      <p className="text-xs text-faint">{words.hint}</p>
      <WhatIfForm
        host={host}
        target={target}
        question={question}
        words={words.form}
        onChange={setQuestion}
        onAsk={() => ask(question)}
      />
      <WhatIfAnswer answer={answer} words={words} />
    </div>
  )
}

/** The one text that cannot come with the others. */
const FAILED = 'A part of this page could not be loaded.'
