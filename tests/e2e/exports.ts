/** Taking files along, as somebody at the page does. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect } from './rig'

const NAME = /^podwire-[A-Za-z0-9.-]+-\d{8}T\d{6}Z\.(png|svg|json|csv|mmd|dot)$/

/** Presses the button of this name in the menu of exports; what was downloaded. */
export async function take(page: Page, what: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: 'Export', exact: true }).press('Enter')
  const button = page.getByRole('button', { name: what })
  const [download] = await Promise.all([page.waitForEvent('download'), button.press('Enter')])
  expect(download.suggestedFilename()).toMatch(NAME)
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}
