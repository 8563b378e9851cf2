/** What changed: listed as it happens, new since the last look, and before and after on the map. By keys alone. */
import type { Page } from '@playwright/test'
import { expectNoViolations } from './axe'
import { drawn, expect, openMap, shoot, test } from './rig'

const panel = (page: Page) => page.getByRole('tabpanel')
const row = (page: Page, what: string, name: string) =>
  panel(page).locator(`li[data-change="${what}"]`).filter({ hasText: name }).first()
const isDrawn = async (page: Page, name: string) =>
  (await drawn(page)).some(({ kind, label }) => kind === 'container' && label === name)
const liveness = async (page: Page, name: string) =>
  (await drawn(page)).find(({ kind, label }) => kind === 'container' && label === name)?.live
const past = (page: Page) => page.getByRole('region', { name: 'The past' })

/** Tabs until the button of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) === name) return
  }
  throw new Error(`no way to ${name} by Tab`)
}

test.afterEach(({ host }) => host.engine.podman('rm', '-f', '-t', '0', '--ignore', 'caller').then(() => undefined))

test('a container that comes, stops and goes: what is new, before and after, and back', async ({
  page,
  host,
  podwire,
}) => {
  test.setTimeout(180_000)
  await openMap(page, podwire.url)
  const tab = page.getByRole('tab', { name: /Changes/ })

  // The first look: nothing yet, and it is said how far back the page knows.
  await page.keyboard.press('c')
  await expect(tab).toHaveAttribute('aria-selected', 'true')
  await expect(panel(page)).toContainText('when this page was opened')
  await expect(panel(page)).toContainText('Nothing changed')
  await page.keyboard.press('f')

  await host.engine.podman(
    'run',
    '-d',
    '--name',
    'caller',
    '--network',
    'frontend',
    '-p',
    '9797:97',
    'localhost/busybox',
  )
  await expect(tab).toContainText(/\d new/)
  await page.keyboard.press('c')
  const fresh = page.getByRole('region', { name: /Since you last looked/ })
  await expect(fresh).toContainText('caller')
  await expect(row(page, 'appeared', 'caller')).toContainText('added')
  await expect(row(page, 'opened', '9797')).toContainText('leads to caller')
  await expect(panel(page).locator('li[data-change="finding"]').first()).toContainText('new finding')
  await expect(tab).not.toContainText('new')

  // Before: it is not there, and the page says that this is the past.
  await tabTo(page, 'caller, added: before and after on the map')
  await page.keyboard.press('Enter')
  await expect(past(page)).toContainText('The map shows the past: just before')
  await expect(past(page)).toContainText('caller is not there')
  await expect.poll(() => isDrawn(page, 'caller')).toBe(false)
  await expect(page.getByRole('application')).toHaveAccessibleName(/past/)
  await page.keyboard.press('b')
  await expect(past(page)).toContainText('just after')
  await expect.poll(() => isDrawn(page, 'caller')).toBe(true)

  // What happens meanwhile is listed, and not drawn: the engine may have been read before it had started.
  const wasLive = await liveness(page, 'caller')
  await host.engine.podman('stop', '-t', '0', 'caller')
  // Whoever reads at the right moment sees that it stops before it has exited.
  await expect(row(page, 'state', '→ exited')).toContainText(/caller(running|stopped) → exited/)
  expect(await isDrawn(page, 'caller')).toBe(true)
  expect(await liveness(page, 'caller')).toBe(wasLive)

  // Back to now, with the focus where it was.
  await page.keyboard.press('Escape')
  await expect(past(page)).toHaveCount(0)
  await expect.poll(() => liveness(page, 'caller')).toBe(false)
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'caller, added: before and after on the map',
  )

  // Looked away while it goes: above the line is that alone.
  await page.keyboard.press('f')
  await host.engine.podman('rm', 'caller')
  await expect(tab).toContainText(/\d new/)
  await page.keyboard.press('c')
  await expect(fresh.locator('li[data-change="vanished"]')).toContainText('removed')
  await expect(fresh.locator('li[data-change="appeared"]')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Seen before' }).locator('li[data-change="appeared"]')).toHaveCount(1)
  // What is gone leads nowhere but to its pictures.
  await expect(fresh.locator('li[data-change="vanished"]').getByRole('link')).toHaveCount(0)
  const button = fresh.locator('li[data-change="vanished"]').getByRole('button')
  await button.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => isDrawn(page, 'caller')).toBe(true)

  // Anything that is about now leaves the past.
  await page.keyboard.press('f')
  await expect(past(page)).toHaveCount(0)
  await expect.poll(() => isDrawn(page, 'caller')).toBe(false)
})

test('the last look is remembered when the page is opened again', async ({ page, host, podwire }) => {
  await openMap(page, podwire.url)
  await page.keyboard.press('c')
  await expect(panel(page)).toContainText('Nothing changed')
  await openMap(page, podwire.url)
  await host.engine.podman('run', '-d', '--name', 'caller', '--network', 'frontend', 'localhost/busybox')
  await expect(page.getByRole('tab', { name: /Changes/ })).toContainText(/\d new/)
  await page.keyboard.press('c')
  await expect(page.getByRole('region', { name: /Since you last looked, at .*\d/ })).toContainText('caller')
})

test('axe has nothing to say of the list and of the past', async ({ page, host, podwire }) => {
  await openMap(page, podwire.url)
  await page.keyboard.press('c')
  await expect(panel(page)).toContainText('Nothing changed')
  await page.keyboard.press('f')
  await host.engine.podman(
    'run',
    '-d',
    '--name',
    'caller',
    '--network',
    'frontend',
    '-p',
    '9797:97',
    'localhost/busybox',
  )
  await expect(page.getByRole('tab', { name: /Changes/ })).toContainText(/\d new/)
  await page.keyboard.press('c')
  await expect(
    row(page, 'finding', '9797')
      .or(row(page, 'finding', 'caller'))
      .first(),
  ).toBeVisible()
  await expectNoViolations(page)
  await row(page, 'appeared', 'caller').getByRole('button').click()
  await page.keyboard.press('b')
  await expect(past(page)).toContainText('just after')
  await expectNoViolations(page, colorScheme => shoot(page, `changes-${colorScheme}`))
})

test('on a phone the sheet gives way to the map, in Spanish', async ({ page, host, podwire }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${podwire.url}/?lang=es`)
  await page.getByRole('button', { name: /Hallazgos/ }).click()
  await page.getByRole('tab', { name: /Cambios/ }).click()
  await expect(panel(page)).toContainText('No cambió nada')
  await host.engine.podman('run', '-d', '--name', 'caller', '--network', 'frontend', 'localhost/busybox')
  await expect(row(page, 'appeared', 'caller')).toContainText('añadido')
  await shoot(page, 'changes-phone')
  await row(page, 'appeared', 'caller').getByRole('button').click()
  await expect(page.getByRole('region', { name: 'El pasado' })).toContainText('caller no está ahí')
  await expect(page.getByRole('application')).toBeVisible()
  await page.getByRole('button', { name: /Volver al presente/ }).click()
  await expect(page.getByRole('application')).toHaveCount(0)
})
