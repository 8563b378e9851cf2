/** The screens of what can go wrong: each says what is the matter, and what to type. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { startLabHost } from '../lab/host'
import { startPodwire } from '../lab/server'
import { expect, openMap, shoot, test } from './rig'

let folder = ''
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwire-screens-'))
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

async function showsFix(page: Page, url: string, words: RegExp, command: RegExp, name: string): Promise<void> {
  await page.goto(url)
  const main = page.locator('body')
  await expect(main).toContainText(words)
  await expect(main).toContainText(command)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await shoot(page, `screen-${name}`)
}

test('no socket', async ({ page }) => {
  const podwire = await startPodwire({ env: { CONTAINER_HOST: `unix://${folder}/none.sock` } }, false)
  await showsFix(page, podwire.url, /no Podman socket/i, /podman\.socket|podman system service/, 'no-socket')
  await podwire.stop()
})

test('something else than a socket', async ({ page }) => {
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  const podwire = await startPodwire({ env: { CONTAINER_HOST: `unix://${file}` } }, false)
  await showsFix(page, podwire.url, /not a socket/i, /a-file/, 'not-a-socket')
  await podwire.stop()
})

test('a socket that does not speak Podman', async ({ page }) => {
  const path = join(folder, 'other.sock')
  const server = createServer(socket => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi'))
  await new Promise<void>(resolve => void server.listen(path, resolve))
  const podwire = await startPodwire({ env: { CONTAINER_HOST: `unix://${path}` } }, false)
  await showsFix(page, podwire.url, /not Podman|other than Podman/i, /other\.sock/, 'not-podman')
  await podwire.stop()
  server.close()
})

test('permission denied, then the socket is opened and the page finds it by itself', async ({ page, host }) => {
  const env = { CONTAINER_HOST: 'unix:///run/podman/podman.sock' }
  await host.exec('chmod', '700', '/run/podman')
  const podwire = await startPodwire({ on: host, as: 'dev', env }, false)
  await showsFix(page, podwire.url, /permission/i, /sudo|root/, 'permission-denied')
  await host.exec('chmod', '755', '/run/podman')
  await host.exec('chmod', '666', '/run/podman/podman.sock')
  await expect(page.getByRole('application')).toBeVisible({ timeout: 40_000 })
  await host.exec('chmod', '660', '/run/podman/podman.sock')
  await podwire.stop()
})

test('P10 no containers, then an engine that goes away: the last good picture stays, and says how old it is', async ({
  page,
}) => {
  const host = await startLabHost({ suite: 'trixie' })
  const podwire = await startPodwire({ env: { CONTAINER_HOST: `unix://${host.engine.socket}` } })
  await page.goto(podwire.url)
  await expect(page.locator('body')).toContainText(/no containers/i)
  await expect(page.locator('body')).toContainText(/podman run/)
  await shoot(page, 'screen-no-containers')

  await host.engine.podman('run', '-d', '--pull=never', '--name', 'only', 'localhost/busybox')
  await openMap(page, podwire.url)
  await host.engine.killService()
  await expect(page.locator('body')).toContainText(/last good picture/i, { timeout: 30_000 })
  await expect(page.getByRole('application')).toBeVisible()
  await shoot(page, 'screen-stale')
  await host.engine.startService()
  await expect(page.locator('body')).not.toContainText(/last good picture/i, { timeout: 30_000 })
  await podwire.stop()
  await host.stop()
})

test('no Podman at all: the demo, which says so', async ({ page }) => {
  const podwire = await startPodwire({ env: { PATH: folder, XDG_RUNTIME_DIR: folder } })
  await openMap(page, podwire.url)
  await expect(page.locator('body')).toContainText(/demo: a recording/i)
  await expect(page.locator('body')).toContainText(/podman\.socket/)
  await shoot(page, 'screen-demo')
  await podwire.stop()
})
