/** What axe says of a page. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, inTheme } from './rig'

/** The rules that hang on colours. For all others the page is the same in both themes. */
const COLOURS = ['color-contrast', 'link-in-text-block']

const said = async (axe: AxeBuilder): Promise<string[]> =>
  (await axe.analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)

/** What axe leaves out unless told, and WCAG 2.2 AA asks for. */
const ALL = { rules: { 'target-size': { enabled: true } } }

/** Attributes whose values axe's other rules read; of the rest it asks whether they are there, and filled. */
const READ = [
  'role',
  'id',
  'for',
  'tabindex',
  'type',
  'aria-labelledby',
  'aria-controls',
  'aria-hidden',
  'aria-expanded',
]

/** All elements with what those other rules look at, a line each. Texts tell ages: of these only whether there is one. */
const shapeOf = (page: Page): Promise<string[]> =>
  page.evaluate(read => {
    const said = (element: Element) =>
      [...element.attributes]
        .filter(({ name }) => name !== 'data-theme' && name !== 'style')
        .map(({ name, value }) => `${name}=${read.includes(name) ? value : value.trim() !== ''}`)
        .sort()
    const hasText = (element: Element) =>
      [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim() !== '')
    return [...document.querySelectorAll('html, body, body *')].map(element =>
      [element.localName, ...said(element), ...(hasText(element) ? ['text'] : [])].join(' '),
    )
  }, READ)

/** Nothing to say of the page as it is, in the dark, and of its colours in the light. `look` is called in each. */
export async function expectNoViolations(
  page: Page,
  look: (colorScheme: 'dark' | 'light') => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await inTheme(page, 'dark')
  expect(await said(new AxeBuilder({ page }).options(ALL))).toEqual([])
  await look('dark')
  const shape = await shapeOf(page)
  await inTheme(page, 'light')
  expect(await said(new AxeBuilder({ page }).withRules(COLOURS))).toEqual([])
  // What it said of all else in the dark holds in the light: but for its theme, the page is the same.
  await expect.poll(() => shapeOf(page)).toEqual(shape)
  await look('light')
}
