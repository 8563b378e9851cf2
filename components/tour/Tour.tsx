'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { usePageStore, useWords } from '@/components/page-state'
import { focusMain } from '@/components/shell/focus-main'
import { useAskOutside } from '@/components/reach/use-ask'
import { SEARCH_INPUT_ID } from '@/components/search/Search'
import { Button, IconButton } from '@/components/ui/Button'
import { Kbd } from '@/components/ui/Facts'
import {
  ChevronIcon,
  CloseIcon,
  ContainerIcon,
  DoorIcon,
  NetworkIcon,
  SegmentIcon,
  type Icon,
} from '@/components/ui/icons'
import { rememberVisit } from './first-visit'

const STEPS = ['see', 'ask', 'find'] as const

/**
 * Three steps in a strip below the map, which covers nothing and waits for nobody. Only who asked for the tour is taken to it;
 * Escape ends it wherever the focus is.
 */
export function Tour({ asked, onClose }: { asked: boolean; onClose: () => void }) {
  const [nth, setNth] = useState(0)
  const card = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const { tour } = useWords()
  const step = STEPS[nth] ?? 'see'

  useEffect(() => {
    if (asked) heading.current?.focus()
  }, [asked])
  const close = () => {
    rememberVisit()
    if (card.current?.contains(document.activeElement)) focusMain()
    onClose()
  }
  const closeLatest = useRef(close)
  useEffect(() => {
    closeLatest.current = close
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || document.querySelector('dialog[open], [popover]:popover-open') !== null) return
      if (event.target instanceof HTMLInputElement) return
      event.preventDefault()
      event.stopPropagation()
      closeLatest.current()
    }
    // Before the map and the page, for which Escape means something else.
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
  const go = (to: number) => {
    setNth(to)
    heading.current?.focus()
  }
  return (
    <section
      ref={card}
      aria-label={tour.title}
      className="mb-11 flex shrink-0 flex-wrap items-center gap-x-8 gap-y-2 border-t border-line-strong bg-raised px-4 py-3 md:mb-0"
    >
      <div className="min-w-0 flex-1 basis-96">
        <h2 ref={heading} tabIndex={-1} aria-live="polite" className="text-md font-semibold text-ink">
          {tour[step].title}
        </h2>
        <p className="mt-0.5 text-sm text-muted">{tour[step].text}</p>
      </div>
      {step === 'see' && <Chain />}
      {step === 'ask' && <AskKeys />}
      {step === 'find' && <FindKeys />}
      <div className="ml-auto flex items-center gap-2">
        <span className="text-2xs whitespace-nowrap text-muted">{tour.step(nth + 1, STEPS.length)}</span>
        {nth > 0 && <Button onClick={() => go(nth - 1)}>{tour.back}</Button>}
        {nth < STEPS.length - 1 ? (
          <Button active onClick={() => go(nth + 1)}>
            {tour.next}
          </Button>
        ) : (
          <Button active onClick={close}>
            {tour.done}
          </Button>
        )}
        <IconButton icon={CloseIcon} name={tour.close} onClick={close} />
      </div>
    </section>
  )
}

/** What stands beside what, in the signs of the page. */
function Chain() {
  const { see } = useWords().tour
  const links: readonly [Icon, string][] = [
    [SegmentIcon, see.outside],
    [DoorIcon, see.doors],
    [NetworkIcon, see.networks],
    [ContainerIcon, see.containers],
  ]
  return (
    <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-xs text-ink">
      {links.map(([Glyph, word], index) => (
        <li key={word} className="flex items-center gap-1.5">
          {index > 0 && <ChevronIcon className="size-3 text-faint" />}
          <Glyph className="size-4 text-accent" />
          {word}
        </li>
      ))}
    </ol>
  )
}

function AskKeys() {
  const store = usePageStore()
  const askOutside = useAskOutside()
  const { ask } = useWords().tour
  return (
    <ul className="-ml-1.5 flex flex-wrap">
      <Try keys="r" onTry={() => store.showPanel('reach')}>
        {ask.reach}
      </Try>
      <Try keys="o" onTry={askOutside}>
        {ask.outside}
      </Try>
    </ul>
  )
}

function FindKeys() {
  const store = usePageStore()
  const { find } = useWords().tour
  return (
    <ul className="-ml-1.5 flex flex-wrap">
      <Try keys="f" onTry={() => store.showPanel('findings')}>
        {find.findings}
      </Try>
      <Try keys="c" onTry={() => store.showPanel('changes')}>
        {find.changes}
      </Try>
      <Try keys="/" onTry={() => document.getElementById(SEARCH_INPUT_ID)?.focus()}>
        {find.search}
      </Try>
      <li className="px-1.5 py-1 text-xs text-muted">
        <Kbd>?</Kbd> {find.keys}
      </li>
    </ul>
  )
}

/** A key, which can be clicked as well. */
function Try({ keys, onTry, children }: { keys: string; onTry: () => void; children: ReactNode }) {
  return (
    <li>
      <button
        type="button"
        onClick={onTry}
        className="rounded-sm px-1.5 py-1 text-left text-xs text-muted hover:bg-hover hover:text-ink"
      >
        <Kbd>{keys}</Kbd> {children}
      </button>
    </li>
  )
}
