'use client'

import { useEffect, useRef, useState } from 'react'
import { CheckIcon, CopyIcon } from './icons'
import { useUiWords } from './words'

/** navigator.clipboard exists only on https and loopback; a page served on a LAN address copies the old way. */
async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.readOnly = true
    area.className = 'fixed opacity-0'
    document.body.append(area)
    area.select()
    const copied = document.execCommand('copy')
    area.remove()
    return copied
  }
}

type Outcome = 'idle' | 'copied' | 'failed'

/** Copies `text`; `what` tells what it is, for those who cannot see what stands beside it. */
export function Copy({ text, what }: { text: string; what: string }) {
  const { copy: copyWords, copied, copyBarred } = useUiWords()
  const said: Record<Outcome, string> = { idle: '', copied, failed: copyBarred }
  const [outcome, setOutcome] = useState<Outcome>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const copy = async () => {
    setOutcome((await writeClipboard(text)) ? 'copied' : 'failed')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOutcome('idle'), 1600)
  }
  return (
    <>
      <button
        type="button"
        aria-label={copyWords(what)}
        title={outcome === 'idle' ? copyWords(what) : said[outcome]}
        onClick={() => void copy()}
        className="inline-grid size-6 shrink-0 place-items-center rounded-sm align-middle text-faint hover:bg-hover hover:text-ink"
      >
        {outcome === 'copied' ? <CheckIcon className="size-3.5 text-good" /> : <CopyIcon className="size-3.5" />}
      </button>
      <output className="sr-only">{said[outcome]}</output>
    </>
  )
}

/** Lines break between words, and never after the dashes of an option. */
const words = (code: string) =>
  code.split(/(\s+)/).map((word, index) =>
    index % 2 === 1 ? (
      word
    ) : (
      // The same words in the same places: the index is their identity.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={index} className="inline-block max-w-full break-words">
        {word}
      </span>
    ),
  )

/** A command or file to type, with its copy button. */
export function CodeBlock({ code, what }: { code: string; what: string }) {
  return (
    <div className="group relative rounded-md border border-line bg-sunken">
      <pre className="overflow-x-auto py-2 pr-9 pl-3 font-mono text-xs whitespace-pre-wrap break-words text-ink">
        {words(code)}
      </pre>
      <span className="absolute top-1.5 right-1.5">
        <Copy text={code} what={what} />
      </span>
    </div>
  )
}
