'use client'

import { useEffect, useRef } from 'react'
import type { Canvas } from './canvas'

/** Why a way ends, in words beside the sign that marks the place; it follows the picture. */
export function StopNote({ words, canvas }: { words: string; canvas: Canvas }) {
  const note = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    const place = () => {
      const element = note.current
      const frame = element?.parentElement
      const box = canvas.stopBox()
      if (!element || !frame) return
      element.hidden = box === null
      if (box === null) return
      const right = box.x2 + 8
      const fits = right + element.offsetWidth <= frame.clientWidth - 8
      const left = fits ? right : Math.max(8, box.x1 - 8 - element.offsetWidth)
      const middle = (box.y1 + box.y2) / 2 - element.offsetHeight / 2
      element.style.left = `${left}px`
      element.style.top = `${Math.max(8, Math.min(middle, frame.clientHeight - element.offsetHeight - 8))}px`
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
      <strong className="font-semibold">Stopped here:</strong> {words}
    </p>
  )
}
