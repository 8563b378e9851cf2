/** What axe says of a page. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, inTheme } from './rig'

/** The rules that hang on colours. For all others the page is the same in both themes. */
const COLOURS = ['color-contrast', 'link-in-text-block']

const said = async (axe: AxeBuilder): Promise<string[]> =>
  (await axe.analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)

/** Nothing to say of the page as it is, in the dark, and of its colours in the light. `look` is called in each. */
export async function expectNoViolations(
  page: Page,
  look: (colorScheme: 'dark' | 'light') => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await inTheme(page, 'dark')
  expect(await said(new AxeBuilder({ page }))).toEqual([])
  await look('dark')
  await inTheme(page, 'light')
  expect(await said(new AxeBuilder({ page }).withRules(COLOURS))).toEqual([])
  await look('light')
}
