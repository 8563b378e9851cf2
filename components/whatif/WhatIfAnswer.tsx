'use client'

import type { Answer } from '@/lib/client/whatif/question'
import type { ShownOutcome, ShownWhatIf } from '@/lib/client/whatif/schema'
import type { WhatIfWords } from '@/lib/client/words/whatif'
import { ModeNotes } from '@/components/inspector/ModeNotes'
import { CodeBlock } from '@/components/ui/Copy'
import { Differences, countOf } from './Differences'
import { Said } from '@/components/Said'

/** What would be gained and lost, why it cannot be, or why nobody knows. Said when it comes. */
export function WhatIfAnswer({ answer, words }: { answer: Answer | null; words: WhatIfWords }) {
  return (
    <section aria-label={words.answer} aria-busy={answer === null}>
      <p aria-live="polite" className="text-xs font-medium text-ink">
        {summaryOf(answer, words)}
      </p>
      {answer?.kind === 'one' && <Told answer={answer.answer} words={words} />}
      {answer?.kind === 'modes' && (
        <>
          {/* Each beside what is now, under a title of its own. */}
          <ModeTitle>{words.asPrivate}</ModeTitle>
          <ModeNotes modes={['private']} />
          <Brief answer={answer.modes.private} words={words} />
          <ModeTitle>{words.asHost}</ModeTitle>
          <ModeNotes modes={['host']} />
          <Brief answer={answer.modes.host} words={words} />
        </>
      )}
    </section>
  )
}

const ModeTitle = ({ children }: { children: string }) => (
  <h4 className="mt-3 border-t border-line pt-2 text-xs font-semibold text-ink">{children}</h4>
)

function summaryOf(answer: Answer | null, words: WhatIfWords): string {
  if (answer === null) return words.asking
  switch (answer.kind) {
    case 'modes':
      return words.now[answer.modes.now]
    case 'one':
      return summaryOfOne(answer.answer, words)
    case 'problem':
      return answer.because === 'status'
        ? (answer.detail ?? words.problems.status(answer.status))
        : words.problems[answer.because]
  }
}

function summaryOfOne({ outcome }: ShownWhatIf, words: WhatIfWords): string {
  if (outcome === null) return words.refused
  const { gained, lost } = countOf(outcome.difference)
  return gained + lost === 0 ? words.nothing : words.counts(gained, lost)
}

function Brief({ answer, words }: { answer: ShownWhatIf; words: WhatIfWords }) {
  return (
    <>
      <p className="mt-1 text-xs text-ink">{summaryOfOne(answer, words)}</p>
      <Told answer={answer} words={words} />
    </>
  )
}

function Told({ answer, words }: { answer: ShownWhatIf; words: WhatIfWords }) {
  const { refusals, outcome } = answer
  return outcome === null ? (
    <Texts texts={refusals.map(({ because }) => because)} />
  ) : (
    <>
      <Differences difference={outcome.difference} words={words} />
      <Remarks outcome={outcome} words={words} />
      <Lines outcome={outcome} words={words} />
    </>
  )
}

/** The server's own sentences. */
const Texts = ({ texts }: { texts: readonly string[] }) => (
  <ul className="mt-1 list-disc space-y-1 pl-4 text-xs text-muted">
    {texts.map(text => (
      <li key={text}>
        <Said text={text} />
      </li>
    ))}
  </ul>
)

function Remarks({ outcome, words }: { outcome: ShownOutcome; words: WhatIfWords }) {
  const { sections } = words
  return (['assumed', 'unknown'] as const).map(kind => {
    const texts = outcome.remarks.flatMap(one => (one.kind === kind ? one.text : []))
    return (
      texts.length > 0 && (
        <div key={kind} className="mt-3">
          <h4 className="text-2xs font-semibold text-faint">{sections[kind]}</h4>
          <Texts texts={texts} />
        </div>
      )
    )
  })
}

function Lines({ outcome, words }: { outcome: ShownOutcome; words: WhatIfWords }) {
  const { podman, quadlet } = outcome.lines
  return (
    <div className="mt-3 space-y-2">
      <h4 className="text-2xs font-semibold text-faint">{words.sections.lines}</h4>
      {podman === null ? (
        <p className="text-xs text-muted">{words.unsafe}</p>
      ) : (
        <CodeBlock code={podman} what={words.commands} />
      )}
      {quadlet.map(({ file, text }) => (
        <div key={file}>
          <p className="mb-0.5 font-mono text-2xs break-all text-faint">{file}</p>
          {text === null ? (
            <p className="text-xs text-muted">{words.unsafe}</p>
          ) : (
            <CodeBlock code={text} what={words.file(file)} />
          )}
        </div>
      ))}
    </div>
  )
}
