'use client'

import { useEffect, useRef } from 'react'
import type { Words } from '@/lib/client/words/catalogue'
import { keysOf } from '@/lib/graph/keys-of'
import { useWords } from '@/components/page-state'
import { Button, IconButton } from '@/components/ui/Button'
import { Kbd } from '@/components/ui/Facts'
import { CloseIcon } from '@/components/ui/icons'

const KEYS: Readonly<Record<keyof Words['shell']['key'], string>> = {
  search: '/',
  filter: 'Shift Enter',
  keys: '?',
  escape: 'Esc',
  view: 'm',
  reach: 'r',
  outside: 'o',
  findings: 'f',
  details: 'd',
  changes: 'c',
  side: 'b',
  arrows: '← ↑ ↓ →',
  enter: 'Enter',
  space: 'Space',
  zoom: '+ − 0',
  pause: 'p',
  theme: 't',
}

export function KeysDialog({ onClose, onTour }: { onClose: () => void; onTour: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const { keys, close, key: does } = useWords().shell
  const { again } = useWords().tour
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-label={keys}
      className="m-auto w-96 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-raised p-4 shadow-pop"
    >
      <div className="mb-3 flex items-center justify-between">
        <h2 className="text-md font-semibold">{keys}</h2>
        <IconButton icon={CloseIcon} name={close} onClick={() => dialog.current?.close()} />
      </div>
      <dl className="grid grid-cols-[6.5rem_1fr] gap-y-2 text-sm">
        {keysOf(KEYS).map(name => (
          <div key={name} className="contents">
            <dt>
              <Kbd>{KEYS[name]}</Kbd>
            </dt>
            <dd className="text-muted">{does[name]}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-4">
        <Button
          onClick={() => {
            // First, for a closing dialog gives the focus back.
            dialog.current?.close()
            onTour()
          }}
        >
          {again}
        </Button>
      </div>
    </dialog>
  )
}
