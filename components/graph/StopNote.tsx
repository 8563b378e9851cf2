'use client'

import { useEffect, useRef } from 'react'
import { useWords } from '@/components/page-state'
import type { Canvas } from './canvas'
import { Said } from '@/components/Said'

/** Why a way ends, in words beside the sign that marks the place; it follows the picture. */
export function StopNote({ because, canvas }: { because: string; canvas: Canvas }) {
  const { pair } = useWords().reach
  const note = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    const place = () => {
      const element = note.current
      const frame = element?.parentElement
      const box = canvas.stopBox()
      if (!element || !frame) return
      element.hidden = box === null
      if (box === null) return
      // Below the sign: what it stands before is at its right.
      const { clientWidth, clientHeight } = frame
      const below = box.y2 + 10
      const above = box.y1 - 10 - element.offsetHeight
      element.style.left = `${Math.max(8, Math.min(box.x1 - 16, clientWidth - element.offsetWidth - 8))}px`
      element.style.top = `${below + element.offsetHeight < clientHeight - 8 ? below : Math.max(8, above)}px`
    }
    place()
    canvas.cy.on('viewport render', place)
    return () => {
      canvas.cy.removeListener('viewport render', place)
    }
  })
  return (
    <p
      ref={note}
      className="pointer-events-none absolute z-10 max-w-80 rounded-md border-2 border-critical bg-raised px-2.5 py-1.5 text-sm text-ink shadow-pop"
    >
      <strong className="font-semibold">{pair.stopped}</strong> <Said text={because} />
    </p>
  )
}
