/** Filtering a real host: by typing, by chips, by focus; in the address bar, and undone with Back. */
import type { Page } from '@playwright/test'
import type { Topology } from '@/lib/topology/types'
import { expect, openMap, shoot, test } from './rig'

const bar = (page: Page) => page.getByRole('region', { name: 'Filter' })
const chips = (page: Page) => bar(page).getByRole('list', { name: 'Conditions' }).getByRole('button')

async function filterBy(page: Page, text: string) {
  await page.keyboard.press('/')
  const box = page.getByRole('combobox', { name: /Search/ })
  await expect(box).toBeFocused()
  await box.fill(text)
  await expect(page.getByRole('option', { name: /^Filter by/ })).toBeVisible()
  await page.keyboard.press('Shift+Enter')
}

/** Labels of containers on the canvas, and whether they are dimmed. */
const containers = (page: Page) =>
  page.evaluate(() =>
    (window.podwireGraph?.nodes('[kind = "container"]').toArray() ?? []).map(node => ({
      name: String(node.data('label')),
      dim: node.hasClass('dim'),
    })),
  )
const bright = async (page: Page) =>
  (await containers(page))
    .filter(({ dim }) => !dim)
    .map(({ name }) => name)
    .toSorted()

test('conditions add up, show as chips, and leave by mouse, by keyboard and by Back', async ({
  page,
  host,
  podwire,
}) => {
  const { hosts }: Topology = await (await fetch(`${podwire.url}/api/v1/topology`)).json()
  const there = hosts.flatMap(({ namespaces }) =>
    namespaces.flatMap(({ id, attachments }) => (attachments.some(one => one.networkName === 'frontend') ? id : [])),
  )
  const onFrontend = hosts.flatMap(each =>
    each.containers.flatMap(one => (there.includes(one.namespaceId) && !one.isInfra ? one.name : [])),
  )
  // The engine itself names those that joined no other's namespace.
  const listed = await host.engine.podman('ps', '-a', '--filter', 'network=frontend', '--format', '{{.Names}}')
  for (const name of listed.trim().split('\n')) if (!name.endsWith('-infra')) expect(onFrontend).toContain(name)
  expect(onFrontend.length).toBeGreaterThan(1)

  await openMap(page, podwire.url)
  const all = (await containers(page)).length
  await filterBy(page, 'net:frontend')
  await expect(chips(page)).toHaveCount(1)
  await expect(page).toHaveURL(/filter=net:frontend/)
  await expect.poll(() => bright(page)).toEqual(onFrontend.toSorted())
  await expect(bar(page).getByRole('status')).toContainText(`${onFrontend.length} of ${all} containers`)

  await filterBy(page, 'is:exposed')
  await expect(chips(page)).toHaveCount(2)
  await expect.poll(async () => (await bright(page)).length).toBeLessThan(onFrontend.length)
  await shoot(page, 'filter-dimmed')

  await page.goBack()
  await expect(chips(page)).toHaveCount(1)
  await expect.poll(() => bright(page)).toEqual(onFrontend.toSorted())
  await page.goForward()
  await expect(chips(page)).toHaveCount(2)

  await chips(page).first().focus()
  await page.keyboard.press('Delete')
  await expect(chips(page)).toHaveCount(1)
  await expect(chips(page).first()).toBeFocused()
  await expect(chips(page).first()).toHaveAccessibleName('Remove the filter is:exposed')
  await chips(page).first().click()
  await expect(bar(page)).toHaveCount(0)
  await expect.poll(async () => (await bright(page)).length).toBe(all)
})

test('a link shows the same, on the map and in the list, dimmed or hidden', async ({ page, podwire }) => {
  await openMap(page, `${podwire.url}/?filter=name:proxy&others=hidden`)
  await expect(chips(page)).toHaveCount(1)
  await expect.poll(() => bright(page)).toEqual(['proxy'])
  // Who shares its namespace is still there: it is one box.
  expect((await containers(page)).map(({ name }) => name).toSorted()).toEqual(['proxy', 'sidecar'])
  await shoot(page, 'filter-hidden')
  await bar(page).getByRole('button', { name: 'Hide the rest' }).click()
  await expect(page).not.toHaveURL(/others=/)
  await expect.poll(async () => (await containers(page)).length).toBeGreaterThan(3)
  expect(await bright(page)).toEqual(['proxy'])

  await page.goto(`${podwire.url}/?filter=name:proxy&view=list`)
  await expect(bar(page).getByRole('status')).toContainText(/^1 of \d+ containers/)
  const names = page.locator('main tbody tr td:first-child a:first-child')
  await expect(names.first()).toHaveText('proxy')
  expect(new Set(await names.allInnerTexts())).toEqual(new Set(['proxy']))
})

test('focus: one hop, two hops, the way out, and hide', async ({ page, podwire }) => {
  await openMap(page, `${podwire.url}/?select=container:db`)
  const focus = page.getByRole('group', { name: 'Focus' })
  await focus.getByRole('button', { name: '1 hop' }).click()
  await expect(page).toHaveURL(/filter=near:container:db&others=hidden/)
  await expect(bar(page)).toBeVisible()
  const near = async () => (await containers(page)).map(({ name }) => name)
  await expect.poll(near).toContain('proxy')
  const oneHop = (await near()).length
  await focus.getByRole('button', { name: '2 hops' }).click()
  await expect(chips(page)).toHaveCount(1)
  await expect.poll(async () => (await near()).length).toBeGreaterThan(oneHop)
  await focus.getByRole('button', { name: 'Way out' }).click()
  await expect.poll(near).toEqual(['db'])
  await bar(page).getByRole('button', { name: 'Clear' }).click()
  await focus.getByRole('button', { name: 'Hide' }).click()
  await expect.poll(near).not.toContain('db')
  await expect.poll(near).toContain('proxy')
})

test('what cannot be is said, and matches nothing', async ({ page, podwire }) => {
  await openMap(page, `${podwire.url}/?filter=port:none`)
  await expect(chips(page).first()).toHaveAccessibleName(/it takes a number from 1 to 65535/)
  await expect(bar(page).getByRole('status')).toContainText(/^0 of/)
  expect(await bright(page)).toEqual([])
})
