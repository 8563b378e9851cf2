'use client'

import { useEffect } from 'react'
import { VIEWS } from '@/lib/client/url'
import { THEME_CHOICES } from '@/lib/client/theme'
import { usePageStore, useSelection } from '@/components/page-state'
import { useAsk, useAskOutside } from '@/components/reach/use-ask'
import { SEARCH_INPUT_ID } from '@/components/search/Search'
import { focusMain } from './focus-main'
import { PANEL_ID } from './SidePanel'
import { useView } from './use-view'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** From the details back to where they were opened; once there, Escape selects nothing. */
const isInPanel = () => document.getElementById(PANEL_ID)?.contains(document.activeElement) ?? false

/** The page's single-letter keys; they rest while somebody types or a dialog is open. */
export function useKeys(onShowKeys: () => void): void {
  const store = usePageStore()
  const { view, show } = useView()
  const selection = useSelection()
  const ask = useAsk()
  const askOutside = useAskOutside()
  useEffect(() => {
    const actions = new Map<string, () => void>([
      ['/', () => document.getElementById(SEARCH_INPUT_ID)?.focus()],
      ['?', onShowKeys],
      ['m', () => show(VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length] ?? 'map')],
      ['r', () => (selection === null ? ask(null) : ask({ hostId: selection.host.id, ref: selection.ref }))],
      ['o', askOutside],
      ['f', () => store.showPanel('findings')],
      ['d', () => store.showPanel('details')],
      ['c', () => store.showPanel('changes')],
      [
        'b',
        () => {
          const { past } = store.getState()
          if (past !== null) store.showPast({ ...past, side: past.side === 'before' ? 'after' : 'before' })
        },
      ],
      ['p', () => (store.getState().held === null ? store.pause() : store.resume())],
      [
        't',
        () => {
          const at = THEME_CHOICES.indexOf(store.getState().theme)
          store.setTheme(THEME_CHOICES[(at + 1) % THEME_CHOICES.length] ?? 'system')
        },
      ],
      // The list of changes keeps the focus, so that the next one is a key away.
      ['Escape', () => (isInPanel() && store.getState().past === null ? focusMain() : store.leave())],
    ])
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || document.querySelector('dialog[open], [popover]:popover-open') !== null) return
      const action = actions.get(event.key)
      if (action === undefined) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [store, view, show, onShowKeys, selection, ask, askOutside])
}
