'use client'

/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role -- the WAI-ARIA
   combobox pattern; no element does it, since <datalist> cannot be styled or show two lines. */

import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { buildSearchIndex, search, type SearchEntry } from '@/lib/client/search'
import { formatRef } from '@/lib/topology/ref'
import { usePage, usePageStore, useShownTopology, useWords } from '@/components/page-state'
import { KIND_ICONS } from '@/components/things'
import { Kbd } from '@/components/ui/Facts'
import { FilterIcon, SearchIcon } from '@/components/ui/icons'

export const SEARCH_INPUT_ID = 'podwire-search'

/** A combobox over everything that has a name or an address; Enter selects it on the map. */
export function Search() {
  const store = usePageStore()
  const { values, filter, list } = useWords()
  const query = usePage(state => state.url.q)
  const topology = useShownTopology()
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)

  const index = useMemo(() => (topology === null || !open ? [] : buildSearchIndex(topology)), [topology, open])
  const results = useMemo(() => search(index, query), [index, query])
  const several = (topology?.hosts.length ?? 0) > 1
  const shown = open && query.trim() !== ''
  // The last row filters by what was typed; it is the first when nothing is called so.
  const rows = results.length + 1
  const current = Math.min(active, rows - 1)
  const optionId = (at: number) => `${listId}-${at}`

  useEffect(() => {
    document.getElementById(optionId(current))?.scrollIntoView({ block: 'nearest' })
  })

  const setQuery = (q: string) => {
    store.setUrl({ ...store.getState().url, q })
    setActive(0)
    setOpen(true)
  }
  const filterBy = () => {
    const { url } = store.getState()
    // What was typed leaves no trail in the history; what is filtered by does.
    store.setUrl({ ...url, q: '' })
    store.setFilter(`${url.filter} ${query.trim()}`.trim())
    setOpen(false)
    input.current?.blur()
  }
  const choose = ({ hostId, ref }: SearchEntry) => {
    const { url } = store.getState()
    store.setUrl({ ...url, q: '' })
    store.select({ hostId, ref })
    setOpen(false)
    input.current?.blur()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const move = moves[event.key]
    const chosen = results[current]
    if (move !== undefined && shown) {
      event.preventDefault()
      setActive((current + move + rows) % rows)
    } else if (event.key === 'Enter' && shown && (event.shiftKey || chosen === undefined)) {
      event.preventDefault()
      filterBy()
    } else if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault()
      choose(chosen)
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      if (query !== '') setQuery('')
      else input.current?.blur()
      setOpen(false)
    }
  }
  return (
    <search className="relative w-full max-w-sm min-w-32">
      <SearchIcon className="pointer-events-none absolute top-1.5 left-2.5 size-4 text-faint" />
      <input
        ref={input}
        id={SEARCH_INPUT_ID}
        type="text"
        role="combobox"
        aria-label={list.search.name}
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown ? optionId(current) : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={list.search.hint}
        value={query}
        onChange={event => setQuery(event.target.value)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className="h-7 w-full rounded-md border border-line bg-sunken pr-8 pl-8 text-xs text-ink placeholder:text-faint focus:border-accent focus:outline-1 focus:outline-accent"
      />
      <span className="pointer-events-none absolute top-1 right-1.5">
        <Kbd>/</Kbd>
      </span>
      <ul
        id={listId}
        role="listbox"
        aria-label={list.search.matches}
        hidden={!shown}
        className="absolute top-8 left-0 z-30 max-h-[min(28rem,70vh)] w-full min-w-80 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-pop"
      >
        {results.map((one, at) => {
          const Glyph = KIND_ICONS[one.ref.kind]
          return (
            // The combobox moves through these; focus stays in the field.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <li
              key={`${one.hostId} ${formatRef(one.ref)}`}
              id={optionId(at)}
              role="option"
              aria-selected={at === current}
              onPointerDown={event => event.preventDefault()}
              onClick={() => choose(one)}
              onPointerMove={() => setActive(at)}
              className="flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 aria-selected:bg-chosen"
            >
              <Glyph className="size-3.5 text-muted" />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-xs font-medium text-ink">{one.title}</span>
                {one.detail !== '' && <span className="block truncate text-2xs text-faint">{one.detail}</span>}
              </span>
              <span className="shrink-0 text-2xs text-faint">
                {values.kinds[one.ref.kind]}
                {several && ` · ${one.hostName}`}
              </span>
            </li>
          )
        })}
        {shown && results.length === 0 && (
          <li className="px-3 pt-3 pb-2 text-xs text-faint">{list.search.nothing(query.trim())}</li>
        )}
        {shown && (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <li
            id={optionId(results.length)}
            role="option"
            aria-selected={current === results.length}
            onPointerDown={event => event.preventDefault()}
            onClick={filterBy}
            onPointerMove={() => setActive(results.length)}
            className="flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 aria-selected:bg-chosen"
          >
            <FilterIcon className="size-3.5 text-muted" />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-xs font-medium text-ink">{filter.by(`“${query.trim()}”`)}</span>
              <span className="block truncate text-2xs text-faint">{filter.byHint}</span>
            </span>
            <Kbd>⇧⏎</Kbd>
          </li>
        )}
      </ul>
    </search>
  )
}
