/** What another network would change, asked on a real host by keyboard alone; and the answer is of that host. */
import AxeBuilder from '@axe-core/playwright'
import { expect, openMap, test } from './rig'

test('what if: asked with the keyboard, told in words, with lines to copy, and nothing for axe to say', async ({
  page,
  podwire,
}) => {
  await openMap(page, `${podwire.url}/?select=container:web1`)
  const opener = page.getByRole('button', { name: 'What if…' })
  await opener.focus()
  await page.keyboard.press('Enter')
  await expect(opener).toHaveAttribute('aria-expanded', 'true')
  const answer = page.getByRole('region', { name: 'What it would change' })
  await expect(answer).toContainText('As host')
  await expect(answer).toContainText('# create web1 again with: --network host')

  await page.getByRole('combobox', { name: 'Network', exact: true }).selectOption('network:backend')
  await page.getByRole('button', { name: 'Show what it changes' }).focus()
  await page.keyboard.press('Enter')
  await expect(answer).toContainText('# create web1 again with: --network backend')
  await expect(answer).toContainText('db, at its own addresses')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)).toEqual([])
})
