import { note } from '../lab/times'
import { clickNode, drawn, expect, inTheme, openMap, shoot, test } from './rig'

test('every kind of thing is on the canvas, each container once', async ({ page, host, podwire }) => {
  await openMap(page, podwire.url)
  const things = await drawn(page)
  const kinds = new Set(things.map(thing => thing.kind))
  for (const kind of [
    'segment',
    'host',
    'interface',
    'door',
    'listener',
    'network',
    'namespace',
    'container',
    'visitor',
  ])
    expect(kinds).toContain(kind)
  const labels = (kind: string) => things.filter(thing => thing.kind === kind).map(thing => thing.label)

  const listed = await host.engine.podman('ps', '-a', '--format', '{{.Names}} {{.IsInfra}}')
  const names = listed
    .trim()
    .split('\n')
    .flatMap(line => (line.endsWith(' false') ? [line.split(' ')[0] ?? ''] : []))
  expect(labels('container').toSorted()).toEqual(names.toSorted())

  const networks = (await host.engine.podman('network', 'ls', '--format', '{{.Name}}')).trim().split('\n')
  expect(labels('network').toSorted()).toEqual(networks.toSorted())
  expect(labels('segment').length).toBeGreaterThanOrEqual(2)
})

test('the map is seen before its code is there, in its very place', async ({ page, podwire }) => {
  let goOn = () => {}
  const held = new Promise<void>(resolve => {
    goOn = resolve
  })
  await page.route('**/_next/static/chunks/*.js', async route => {
    await held
    await route.continue()
  })
  await page.goto(podwire.url, { waitUntil: 'commit' })
  const picture = page.locator('#first-picture')
  await expect(picture).toBeVisible()
  const box = await picture.boundingBox()
  await shoot(page, 'first-picture')
  goOn()
  await expect(picture).toHaveCount(0)
  expect((await drawn(page)).length).toBeGreaterThan(10)
  expect(await page.getByRole('application').boundingBox()).toEqual(box)
})

test('a click opens everything that is known, and each fact leads on', async ({ page, podwire }) => {
  await openMap(page, podwire.url)
  await clickNode(page, 'container:proxy')
  const details = page.getByRole('article', { name: /proxy/ })
  await expect(details).toContainText('sidecar')
  await expect(details).toContainText('8080')
  await expect(page).toHaveURL(/container(:|%3A)proxy/)

  await details
    .getByRole('button', { name: /backend/ })
    .or(details.getByRole('link', { name: /backend/ }))
    .first()
    .click()
  const network = page.getByRole('article', { name: /backend/ })
  await expect(network).toContainText('10.90.0.0/24')
  await expect(network).toContainText('db')
  await page.goBack()
  await expect(page.getByRole('article', { name: /proxy/ })).toBeVisible()
})

test('a link opens the same view, by name', async ({ page, podwire }) => {
  await openMap(page, `${podwire.url}/?select=container:web1`)
  const details = page.getByRole('article', { name: /web1/ })
  await expect(details).toContainText('10.89.0.')
  await openMap(page, `${podwire.url}/?select=network:lan`)
  await expect(page.getByRole('article', { name: /lan/ })).toContainText('macvlan')
})

test('search finds by name, address, port and image', async ({ page, podwire }) => {
  await openMap(page, podwire.url)
  for (const [typed, found] of [
    ['netadm', /netadmin/],
    ['8501', /8501/],
    ['198.51.100.150', /printer2/],
    ['strictn', /strictnet/],
  ] as const) {
    await page.keyboard.press('/')
    const box = page.getByRole('combobox', { name: /Search/ })
    await expect(box).toBeFocused()
    await box.fill(typed)
    await expect(page.getByRole('option', { name: found }).first()).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('article')).toBeVisible()
    await page.keyboard.press('Escape')
  }
})

test('a new container is on the canvas within a second, and nothing else moves', async ({ page, host, podwire }) => {
  await openMap(page, podwire.url)
  const before = new Map((await drawn(page)).map(thing => [thing.id, thing]))
  await page.evaluate(() => {
    const graph = window.podwireGraph
    graph?.on('add', 'node', event => {
      if (event.target.data('label') === 'zz-late') document.documentElement.dataset['late'] = String(Date.now())
    })
  })
  await host.engine.podman(
    'run',
    '-d',
    '--pull=never',
    '--name',
    'zz-late',
    '--network',
    'constructor',
    'localhost/busybox',
  )
  const returned = Date.now()
  const seen = await page.waitForFunction(() => document.documentElement.dataset['late'] ?? null)
  const late = Number(await seen.jsonValue()) - returned
  note('browser', 'podman run, drawn', late)
  expect(late).toBeLessThan(1000)

  const after = await drawn(page)
  const moved = after.filter(thing => {
    const old = before.get(thing.id)
    return old !== undefined && (Math.abs(old.x - thing.x) > 0.5 || Math.abs(old.y - thing.y) > 0.5)
  })
  // What stands in its own lane, and below it in the column, may make room.
  const own = after.find(thing => thing.label === 'zz-late')
  expect(moved.filter(thing => own === undefined || thing.y < own.y - 200).map(thing => thing.label)).toEqual([])

  await host.engine.podman('rm', '-f', '-t', '0', 'zz-late')
  await page.waitForFunction(
    () =>
      window.podwireGraph
        ?.nodes()
        .toArray()
        .every(node => node.data('label') !== 'zz-late') ?? false,
  )
})

test('the keyboard alone: find, open, walk on, come back', async ({ page, podwire }) => {
  await openMap(page, podwire.url)
  await page.keyboard.press('/')
  await page.getByRole('combobox', { name: /Search/ }).fill('sockeater')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article', { name: /sockeater/ })).toBeVisible()
  await page.getByRole('application').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article')).not.toHaveAccessibleName(/sockeater/)
  await page.goBack()
  await expect(page.getByRole('article', { name: /sockeater/ })).toBeVisible()
  await page.getByRole('application').focus()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('article')).toHaveCount(0)
})

for (const [name, width, height] of [
  ['1080p', 1920, 1080],
  ['4k', 3840, 2160],
  ['720p', 1280, 720],
  ['phone', 390, 844],
] as const)
  test(`pictures for the eye: ${name}`, async ({ page, podwire }) => {
    await page.setViewportSize({ width, height })
    for (const [what, query] of [
      ['', ''],
      ['-selected', '?select=container:proxy'],
    ] as const) {
      if (name === 'phone') await page.goto(`${podwire.url}/${query}`)
      else await openMap(page, `${podwire.url}/${query}`)
      await expect(page.getByText('proxy').first().or(page.getByRole('application')).first()).toBeVisible()
      if (query !== '') await expect(page.getByRole('article', { name: /proxy/ })).toBeVisible()
      for (const theme of ['dark', 'light'] as const) {
        await inTheme(page, theme)
        await shoot(page, `${theme}-${name}${what}`)
      }
    }
  })
