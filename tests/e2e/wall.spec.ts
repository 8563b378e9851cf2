/** The wall display: a screen that nobody touches, four metres away. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Finding } from '@/lib/exposure/types'
import type { Host, Topology } from '@/lib/topology/types'
import { startPodwire } from '../lab/server'
import { expect, shoot, test } from './rig'
import { faults, labelOn, openWall, SMALLEST_SIGN } from './wall'

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 2560, height: 1080 },
  { width: 5120, height: 1440 },
  { width: 1080, height: 1920 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const

const asked = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T

/**
 * Doors of a host, counted without a line of the project: ranges count once, and so does a port of two families; what only a
 * bridge of Podman has the address of is none.
 */
function doorsOf({ namespaces, networks }: Host): number {
  const gateways = new Set(
    networks.flatMap(({ driver, subnets }) => (driver === 'bridge' ? subnets.map(({ gateway }) => gateway) : [])),
  )
  const open = namespaces.flatMap(({ id, published }) =>
    published
      .filter(({ scope, forwarded, hostIp }) => scope !== 'loopback' && forwarded !== 'no' && !gateways.has(hostIp))
      .map(port => ({
        ...port,
        id,
        at: `${id} ${port.hostIp} ${port.protocol} ${port.hostPort - port.containerPort}`,
      })),
  )
  const starts = open.filter(port => !open.some(other => other.at === port.at && other.hostPort === port.hostPort - 1))
  const taken = new Set(namespaces.flatMap(({ published }) => published.map(p => `${p.hostPort}/${p.protocol}`)))
  const listeners = namespaces.find(({ kind }) => kind === 'host')?.listeners ?? []
  const own = listeners
    .filter(({ address }) => !address.startsWith('127.') && address !== '::1' && !gateways.has(address))
    .map(({ port, protocol }) => `${port}/${protocol}`)
  return starts.length + new Set(own.filter(port => !taken.has(port))).size
}

test('the headline says what the API knows', async ({ page, podwire }) => {
  await openWall(page, podwire.url)
  const { hosts } = await asked<Topology>(`${podwire.url}/api/v1/topology`)
  const [host] = hosts
  if (host === undefined) throw new Error('no host')
  const known = host.namespaces.find(({ kind }) => kind === 'host')?.listeners !== null
  const count = doorsOf(host)
  expect(count).toBeGreaterThan(5)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    new RegExp(`^${count}${known ? '' : '\\+'}\\s+doors\\s+to\\s+the\\s+outside`),
  )
  const { findings } = await asked<{ findings: Finding[] }>(`${podwire.url}/api/v1/findings`)
  const worst = findings.find(({ suppressed, severity }) => suppressed === null && severity === 'critical')
  expect(worst).toBeDefined()
  const section = page.locator('[data-part=worst]')
  await expect(section).toHaveAttribute('data-severity', 'critical')
  const words = (await section.getByRole('heading').textContent())?.replaceAll(/\s+/g, ' ')
  expect(words).toContain(worst?.subject.name)
  const criticals = findings.filter(one => one.suppressed === null && one.severity === 'critical').length
  await expect(section).toContainText(`${criticals} critical`)

  // Every container is named, or in a count.
  const counted = await page
    .locator('h3 ~ [data-containers]')
    .evaluateAll(all => all.reduce((sum, one) => sum + Number(one.getAttribute('data-containers')), 0))
  const folded = Number(
    /with (\d+) container/.exec((await page.locator('[data-look=more]').allTextContents()).join())?.[1] ?? 0,
  )
  expect(counted + folded).toBe(host.containers.filter(({ isInfra }) => !isInfra).length)
  await shoot(page, 'wall-lab-1920x1080')
})

for (const viewport of SIZES)
  test(`is readable on ${viewport.width} × ${viewport.height}`, async ({ page, podwire }) => {
    await page.setViewportSize(viewport)
    await openWall(page, podwire.url)
    expect(await faults(page, labelOn(viewport))).toEqual([])
    await shoot(page, `wall-${viewport.width}x${viewport.height}`)
  })

for (const theme of ['dark', 'light'] as const)
  test(`axe has nothing to say: ${theme}`, async ({ page, podwire }) => {
    await openWall(page, podwire.url, `theme=${theme}`)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' | ')}`)).toEqual([])
    await shoot(page, `wall-${theme}`)
  })

test('nothing has to be touched, and the pointer goes away', async ({ page, podwire }) => {
  await openWall(page, podwire.url)
  await expect(page.locator('.wall')).toHaveAttribute('data-idle', 'true')
  expect(await page.locator('h1').evaluate(one => getComputedStyle(one).cursor)).toBe('none')
  await page.mouse.move(300, 300)
  await expect(page.locator('.wall')).toHaveAttribute('data-idle', 'false')
})

test('P10 a change is told, and an engine that goes away makes the whole picture look it', async ({
  page,
  host,
  podwire,
}) => {
  await openWall(page, podwire.url)
  await expect(page.locator('[data-part=changes]')).toContainText('No change since')
  await host.engine.podman('run', '-d', '--pull=never', '--name', 'late', '-p', '9977:80', 'localhost/busybox')
  await expect(page.locator('[data-part=changes]')).toContainText('Port 9977 opened to late')
  await expect(page.locator('[data-part=doors]')).toContainText('9977')
  await host.engine.podman('rm', '-f', '-t', '0', 'late')
  await expect(page.locator('[data-part=changes]')).toContainText('late is gone')

  await host.engine.killService()
  const wall = page.locator('.wall')
  await expect(wall).toHaveAttribute('data-stale', 'true', { timeout: 40_000 })
  const alert = page.getByRole('alert').filter({ hasText: 'Not live' })
  const ageOf = async () => Number(/Not live:\s+(\d+)/.exec((await alert.textContent()) ?? '')?.[1])
  const age = await ageOf()
  await expect.poll(ageOf).toBeGreaterThan(age)
  expect(await page.locator('[data-part=doors]').evaluate(one => getComputedStyle(one).filter)).toBe('grayscale(1)')
  expect(await faults(page, 24)).toEqual([])
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await shoot(page, 'wall-stale')
  await host.engine.startService()
  await expect(wall).toHaveAttribute('data-stale', 'false', { timeout: 40_000 })
  await expect(alert).toHaveCount(0)
})

test('its own token opens the wall, once and for good, and nothing else', async ({ browser, host }) => {
  // A page of its own: the form comes with a 401, which a browser tells its console.
  const page = await browser.newPage()
  const [token, wallToken] = ['correct-horse-battery', 'only-for-the-wall']
  const podwire = await startPodwire({ on: host, env: { PODWIRE_TOKEN: token, PODWIRE_WALL_TOKEN: wallToken } }, false)
  const asks: string[] = []
  page.on('request', request => asks.push(`${request.url()} ${JSON.stringify(request.headers())}`))
  await page.goto(`${podwire.url}/wall?theme=light#token=${wallToken}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('doors')
  expect(page.url()).toBe(`${podwire.url}/wall?theme=light`)
  expect(asks.filter(text => text.includes(wallToken))).toEqual([])
  const [cookie, ...more] = await page.context().cookies()
  expect(more).toEqual([])
  expect(cookie).toMatchObject({ name: 'podwire_wall', httpOnly: true, sameSite: 'Strict' })
  await page.goBack().catch(() => null)
  expect(page.url()).not.toContain(wallToken)

  const status = (path: string) => page.request.get(podwire.url + path).then(response => response.status())
  expect(await status('/wall')).toBe(200)
  expect(await status('/api/v1/topology')).toBe(200)
  for (const path of ['/', '/metrics', '/api/v1/reach?from=host', '/api/v1/networks/frontend'])
    expect(await status(path), path).toBe(401)
  await page.close()
  await podwire.stop()
})

test('a fault of the page mends itself', async ({ browser, podwire }) => {
  const page: Page = await browser.newPage()
  await page.addInitScript(() => {
    const loads = Number(sessionStorage.getItem('loads') ?? 0)
    sessionStorage.setItem('loads', String(loads + 1))
    if (loads > 0) return
    Intl.DateTimeFormat.prototype.formatToParts = () => []
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      get: () => () => {
        throw new Error('broken on purpose')
      },
    })
  })
  await page.goto(`${podwire.url}/wall`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('This screen broke')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('doors', { timeout: 20_000 })
  await page.close()
})

test('signs are as large as text', async ({ page, podwire }) => {
  await openWall(page, podwire.url)
  const sizes = await page.locator('.wall img').evaluateAll(all => all.map(one => one.getBoundingClientRect().height))
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(SMALLEST_SIGN * 24 - 0.1)
})
