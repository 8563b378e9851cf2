/** A browser before a real server, that reads an engine of any size. */
import { type Browser, chromium, type Page } from '@playwright/test'
import { startMeasured } from './server'

export interface Looking {
  url: string
  /** Another visitor at 1920 × 1080, without a cache; `before` says whether they met the tour before. */
  visit: (before?: boolean) => Promise<Page>
  stop: () => Promise<void>
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['PODWIRE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })

export async function startLooking(size: { containers: number; networks: number }): Promise<Looking> {
  const server = await startMeasured(size)
  const browser = await openBrowser()
  return {
    url: server.podwire.url,
    async visit(before = true) {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
      // The loader that runs these scripts wraps the functions that they send to the page in a helper of its own.
      await page.addInitScript('globalThis.__name = made => made')
      if (before) await page.addInitScript(() => localStorage.setItem('podwire.tour', 'seen'))
      return page
    },
    async stop() {
      await browser.close()
      await server.stop()
    },
  }
}
