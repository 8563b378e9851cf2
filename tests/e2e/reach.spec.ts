/** Who reaches whom, on the screen: the same as the API says, and as packets are known to fare on this host. */
import type { Page } from '@playwright/test'
import * as z from 'zod'
import { expectNoViolations } from './axe'
import { clickNode, expect, openMap, shoot, test } from './rig'

const rowSchema = z.object({
  direct: z.array(z.object({ to: z.string(), verdict: z.string() })),
  published: z.array(z.object({ hostIp: z.string(), hostPort: z.number(), protocol: z.string(), verdict: z.string() })),
})
const rowOf = async (url: string, from: string) => {
  const answer = await fetch(`${url}/api/v1/reach?from=${encodeURIComponent(from)}`)
  return rowSchema.parse(await answer.json())
}

/** The verdict that each thing on the canvas is given, by its reference. */
const verdicts = async (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => {
    const said: Record<string, string> = {}
    for (const node of window.podwireGraph?.nodes().toArray() ?? []) {
      const verdict = node.classes().find(name => name.startsWith('verdict-'))
      const ref: unknown = node.data('ref')
      if (verdict !== undefined && typeof ref === 'string' && node.data('kind') !== 'visitor')
        said[ref] = verdict.slice('verdict-'.length)
    }
    return said
  })

const panel = (page: Page) => page.getByRole('article', { name: 'Reach', exact: true })
const bar = (page: Page) => page.getByRole('region', { name: 'Reach', exact: true })

test('one key shows whom the selected container reaches, as the API says', async ({ page, podwire }) => {
  await openMap(page, podwire.url)
  await clickNode(page, 'container:web1')
  await expect(page.getByRole('article', { name: /web1/ })).toBeVisible()
  await page.keyboard.press('r')
  await expect(bar(page)).toContainText('From web1')
  await expect(page).toHaveURL(/reach=(root\/)?container:web1/)
  await expect.poll(async () => Object.keys(await verdicts(page)).length).toBeGreaterThan(10)

  const row = await rowOf(podwire.url, 'container:web1')
  const drawn = await verdicts(page)
  let compared = 0
  for (const { to, verdict } of row.direct) {
    const shown = drawn[to]
    if (shown === undefined) continue
    compared += 1
    // What a published port opens is not blocked, whatever its own addresses are.
    if (shown === 'door') expect(verdict).not.toBe('reachable')
    else expect([to, shown]).toEqual([to, verdict])
  }
  expect(compared).toBeGreaterThan(15)

  // What packets do here: members of one network meet, an internal one is closed, so is a strict one, and nobody stopped answers.
  expect(drawn['container:web2']).toBe('reachable')
  expect(drawn['container:db']).toBe('blocked')
  expect(drawn['container:strict1']).toBe('blocked')
  expect(drawn['container:stopped1']).toBe('blocked')
  expect(drawn['port:*:5432/tcp']).toBe('blocked')

  await expect(panel(page)).toContainText('both are on network frontend')
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  expect(await verdicts(page)).toEqual({})
  await page.goBack()
  await expect(bar(page)).toContainText('From web1')
})

test('a second click draws the way, or marks where it stops and says why', async ({ page, podwire }) => {
  await openMap(page, `${podwire.url}/?reach=container:web1`)
  await expect.poll(async () => (await verdicts(page))['container:iso1']).toBe('reachable')
  await clickNode(page, 'container:iso1')
  await expect(page).toHaveURL(/to=container:iso1/)
  const hops = panel(page)
    .getByRole('listitem')
    .filter({ hasText: /network|host|namespace/ })
  await expect(hops.filter({ hasText: 'frontend' }).first()).toBeVisible()
  await expect(hops.filter({ hasText: 'isolated' }).first()).toBeVisible()
  const way = () => page.evaluate(() => window.podwireGraph?.edges('[kind = "way"]').length ?? 0)
  await expect.poll(way).toBeGreaterThan(2)

  await clickNode(page, 'container:strict1')
  const stop = page.getByRole('paragraph').filter({ hasText: 'Stopped here:' })
  await expect(stop).toContainText('isolation')
  await expect(panel(page)).toContainText('web1 cannot connect to strict1')
  const sign = await page.evaluate(() => {
    const lane = window.podwireGraph
      ?.nodes('[kind = "network"]')
      .toArray()
      .find(one => one.data('label') === 'strictnet')
    const at = window.podwireGraph?.nodes('[sign = "verdict-stop"]').toArray()[0]
    return lane && at ? Math.abs(lane.boundingBox().x1 - at.position('x')) : null
  })
  expect(sign).toBeLessThan(40)
  await page.goBack()
  await expect(panel(page)).toContainText('web1 can connect to what listens in iso1')
})

test('outside is one key: doors and LAN containers by segment, and what only a route opens', async ({
  page,
  podwire,
}) => {
  await openMap(page, podwire.url)
  await page.keyboard.press('o')
  await expect(page).toHaveURL(/reach=(root\/)?outside/)
  await expect.poll(async () => (await verdicts(page))['container:printer']).toBe('reachable')
  const drawn = await verdicts(page)
  expect(drawn['port:*:8080/tcp']).toBe('reachable')
  expect(drawn['port:127.0.0.1:18080/tcp']).toBe('blocked')
  expect(drawn['container:web1']).toBe('routed')
  expect(drawn['container:db']).toBe('blocked')
  expect(drawn['container:airgap']).toBe('blocked')

  const first = panel(page).getByRole('region', { name: /From .*eth0/ })
  await expect(first).toContainText('Any neighbour there')
  await expect(first).toContainText('printer')
  await expect(first).toContainText('*:8080/tcp')
  await expect(first).toContainText('Only if the neighbour routes here')
  await expect(panel(page).getByRole('region', { name: /From .*eth1/ })).toContainText('macpriv')
  await page.keyboard.press('o')
  await expect(bar(page)).toHaveCount(0)
})

test('the matrix is walked by arrows, each cell says its verdict, and Enter opens the way', async ({
  page,
  podwire,
}) => {
  await page.goto(`${podwire.url}/?view=matrix`)
  const grid = page.getByRole('grid')
  await expect(grid.getByRole('gridcell').first()).toBeVisible()
  await grid.focus()
  const active = async () => {
    const id = await grid.getAttribute('aria-activedescendant')
    return page.evaluate(wanted => document.getElementById(wanted ?? '')?.getAttribute('aria-label') ?? '', id)
  }
  await page.keyboard.press('Control+Home')
  const before = await active()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  const after = await active()
  expect(after).not.toBe(before)
  expect(after).toMatch(/ to .*: (reachable|blocked|unknown), /)
  await page.keyboard.press('Control+End')
  expect(await active()).not.toBe(after)
  await page.keyboard.press('Control+Home')

  const cell = grid.getByRole('gridcell', { name: /^proxy to strict1: blocked, isolation/ })
  await cell.click()
  await expect(panel(page)).toContainText('proxy cannot connect to strict1')
  await expect(page).toHaveURL(/view=matrix/)
  await expect(cell).toHaveAttribute('aria-selected', 'true')
})

test('the keyboard alone: ask, choose the other end in the form, turn it round, leave', async ({ page, podwire }) => {
  await openMap(page, podwire.url)
  await page.keyboard.press('/')
  await page.getByRole('combobox', { name: /Search/ }).fill('sockeater')
  await page.keyboard.press('Enter')
  await page.keyboard.press('r')
  await expect(panel(page).getByRole('combobox', { name: 'From', exact: true })).toHaveValue('container:sockeater')
  await panel(page).getByRole('combobox', { name: 'To', exact: true }).focus()
  await page.keyboard.type('db')
  await expect(panel(page)).toContainText('sockeater cannot connect to db')
  await panel(page).getByRole('button', { name: 'Ask the other way round' }).focus()
  await page.keyboard.press('Enter')
  await expect(panel(page)).toContainText('db cannot connect to sockeater')
  await page.getByRole('application').focus()
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/to=/)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/reach=/)
})

test('a change on the host changes the answer without a click', async ({ page, host, podwire }) => {
  await openMap(page, `${podwire.url}/?reach=container:web1`)
  await expect.poll(async () => (await verdicts(page))['container:legacy2']).toBe('reachable')
  await host.engine.podman('stop', '-t', '0', 'legacy2')
  await expect.poll(async () => (await verdicts(page))['container:legacy2'], { timeout: 15_000 }).toBe('blocked')
  await host.engine.podman('start', 'legacy2')
  await expect.poll(async () => (await verdicts(page))['container:legacy2'], { timeout: 15_000 }).toBe('reachable')
})

for (const [name, query] of [
  ['row', 'reach=container:web1'],
  ['way', 'reach=container:web1&to=container:iso1'],
  ['stop', 'reach=container:web1&to=container:strict1'],
  ['outside', 'reach=outside'],
  ['matrix', 'view=matrix'],
] as const)
  test(`axe has nothing to say, pictures for the eye: ${name}`, async ({ page, podwire }) => {
    await page.goto(`${podwire.url}/?${query}`)
    if (name === 'matrix') await expect(page.getByRole('gridcell').first()).toBeVisible()
    else {
      await expect(panel(page)).toContainText(/netavark/)
      await page.waitForFunction(() => window.podwireGraph?.elements('.dim').nonempty())
    }
    await expectNoViolations(page, colorScheme => shoot(page, `reach-${name}-${colorScheme}`))
  })
