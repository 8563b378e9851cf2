/** What every browser test has: a real host with a real Podwire on it, and a page that must not complain. */
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { foreignTo } from '../lab/asked'
import { type LabHost, startLabHost } from '../lab/host'
import { type Podwire, startPodwire } from '../lab/server'

interface Rig {
  host: LabHost
  podwire: Podwire
}

/** The tour of the first visit is no part of what the tests look at; tour.spec.ts opens pages of its own. */
const meetBefore = () => {
  try {
    localStorage.setItem('podwire.tour', 'seen')
  } catch {
    // An empty page has no storage.
  }
}

export const test = base.extend<{ complaints: string[] }, Rig>({
  host: [
    // Playwright reads the pattern to know what a fixture needs.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const host = await startLabHost({ suite: 'trixie', scenario: 'varied' })
      await use(host)
      // Whatever the tests did in the page, Podman was asked nothing but the ten reads.
      expect(foreignTo(host.engine)).toEqual([])
      await host.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  podwire: [
    async ({ host }, use) => {
      const podwire = await startPodwire({ on: host })
      await use(podwire)
      await podwire.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  // Errors, and whatever the content security policy refused: there must be none on any page.
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('pageerror', error => complaints.push(String(error)))
      page.on('console', message => {
        const text = message.text()
        // A server that is stopped on purpose is no fault of the page.
        if (message.type() === 'error' && !text.includes('net::ERR_')) complaints.push(text)
      })
      await page.addInitScript(meetBefore)
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

export const SHOTS = join(import.meta.dirname, '..', 'output', 'screenshots')

/** Writes a screenshot for the eye. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

/** Opens a page and waits for its picture. */
export async function openMap(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await expect(page.getByRole('application')).toBeVisible()
  await page.waitForFunction(() => (window.podwireGraph?.nodes().length ?? 0) > 0)
}

/** Colour of containers on the canvas; "" while there is none. */
const groundOf = (page: Page): Promise<string> =>
  page.evaluate(() =>
    String(window.podwireGraph?.nodes('[kind = "container"]').first().style('background-color') ?? ''),
  )

/** The same page as somebody sees it who prefers that theme, its canvas included. */
export async function inTheme(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  const before = await groundOf(page)
  const changes = await page.evaluate(wanted => !matchMedia(`(prefers-color-scheme: ${wanted})`).matches, colorScheme)
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  if (changes && before !== '') await expect.poll(() => groundOf(page)).not.toBe(before)
}

export interface Drawn {
  id: string
  kind: string
  variant: string
  label: string
  ref: string | null
  /** Id of the box that it stands in. */
  within: string | null
  /** Running, up, or with something running behind it. */
  live: boolean
  x: number
  y: number
}

/** The things on the canvas, without their texts. */
export const drawn = (page: Page): Promise<Drawn[]> =>
  page.evaluate(() =>
    (window.podwireGraph?.nodes().toArray() ?? [])
      .filter(node => node.data('kind') !== 'text')
      .map(node => ({
        id: node.id(),
        kind: String(node.data('kind')),
        variant: String(node.data('variant')),
        label: String(node.data('label')),
        ref: node.data('ref') === null ? null : String(node.data('ref')),
        within: node.data('within') ? String(node.data('within')) : null,
        live: Boolean(node.data('live')),
        ...node.position(),
      })),
  )

/** Clicks what a reference names. */
export async function clickNode(page: Page, ref: string): Promise<void> {
  const at = await page.evaluate(wanted => {
    const node = window.podwireGraph
      ?.nodes()
      .toArray()
      .find(one => one.data('ref') === wanted && one.data('kind') !== 'text')
    return node?.renderedPosition() ?? null
  }, ref)
  if (at === null) throw new Error(`${ref} is not on the canvas`)
  await page.getByRole('application').click({ position: at })
}
