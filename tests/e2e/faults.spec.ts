/** What only a browser can show: many tabs, a canvas that is lost, a tab that nobody looks at. */
import type { Page } from '@playwright/test'
import { startEngine, type FakeEngine } from '../engine/engine'
import { containerId, syntheticContainer, syntheticContent } from '../engine/synthetic'
import { type Podwire, startPodwire } from '../lab/server'
import { expect, openMap, test } from './rig'

let engine: FakeEngine
let podwire: Podwire

test.beforeAll(async () => {
  engine = await startEngine(syntheticContent({ containers: 8, networks: 2 }))
  podwire = await startPodwire({ env: { CONTAINER_HOST: `unix://${engine.path}` } })
})
test.afterAll(async () => {
  await podwire.stop()
  await engine.close()
})

function appear(index: number): void {
  engine.put(syntheticContainer({ index, name: `fresh-${index}`, networks: ['net-000'] }))
  engine.emit({ action: 'create', id: containerId(index) })
}

const labels = (page: Page) =>
  page.evaluate(() => (window.podwireGraph?.nodes().toArray() ?? []).map(node => String(node.data('label'))))
const shows = (page: Page, name: string) =>
  expect.poll(async () => (await labels(page)).some(label => label.includes(name))).toBe(true)
const streams = async () =>
  Number(/^podwire_streams (\d+)$/m.exec(await (await fetch(`${podwire.url}/metrics`)).text())?.[1])

test('F33 seven tabs in one browser over HTTP/1.1: one stream for all, and the seventh works', async ({ context }) => {
  const pages = await Promise.all(Array.from({ length: 7 }, () => context.newPage()))
  for (const page of pages) {
    await page.addInitScript(() => localStorage.setItem('podwire.tour', 'seen'))
    await openMap(page, podwire.url)
  }
  expect(await streams()).toBe(1)
  appear(900)
  for (const page of pages) await shows(page, 'fresh-900')
  const [first, ...others] = pages
  await first?.close()
  appear(901)
  for (const page of others) {
    await shows(page, 'fresh-901')
    await page.close()
  }
  await expect.poll(streams).toBe(0)
})

/** How many points of the picture are not those of an empty one. */
const painted = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLCanvasElement>('[role=application] canvas')].reduce((sum, canvas) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let seen = 0
      for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 0) seen += 1
      return sum + seen
    }, 0),
  )
/** As when the graphics process goes away: what was drawn is gone. */
const loseCanvases = (page: Page) =>
  page.evaluate(() => {
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('[role=application] canvas'))
      canvas.getContext('2d')?.reset()
  })
const hide = (page: Page, hidden: boolean) =>
  page.evaluate(isHidden => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden })
    const state = isHidden ? 'hidden' : 'visible'
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

test('F40 the canvas is lost, or the tab was hidden: drawn again when it is seen, and no timers pile up', async ({
  page,
}) => {
  // Counts the timers that wait.
  await page.addInitScript(() => {
    const waiting = new Set<unknown>()
    const after = window.setTimeout.bind(window)
    const cancel = window.clearTimeout.bind(window)
    Object.assign(window, {
      podwireTimers: waiting,
      setTimeout: (call: () => void, ...rest: number[]) => {
        const id: unknown = Reflect.apply(after, window, [
          () => {
            waiting.delete(id)
            call()
          },
          ...rest,
        ])
        waiting.add(id)
        return id
      },
      clearTimeout: (id: number) => {
        waiting.delete(id)
        Reflect.apply(cancel, window, [id])
      },
    })
  })
  const timers = () => page.evaluate(() => (Reflect.get(window, 'podwireTimers') as Set<unknown>).size)
  await openMap(page, podwire.url)
  await expect.poll(() => painted(page)).toBeGreaterThan(10_000)
  const before = await painted(page)

  await loseCanvases(page)
  expect(await painted(page)).toBe(0)
  await page.evaluate(() => {
    for (const canvas of document.querySelectorAll('[role=application] canvas'))
      canvas.dispatchEvent(new Event('contextrestored'))
  })
  await expect.poll(() => painted(page)).toBeGreaterThan(before / 2)

  const waiting = await timers()
  await hide(page, true)
  await loseCanvases(page)
  for (let round = 0; round < 30; round += 1) {
    appear(920 + round)
    engine.remove(containerId(920 + round))
    engine.emit({ action: 'remove', id: containerId(920 + round) })
  }
  appear(990)
  await shows(page, 'fresh-990')
  await hide(page, false)
  await expect.poll(() => painted(page)).toBeGreaterThan(before / 2)
  await expect.poll(timers).toBeLessThanOrEqual(waiting + 2)
})
