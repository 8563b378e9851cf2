/** The wall over time: many hosts in turn, churn, servers that restart or are updated. */
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type FakeEngine, startEngine } from '../engine/engine'
import { containerId, syntheticContainer, syntheticContent } from '../engine/synthetic'
import { startPodwire } from '../lab/server'
import { expect, shoot, test } from './rig'
import { faults, labelOn, openWall } from './wall'

const engineOf = (containers: number, networks: number) => startEngine(syntheticContent({ containers, networks }))

async function started(engine: FakeEngine, env: Record<string, string> = {}) {
  await engine.start()
  return startPodwire({ env: { CONTAINER_HOST: `unix://${engine.path}`, ...env } })
}

test('5 and 500 containers both look composed', async ({ page }) => {
  test.setTimeout(240_000)
  for (const [containers, networks] of [
    [5, 2],
    [500, 60],
  ] as const) {
    const engine = await engineOf(containers, networks)
    const podwire = await started(engine)
    for (const viewport of [
      { width: 1920, height: 1080 },
      { width: 3840, height: 2160 },
      { width: 1080, height: 1920 },
      { width: 5120, height: 1440 },
    ]) {
      await page.setViewportSize(viewport)
      await openWall(page, podwire.url)
      expect(await faults(page, labelOn(viewport)), `${containers} on ${viewport.width}`).toEqual([])
      await shoot(page, `wall-${containers}-${viewport.width}x${viewport.height}`)
    }
    await podwire.stop()
    await engine.close()
  }
})

test('several hosts take turns', async ({ page }) => {
  const engines = [await engineOf(3, 1), await engineOf(4, 1)]
  const home = await mkdtemp(join(tmpdir(), 'podwire-wall-'))
  await mkdir(join(home, '.config', 'containers'), { recursive: true })
  const connections = Object.fromEntries(engines.map(({ path }, index) => [`host${index}`, { URI: `unix://${path}` }]))
  await writeFile(
    join(home, '.config', 'containers', 'podman-connections.json'),
    JSON.stringify({ Connection: { Default: 'host0', Connections: connections } }),
  )
  for (const engine of engines) await engine.start()
  const podwire = await startPodwire({ env: { HOME: home } })
  const status = page.locator('[data-part=status]')
  await openWall(page, podwire.url, 'rotate=5')
  await expect(status).toContainText('1 of 2')
  const first = await status.getAttribute('aria-label')
  await expect(status).toContainText('2 of 2')
  await expect(status).not.toHaveAttribute('aria-label', first ?? '')
  await expect(status).toContainText('1 of 2')
  await openWall(page, podwire.url, 'host=host1')
  await expect(status).toHaveAttribute('aria-label', 'host1')
  await expect(status).not.toContainText('of 2')
  await podwire.stop()
  for (const engine of engines) await engine.close()
  await rm(home, { recursive: true })
})

/** An address that stays while the server behind it is replaced. */
async function startRelay() {
  const relay: { port: number; server: Server } = { port: 0, server: createServer() }
  relay.server.on('connection', near => {
    const far = connect(relay.port, '127.0.0.1')
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
  })
  await once(relay.server.listen(0, '127.0.0.1'), 'listening')
  const { port } = relay.server.address() as AddressInfo
  return { relay, url: `http://127.0.0.1:${port}`, name: `127.0.0.1:${port}` }
}

const portOf = (url: string) => Number(new URL(url).port)
const marked = (page: Page) => page.evaluate(() => document.documentElement.dataset['marked'] ?? null)

test('a server that restarts is found again, and what changed meanwhile is told', async ({ browser }) => {
  // A page of its own: the form comes with a 401, which a browser tells its console.
  const page = await browser.newPage()
  const engine = await engineOf(6, 2)
  const { relay, url, name } = await startRelay()
  const tokens = {
    PODWIRE_TOKEN: 'correct-horse-battery',
    PODWIRE_WALL_TOKEN: 'only-for-the-wall',
    PODWIRE_HOSTS: name,
  }
  await engine.start()
  const start = async () => {
    const podwire = await startPodwire({ env: { CONTAINER_HOST: `unix://${engine.path}`, ...tokens } }, false)
    relay.port = portOf(podwire.url)
    return podwire
  }
  const first = await start()
  await page.goto(`${url}/wall#token=only-for-the-wall`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('door')
  await page.evaluate(() => {
    document.documentElement.dataset['marked'] = 'yes'
  })
  await first.stop()
  await expect(page.locator('[data-fresh]')).toContainText(/Reconnecting/)
  engine.put(syntheticContainer({ index: 77, name: 'newcomer', networks: ['net-000'] }))
  const second = await start()
  await expect(page.locator('[data-fresh]')).toContainText('Live', { timeout: 40_000 })
  await expect(page.locator('[data-part=changes]')).toContainText('newcomer is new')
  await expect(page.locator('.wall')).toContainText('newcomer')
  expect(await marked(page)).toBe('yes')
  await page.close()
  await second.stop()
  relay.server.close()
  await engine.close()
})

test('another build is loaded, once', async ({ page, podwire }) => {
  const topology = await (await fetch(`${podwire.url}/api/v1/topology`)).json()
  let streams = 0
  let loads = 0
  page.on('load', () => (loads += 1))
  // What a shared worker asks for cannot be answered here.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'))
  await page.route('**/api/v1/stream', route => {
    const ping = { revision: 0, serverTime: '', build: streams === 0 ? 'old' : 'new', hosts: [] }
    streams += 1
    return route.fulfill({
      contentType: 'text/event-stream',
      body: `event: topology\ndata: ${JSON.stringify(topology)}\n\nevent: ping\ndata: ${JSON.stringify(ping)}\n\n`,
    })
  })
  await page.goto(`${podwire.url}/wall`)
  await expect.poll(() => loads, { timeout: 30_000 }).toBe(2)
  const before = streams
  await expect.poll(() => streams, { timeout: 30_000 }).toBeGreaterThan(before + 2)
  expect(loads).toBe(2)
})

test('F39 a wall for a day, its changes compressed: hundreds of them leave nothing behind, and nothing moves without one', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const engine = await engineOf(60, 8)
  const podwire = await started(engine)
  await openWall(page, podwire.url)
  const client = await page.context().newCDPSession(page)
  await client.send('Performance.enable')
  const measure = async () => {
    await client.send('HeapProfiler.collectGarbage')
    const { metrics } = await client.send('Performance.getMetrics')
    const value = (name: string) => metrics.find(one => one.name === name)?.value ?? 0
    return { nodes: value('Nodes'), listeners: value('JSEventListeners'), heap: value('JSHeapUsedSize') }
  }
  const revision = async () =>
    ((await (await fetch(`${podwire.url}/api/v1/topology`)).json()) as { revision: number }).revision
  /** Containers come, stop and go. */
  const churn = async (rounds: number) => {
    for (let round = 0; round < rounds; round += 1) {
      const index = 1000 + (round % 20)
      const id = containerId(index)
      const action = ['create', 'died', 'remove'][Math.floor(round / 20) % 3] ?? 'create'
      const given = { index, name: `guest-${index}`, networks: [`net-00${round % 8}`] }
      if (action === 'create') engine.put(syntheticContainer({ ...given, hostPort: 30_000 + index }))
      else if (action === 'died') engine.put(syntheticContainer({ ...given, state: 'exited' }))
      else engine.remove(id)
      engine.emit({ action, id, name: given.name })
      await page.waitForTimeout(150)
    }
  }
  // The log of changes and the caches fill up first.
  await churn(120)
  const [before, from] = [await measure(), await revision()]
  await churn(300)
  const [after, to] = [await measure(), await revision()]
  console.log('churn', to - from, JSON.stringify({ before, after }))
  expect(to - from).toBeGreaterThan(150)
  expect(after.nodes).toBeLessThan(before.nodes * 1.1)
  expect(after.listeners).toBeLessThanOrEqual(before.listeners * 1.1)
  expect(after.heap).toBeLessThan(before.heap * 1.25)

  const places = () =>
    page
      .locator('.wall [data-door], .wall [data-chip], .wall [data-box] > div')
      .evaluateAll(all => all.map(one => one.getAttribute('style')))
  const still = await places()
  expect(still.length).toBeGreaterThan(20)
  for (let look = 0; look < 10; look += 1) {
    await page.waitForTimeout(300)
    expect(await places()).toEqual(still)
  }
  await shoot(page, 'wall-after-churn')
  await podwire.stop()
  await engine.close()
})
