'use client'

import dynamic from 'next/dynamic'
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import type { Panel } from '@/lib/client/store'
import { FindingsPanel } from '@/components/findings/FindingsPanel'
import { useFindings } from '@/components/findings/use-findings'
import { usePage, usePageStore, useSelection, useWords } from '@/components/page-state'
import { IconButton } from '@/components/ui/Button'
import { CloseIcon } from '@/components/ui/icons'
import { useNarrow } from './use-view'

const Inspector = dynamic(() => import('@/components/inspector/Inspector').then(module => module.Inspector), {
  ssr: false,
})
const ReachPanel = dynamic(() => import('@/components/reach/ReachPanel').then(module => module.ReachPanel), {
  ssr: false,
})

const ChangesPanel = dynamic(() => import('@/components/changes/ChangesPanel').then(module => module.ChangesPanel), {
  ssr: false,
})

const PANELS: readonly Panel[] = ['findings', 'details', 'reach', 'changes']

const WIDTH_KEY = 'podwire.panel'
const NARROWEST = 320
const WIDEST = 720
const clamp = (width: number) => Math.min(WIDEST, Math.max(NARROWEST, Math.round(width)))

function storedWidth(): number {
  try {
    return clamp(Number(localStorage.getItem(WIDTH_KEY)) || 400)
  } catch {
    return 400
  }
}

export const PANEL_ID = 'side-panel'

/** Moves the focus to the panel, once it shows what it was told to. */
export function focusPanel(): void {
  requestAnimationFrame(() => document.getElementById(PANEL_ID)?.focus())
}

/** Findings and details, beside the picture; on a narrow screen a sheet over it. */
export function SidePanel() {
  const narrow = useNarrow()
  const open = usePage(state => state.sheet)
  const [width, setWidth] = useState(storedWidth)
  const { panelName } = useWords().shell
  if (narrow) return open ? <Sheet /> : <SheetOpener />
  return (
    <aside
      className="relative flex shrink-0 flex-col border-l border-line bg-surface"
      style={{ width: `${width / 16}rem` }}
      aria-label={panelName}
    >
      <Resizer width={width} onResize={setWidth} />
      <PanelContent />
    </aside>
  )
}

function Sheet() {
  const store = usePageStore()
  const dialog = useRef<HTMLDialogElement>(null)
  const { panelName } = useWords().shell
  useEffect(() => {
    dialog.current?.showModal()
    // Else the first button has the focus, which says nothing of what was opened.
    focusPanel()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-label={panelName}
      onClose={() => store.closeSheet()}
      className="m-0 flex h-dvh max-h-none w-screen max-w-none flex-col bg-surface"
    >
      <PanelContent inSheet />
    </dialog>
  )
}

/** On a narrow screen: the way to the findings. */
function SheetOpener() {
  const store = usePageStore()
  const count = useFindings()?.active.length ?? null
  const { tabs } = useWords().shell
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 flex border-t border-line bg-surface">
      <button
        type="button"
        className="h-11 flex-1 text-sm font-medium text-ink"
        onClick={() => store.showPanel('findings')}
      >
        {tabs.findings} {count !== null && <span className="text-muted">{count}</span>}
      </button>
    </div>
  )
}

function PanelContent({ inSheet = false }: { inSheet?: boolean }) {
  const store = usePageStore()
  const panel = usePage(state => state.panel)
  const selection = useSelection()
  const { tabs, panel: panelWord, back } = useWords().shell
  const count = useFindings()?.active.length ?? null
  const shownKey = panel === 'details' ? JSON.stringify(selection?.ref ?? null) : panel
  return (
    <>
      <div className="flex h-10 shrink-0 items-center border-b border-line px-2">
        <div role="tablist" aria-label={panelWord} className="flex flex-1 gap-1">
          <Tab panel="findings" shown={panel} onShow={store.showPanel}>
            {tabs.findings} {count !== null && <span className="text-faint">{count}</span>}
          </Tab>
          <Tab panel="details" shown={panel} onShow={store.showPanel}>
            {tabs.details}
          </Tab>
          <Tab panel="reach" shown={panel} onShow={store.showPanel}>
            {tabs.reach}
          </Tab>
          <Tab panel="changes" shown={panel} onShow={store.showPanel}>
            {tabs.changes} {panel !== 'changes' && <NewChanges />}
          </Tab>
        </div>
        {/* Details have their own. */}
        {inSheet && (panel !== 'details' || selection === null) && (
          <IconButton icon={CloseIcon} name={back} onClick={() => store.closeSheet()} />
        )}
      </div>
      <div
        // Each thing begins at its top.
        key={shownKey}
        id={PANEL_ID}
        role="tabpanel"
        aria-labelledby={`tab-${panel}`}
        tabIndex={-1}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-6"
      >
        {panel === 'findings' && <FindingsPanel />}
        {panel === 'details' && <Inspector selection={selection} />}
        {panel === 'reach' && <ReachPanel />}
        {panel === 'changes' && <ChangesPanel />}
      </div>
    </>
  )
}

/** How many changes nobody has looked at yet. */
function NewChanges() {
  const count = usePage(({ history, url: { host } }) =>
    history === null
      ? 0
      : history.log.changes.filter(
          ({ number, at, hostId }) =>
            number >= history.looked.number && at > history.looked.seen && (host === null || hostId === host),
        ).length,
  )
  const { newOnes } = useWords().changes
  if (count === 0) return null
  return <span className="rounded-full bg-accent px-1.5 text-2xs font-semibold text-on-accent">{newOnes(count)}</span>
}

function Tab({
  panel,
  shown,
  onShow,
  children,
}: {
  panel: Panel
  shown: Panel
  onShow: (panel: Panel) => void
  children: ReactNode
}) {
  const chosen = panel === shown
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const step = event.key === 'ArrowRight' ? 1 : PANELS.length - 1
    const other = PANELS[(PANELS.indexOf(panel) + step) % PANELS.length] ?? panel
    onShow(other)
    document.getElementById(`tab-${other}`)?.focus()
  }
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${panel}`}
      aria-selected={chosen}
      aria-controls={PANEL_ID}
      tabIndex={chosen ? 0 : -1}
      onClick={() => onShow(panel)}
      onKeyDown={onKeyDown}
      className="relative inline-flex h-10 items-center gap-1.5 px-2.5 text-xs font-medium text-muted hover:text-ink aria-selected:text-ink aria-selected:after:absolute aria-selected:after:inset-x-2 aria-selected:after:bottom-0 aria-selected:after:h-0.5 aria-selected:after:rounded-full aria-selected:after:bg-accent"
    >
      {children}
    </button>
  )
}

/** The panel's left edge: drag it, or focus it and use the arrow keys. */
function Resizer({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const resize = (next: number) => {
    onResize(clamp(next))
    try {
      localStorage.setItem(WIDTH_KEY, String(clamp(next)))
    } catch {
      // Storage may be barred; then the width lasts as long as the page.
    }
  }
  const { panelWidth } = useWords().shell
  const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
  const onPointerMove = (event: PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize((window.innerWidth - event.clientX) / rem())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: 24, ArrowRight: -24 }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    resize(width + step)
  }
  return (
    // A separator that can be focused is a widget (WAI-ARIA), which the rule does not know.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <hr
      aria-orientation="vertical"
      aria-label={panelWidth}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      className="absolute inset-y-0 -left-1 z-10 h-auto w-2 border-0 cursor-col-resize touch-none transition-colors hover:bg-chosen focus-visible:bg-chosen"
    />
  )
}
