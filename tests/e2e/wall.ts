/** What tests of the wall measure. */
import type { Page } from '@playwright/test'
import { expect } from './rig'

/** In labels. */
export const SMALLEST_SIGN = 0.85

/** Height of the smallest text that is promised for a screen. */
export const labelOn = ({ width, height }: { width: number; height: number }): number => {
  const short = Math.min(width, height)
  return short < 720 ? 13 : (24 * Math.max(1080, short)) / 1080
}

/** Opens a wall and waits for its picture. */
export async function openWall(page: Page, url: string, query = ''): Promise<void> {
  await page.goto(`${url}/wall?${query}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/door/)
}

/**
 * Everything that a screen of text may do wrong, in words: text that is too small, leaves its box or the screen, or stands
 * on other text; and bars to scroll with.
 */
export const faults = (page: Page, label: number): Promise<string[]> =>
  page.evaluate(smallest => {
    const found: string[] = []
    const { scrollWidth, scrollHeight } = document.documentElement
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) found.push('the page scrolls')
    const boxes: { text: string; left: number; top: number; right: number; bottom: number }[] = []
    const walker = document.createTreeWalker(document.querySelector('.wall') ?? document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = (node.textContent ?? '').trim()
      const parent = node.parentElement
      if (text === '' || parent === null || parent.closest('.sr-only') !== null) continue
      const size = Number.parseFloat(getComputedStyle(parent).fontSize)
      if (size < smallest - 0.01) found.push(`${text}: ${size} px`)
      const range = document.createRange()
      range.selectNodeContents(node)
      const { left, top, right, bottom } = range.getBoundingClientRect()
      // A line is as high as its font's tallest letters; what is drawn is about the middle of it.
      const inset = (bottom - top - size * 0.75) / 2
      boxes.push({ text, left, right, top: top + inset, bottom: bottom - inset })
      if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) found.push(`${text}: leaves the screen`)
      const frame = parent.closest('li')?.getBoundingClientRect()
      if (frame && (left < frame.left - 1 || right > frame.right + 1)) found.push(`${text}: leaves its box`)
    }
    boxes.forEach((one, index) => {
      for (const other of boxes.slice(index + 1))
        if (
          one.left < other.right - 1 &&
          other.left < one.right - 1 &&
          one.top < other.bottom - 1 &&
          other.top < one.bottom - 1
        )
          found.push(`${one.text} stands on ${other.text}`)
    })
    for (const line of document.querySelectorAll('.wall-tick, .wall-rail')) {
      const { left, right, top, bottom } = line.getBoundingClientRect()
      for (const text of boxes)
        if (left < text.right && text.left < right && top < text.bottom && text.top < bottom)
          found.push(`a line runs through ${text.text}`)
    }
    return found
  }, label)
