/** The tour of the first visit: offered once, in nobody's way, and found again. */
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import { expect, openMap, shoot, test } from './rig'

const tour = (page: Page) => page.getByRole('region', { name: 'A short tour' })

/** A reader who was never here. */
async function newcomer(browser: Browser, colorScheme: 'dark' | 'light' = 'dark'): Promise<Page> {
  const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' })
  return context.newPage()
}

test('is offered on the first visit and, once dismissed by Escape, not again', async ({ browser, podwire }) => {
  const page = await newcomer(browser)
  await openMap(page, podwire.url)
  await expect(tour(page)).toContainText('1 of 3')
  // Nobody is taken away from where they are.
  expect(await page.evaluate(() => document.activeElement?.closest('section[aria-label="A short tour"]'))).toBeNull()
  await page.keyboard.press('Escape')
  await expect(tour(page)).toHaveCount(0)
  await openMap(page, podwire.url)
  // Whoever is offered it has it by the time that the page has nothing more to do.
  await page.evaluate(
    () => new Promise(done => requestIdleCallback(() => requestIdleCallback(() => done(null)), { timeout: 5000 })),
  )
  await expect(tour(page)).toHaveCount(0)
  await page.context().close()
})

test('is left out by the address', async ({ browser, podwire }) => {
  const page = await newcomer(browser)
  await openMap(page, `${podwire.url}/?tour=0`)
  await expect(tour(page)).toHaveCount(0)
  await page.goto(`${podwire.url}/wall`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/door/)
  await expect(tour(page)).toHaveCount(0)
  await page.context().close()
})

test('by keys alone from the list of keys: the focus goes there, along, and back to the map', async ({
  page,
  podwire,
}) => {
  await openMap(page, podwire.url)
  await expect(tour(page)).toHaveCount(0)
  await page.keyboard.press('?')
  await page.getByRole('button', { name: 'Show the tour' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0)
  const heading = tour(page).getByRole('heading')
  await expect(heading).toBeFocused()
  for (const nth of [2, 3]) {
    await tour(page).getByRole('button', { name: 'Next' }).focus()
    await page.keyboard.press('Enter')
    await expect(tour(page)).toContainText(`${nth} of 3`)
    await expect(heading).toBeFocused()
  }
  await tour(page).getByRole('button', { name: 'changes' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: /Changes/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(tour(page)).toHaveCount(0)
  await expect(page.getByRole('application')).toBeFocused()
})

for (const colorScheme of ['dark', 'light'] as const)
  test(`axe has nothing to say of its steps: ${colorScheme}`, async ({ browser, podwire }) => {
    const page = await newcomer(browser, colorScheme)
    await openMap(page, podwire.url)
    for (const nth of [1, 2, 3]) {
      await expect(tour(page)).toContainText(`${nth} of 3`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)).toEqual([])
      await shoot(page, `tour-${nth}-${colorScheme}`)
      if (nth < 3) await tour(page).getByRole('button', { name: 'Next' }).click()
    }
    await page.context().close()
  })
