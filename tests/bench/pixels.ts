/** From the moment that `podman run` has returned to changed pixels in an open browser, on a real host with 30 containers. */
import type { Page } from '@playwright/test'
import { startLabHost } from '../lab/host'
import { startPodwire } from '../lab/server'
import { openBrowser } from './browser'
import { type Budget, median, printTable } from './table'

const ROUNDS = 20

/** Keeps when each name was first drawn as running, by the machine's clock; both ends share it. */
const watch = (page: Page) =>
  page.evaluate(() => {
    const seen: Record<string, number> = Object.create(null)
    Object.assign(window, { seen })
    window.podwireGraph?.on('render', () => {
      const nodes = window.podwireGraph?.nodes('[kind = "container"]').toArray() ?? []
      for (const node of nodes) {
        const name = String(node.data('label'))
        if (node.data('live')) seen[name] ??= performance.timeOrigin + performance.now()
      }
    })
  })

const seenAt = async (page: Page, name: string): Promise<number> => {
  const handle = await page.waitForFunction(
    wanted => (window as Window & { seen?: Record<string, number> }).seen?.[wanted],
    name,
    { polling: 20, timeout: 20_000 },
  )
  return Number(await handle.jsonValue())
}

export async function run(): Promise<Budget[]> {
  const host = await startLabHost({ suite: 'trixie', scenario: 'varied' })
  const podwire = await startPodwire({ on: host })
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' })
    await page.goto(podwire.url)
    await page.waitForFunction(() => (window.podwireGraph?.nodes().length ?? 0) > 0)
    await watch(page)
    const times: number[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      const name = `guest-${round}`
      await host.engine.podman(
        'run',
        '-d',
        '--pull=never',
        '--network',
        'frontend',
        '--name',
        name,
        'localhost/busybox',
      )
      const returned = performance.timeOrigin + performance.now()
      const seen = await seenAt(page, name)
      // The first warms up. Pixels may change before the command returns.
      if (round > 0) times.push(Math.max(0, seen - returned))
      await host.engine.podman('rm', '-f', '-t', '0', name)
    }
    printTable('podman run has returned → changed pixels', [{ what: 'Podman 5.4.2, 1920 × 1080', times }])
    const late = times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN
    const row = (what: string, value: number, most: number): Budget => ({
      what,
      target: `≤ ${most} ms`,
      measured: `${value.toFixed(0)} ms`,
      met: value <= most,
    })
    return [row('run → pixels, median', median(times), 120), row('run → pixels, p95', late, 250)]
  } finally {
    await browser.close()
    await podwire.stop()
    await host.stop()
  }
}
