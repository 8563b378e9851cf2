'use client'

import { useEffect, useRef } from 'react'
import { IconButton } from '@/components/ui/Button'
import { Kbd } from '@/components/ui/Facts'
import { CloseIcon } from '@/components/ui/icons'

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'search'],
  ['?', 'these keys'],
  ['Esc', 'back from the details; then end the reach, select nothing'],
  ['m', 'map, list or matrix'],
  ['r', 'reach: who can the selected thing connect to'],
  ['o', 'outside: what can be reached from there'],
  ['f', 'findings'],
  ['d', 'details'],
  ['← ↑ ↓ →', 'on the map: walk to neighbours'],
  ['Enter', 'on the map: open the details, fold or unfold; in the matrix: the way'],
  ['Space', 'on the map: select'],
  ['+ − 0', 'on the map: zoom, and fit again'],
  ['p', 'pause or resume live updates'],
  ['t', 'theme'],
]

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-label="Keys"
      className="m-auto w-96 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-raised p-4 shadow-pop"
    >
      <div className="mb-3 flex items-center justify-between">
        <h2 className="text-md font-semibold">Keys</h2>
        <IconButton icon={CloseIcon} name="Close" onClick={() => dialog.current?.close()} />
      </div>
      <dl className="grid grid-cols-[5.5rem_1fr] gap-y-2 text-sm">
        {KEYS.map(([key, does]) => (
          <div key={key} className="contents">
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd className="text-muted">{does}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  )
}
