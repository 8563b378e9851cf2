'use client'

import { useLayoutEffect, useRef } from 'react'

interface TooltipProps {
  text: string
  /** Of what it speaks, relative to the picture. */
  box: { x1: number; y1: number; x2: number; y2: number } | null
}

/** Says in words what the pointer is on: below it, or above where there is no room. */
export function Tooltip({ text, box }: TooltipProps) {
  const tip = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = tip.current
    const frame = element?.parentElement
    if (!element || !frame || box === null) return
    const { clientWidth: width, clientHeight: height } = frame
    const below = box.y2 + 8
    const top = below + element.offsetHeight <= height ? below : Math.max(4, box.y1 - 8 - element.offsetHeight)
    element.style.left = `${Math.max(4, Math.min(box.x1, width - element.offsetWidth - 4))}px`
    element.style.top = `${top}px`
  })
  if (box === null) return null
  return (
    <div
      ref={tip}
      role="tooltip"
      className="pointer-events-none absolute z-20 max-w-96 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs break-words text-ink shadow-pop"
    >
      {text}
    </div>
  )
}
