'use client'

import { useRef } from 'react'
import { formatTerm, withoutTerm, type Term } from '@/lib/client/filter/parse'
import { usePage, usePageStore, useWords } from '@/components/page-state'
import { Button } from '@/components/ui/Button'
import { CloseIcon } from '@/components/ui/icons'
import { useFilter } from './use-filter'

/** What is filtered: a chip for each condition, how much is left, and whether the rest is dimmed or hidden. */
export function FilterBar() {
  const store = usePageStore()
  const filtered = useFilter()
  const text = usePage(state => state.url.filter)
  const chips = useRef<HTMLUListElement>(null)
  const { filter: words } = useWords()
  if (filtered === null) return null
  const { terms, matches, hideOthers } = filtered
  const remove = (place: number) => {
    store.setFilter(withoutTerm(text, place))
    // The focus stays where the reader is working: on the next chip, or the last.
    requestAnimationFrame(() => {
      const left = chips.current?.querySelectorAll('button') ?? []
      left[Math.min(place, left.length - 1)]?.focus()
    })
  }
  return (
    <section
      aria-label={words.title}
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-surface px-3 py-1.5 text-xs"
    >
      <ul ref={chips} aria-label={words.conditions} className="flex flex-wrap items-center gap-1.5">
        {terms.map((term, place) => (
          <li key={formatTerm(term)}>
            <Chip term={term} onRemove={() => remove(place)} />
          </li>
        ))}
      </ul>
      <output className="text-muted">
        {words.counts(matches.containers, matches.of)}
        {matches.networks > 0 && `, ${words.networks(matches.networks)}`}
        {matches.doors > 0 && `, ${words.doors(matches.doors)}`}
      </output>
      <span className="ml-auto flex gap-1.5">
        <Button aria-pressed={hideOthers} active={hideOthers} onClick={() => store.setFilter(text, !hideOthers)}>
          {words.hideOthers}
        </Button>
        <Button onClick={() => store.setFilter('')}>{words.clear}</Button>
      </span>
    </section>
  )
}

function Chip({ term, onRemove }: { term: Term; onRemove: () => void }) {
  const { filter: words } = useWords()
  const text = formatTerm(term)
  const wrong = term.kind === 'wrong'
  return (
    <button
      type="button"
      aria-label={wrong ? `${words.wrong(text, words.takes[term.field])} ${words.remove(text)}` : words.remove(text)}
      title={wrong ? words.wrong(text, words.takes[term.field]) : words.remove(text)}
      onClick={onRemove}
      onKeyDown={event => {
        if (event.key !== 'Delete' && event.key !== 'Backspace') return
        event.preventDefault()
        onRemove()
      }}
      className={`inline-flex max-w-80 items-center gap-1.5 rounded-full border px-2 py-0.5 font-mono text-2xs hover:bg-hover ${
        wrong ? 'border-dashed border-line-strong text-muted line-through' : 'border-accent text-ink'
      }`}
    >
      <span className="truncate">{text}</span>
      <CloseIcon className="size-3 text-muted" />
    </button>
  )
}
