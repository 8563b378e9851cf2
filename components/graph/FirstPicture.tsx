'use client'

import { useStore } from 'zustand'
import { firstPicture } from '@/lib/client/first-picture'

const ID = 'first-picture'

/** To where the map is going to be, when that is not where the script thought. */
export function moveFirstPicture(place: Element): void {
  const image = document.getElementById(ID)
  if (image === null) return
  const { left, top, width, height } = place.getBoundingClientRect()
  for (const [name, value] of Object.entries({ left, top, width, height })) image.style.setProperty(name, `${value}px`)
}

/**
 * The map before there is one: an image that a script in the page fills and places while the rest of the code is on its way.
 * Who hears the page is not told of it: what it shows is said a moment later, by what can be walked.
 */
export function FirstPicture() {
  const isOver = useStore(firstPicture, state => state.isOver)
  if (isOver) return null
  return (
    // What the script set before React came stays.
    // oxlint-disable-next-line nextjs/no-img-element
    <img
      id={ID}
      alt=""
      hidden
      suppressHydrationWarning
      className="pointer-events-none fixed object-contain bg-canvas"
    />
  )
}
