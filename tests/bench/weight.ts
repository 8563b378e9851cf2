/** The scripts that a first visit of the dashboard and of the wall fetches, as the server packs them. */
import type { Page } from '@playwright/test'
import { startLooking } from './browser'
import { type Budget, printCells } from './table'

const MOST_KB = 340
/** A page is taken for loaded when nothing came for as long; the stream never ends, so the network is never idle. */
const QUIET_MS = 1000

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

/** Bytes of the bodies of all scripts, as they were sent. */
async function scriptsOf(page: Page, url: string, isDrawn: string): Promise<{ bytes: number; files: number }> {
  const sizes: Promise<number>[] = []
  page.on('requestfinished', request => {
    if (request.resourceType() === 'script')
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  await page.goto(url)
  await page.locator(isDrawn).first().waitFor()
  for (let before = -1; before !== sizes.length; ) {
    before = sizes.length
    await page.waitForTimeout(QUIET_MS)
  }
  const all = await Promise.all(sizes)
  return { bytes: all.reduce((sum, size) => sum + size, 0), files: all.length }
}

export async function run(): Promise<Budget[]> {
  const looking = await startLooking({ containers: 30, networks: 5 })
  try {
    const pages = [
      { path: '/', isDrawn: '[data-testid=graph] canvas' },
      { path: '/wall', isDrawn: '.wall h1' },
    ]
    const weights = []
    for (const { path, isDrawn } of pages) {
      const page = await looking.visit(false)
      weights.push({ path, ...(await scriptsOf(page, looking.url + path, isDrawn)) })
      await page.context().close()
    }
    printCells('Scripts of a first visit, gzip', [
      ['', 'size', 'files', ''],
      ...weights.map(({ path, bytes, files }) => [path, kilobytes(bytes), String(files), '']),
    ])
    return weights.map(({ path, bytes }) => ({
      what: `JavaScript of ${path}, gzip`,
      target: `≤ ${MOST_KB} kB`,
      measured: kilobytes(bytes),
      met: bytes <= MOST_KB * 1000,
    }))
  } finally {
    await looking.stop()
  }
}
