/** A real Podman with everything in names and labels that it lets through, seen in a real browser: all of it stays text. */
import type { Page } from '@playwright/test'
import { Agent, request } from 'undici'
import { foreignTo } from '../lab/asked'
import type { Engine } from '../lab/host'
import { take } from './exports'
import { drawn, expect, openMap, test } from './rig'
import { openWall } from './wall'

const MARKUP = '<img src=x onerror="pwned=1">\'</script><script>pwned=2</script><svg onload="pwned=3">'
const IMAGE = 'org.opencontainers.image'

/** Parsed, so that __proto__ is a key like any other. */
const LABELS: Record<string, string> = {
  ...JSON.parse('{"__proto__": "x", "constructor": "y"}'),
  [MARKUP]: MARKUP,
  [`${IMAGE}.title`]: MARKUP,
  [`${IMAGE}.url`]: 'javascript:pwned=4',
  [`${IMAGE}.source`]: 'red; background-image: url(http://evil.example/x.png)',
  [`${IMAGE}.version`]: 'safe\u202Egpj.exe\u200B\uFEFF',
  PODMAN_SYSTEMD_UNIT: 'x\u001b[2J\u001b]0;title\u0007\r\nevent: bye\r\n\r\n.service',
  'com.docker.compose.project': 'm'.repeat(1_000_000),
}
/** Valid names, and members of every JavaScript object, or more than a selector takes. */
const NAMES = ['toString', 'hasOwnProperty', 'valueOf', 'a.b-c', 'a', 'n'.repeat(120)]
const SUBJECT = 'hostile'

/** Sends to the engine what the command line has no room for; the answer's body. */
async function post(engine: Engine, path: string, body?: unknown): Promise<void> {
  const agent = new Agent({ connect: { socketPath: engine.socket } })
  const answer = await request(`http://podman/v4.0.0/libpod${path}`, {
    dispatcher: agent,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const said = await answer.body.text()
  await agent.close()
  if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}: ${said.slice(0, 300)}`)
}

const CREATE = '/containers/create'
const container = (name: string, more: object = {}) => ({
  name,
  image: 'localhost/busybox',
  netns: { nsmode: 'bridge' },
  networks: { frontend: {} },
  ...more,
})

test.beforeAll(async ({ host }) => {
  const { engine } = host
  for (const name of NAMES) await post(engine, CREATE, container(name))
  const mounts = [{ type: 'bind', source: '/etc', destination: `/${MARKUP.replaceAll('/', '')}`, options: ['rbind'] }]
  const annotations = { 'io.podwire.ignore/no-userns': MARKUP }
  await post(engine, CREATE, container(SUBJECT, { labels: LABELS, annotations, mounts }))
  await engine.podman('start', SUBJECT)
  await expect(post(engine, CREATE, container('__proto__'))).rejects.toThrow(/names must match/)
  // What this file asked.
  await expect.poll(() => engine.asked.has(`POST /v4.0.0/libpod${CREATE}`)).toBe(true)
  for (const one of foreignTo(engine)) engine.asked.delete(one)
})
test.afterAll(async ({ host }) => {
  await host.engine.podman('rm', '-f', '-t', '0', '--ignore', SUBJECT, ...NAMES)
})

/** What must not happen on any page, told as it happens. */
async function watch(page: Page, own: string): Promise<string[]> {
  const told: string[] = []
  await page.exposeFunction('tell', (what: string) => void told.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      Reflect.get(window, 'tell')(`policy: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  page.on('dialog', dialog => {
    told.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', sent => {
    if (!sent.url().startsWith(`${own}/`) && !/^(blob|data):/.test(sent.url())) told.push(`request: ${sent.url()}`)
  })
  return told
}

/** Elements, links and values that only markup of an engine could have made. */
const made = (page: Page) =>
  page.evaluate(() => ({
    elements: document.querySelectorAll(
      'img[src="x"], [onerror], [onload], svg[onload], [href^="javascript:"], [src*="evil"]',
    ).length,
    ran: Reflect.get(window, 'pwned') ?? null,
    unseen: /(?![\n\r\t])[\p{Cc}\p{Cf}]/u.test(document.body.textContent ?? ''),
    styled: [...document.querySelectorAll('[style]')].filter(one => (one.getAttribute('style') ?? '').includes('evil'))
      .length,
  }))
const NOTHING = { elements: 0, ran: null, unseen: false, styled: 0 }

test('P8 no text of an engine becomes markup, script, style or a request', async ({ page, podwire, complaints }) => {
  const told = await watch(page, podwire.url)

  await test.step('map and details', async () => {
    await openMap(page, `${podwire.url}/?select=container:${SUBJECT}`)
    await expect
      .poll(async () => (await drawn(page)).map(({ label }) => label))
      .toEqual(expect.arrayContaining([SUBJECT, 'constructor', ...NAMES]))
    const details = page.getByRole('article', { name: SUBJECT })
    for (const text of [
      MARKUP,
      'javascript:pwned=4',
      'red; background-image: url(http://evil.example/x.png)',
      'safe⟨U+202E⟩gpj.exe⟨U+200B⟩⟨U+FEFF⟩',
      'x⟨U+001B⟩[2J⟨U+001B⟩]0;title⟨U+0007⟩⟨U+000D⟩⟨U+000A⟩event: bye⟨U+000D⟩⟨U+000A⟩⟨U+000D⟩⟨U+000A⟩.service',
    ])
      await expect(details.getByText(text, { exact: true }).first()).toBeVisible()
    await expect(details.getByText(/^m{200,255}…$/)).toBeVisible()
    await expect(details.getByText('__proto__')).toHaveCount(0)
    await expect(details.getByText('/etc (rw)').first()).toBeAttached()
    expect(await made(page)).toEqual(NOTHING)
  })

  await test.step('files', async () => {
    for (const what of ['Picture as SVG', 'Topology as Mermaid text', 'Topology as Graphviz text']) {
      const text = (await take(page, what)).bytes.toString()
      expect(text).toContain('hasOwnProperty')
      expect(text).not.toMatch(/<(img|script|svg onload)|javascript:/)
    }
    const cells = (await take(page, 'Findings as CSV')).bytes.toString()
    expect(cells).not.toMatch(/(?![\n\r])[\p{Cc}\p{Cf}]/u)
    const topology = JSON.parse((await take(page, 'Topology as JSON')).bytes.toString())
    expect(JSON.stringify(topology).length).toBeLessThan(500_000)
  })

  await test.step('names', async () => {
    for (const name of ['toString', 'a.b-c']) {
      await page.goto(`${podwire.url}/?select=container:${name}`)
      await expect(page.getByRole('article', { name })).toBeVisible()
    }
  })

  await test.step('list and matrix', async () => {
    await page.goto(`${podwire.url}/?view=list`)
    await expect(page.getByRole('link', { name: 'hasOwnProperty' })).toBeVisible()
    expect(await made(page)).toEqual(NOTHING)
    await page.goto(`${podwire.url}/?view=matrix`)
    await expect(page.getByRole('gridcell').first()).toBeVisible()
    expect(await made(page)).toEqual(NOTHING)
  })

  await test.step('a link that somebody else made', async () => {
    const text = encodeURIComponent(MARKUP)
    await openMap(page, `${podwire.url}/?q=${text}&filter=${text}&select=container:${text}`)
    expect(await made(page)).toEqual(NOTHING)
  })

  await test.step('wall', async () => {
    await openWall(page, podwire.url)
    expect(await made(page)).toEqual(NOTHING)
  })

  expect(told).toEqual([])
  expect(complaints).toEqual([])

  await test.step('and what does happen is seen', async () => {
    await page.evaluate(markup => {
      const box = document.createElement('div')
      box.insertAdjacentHTML('beforeend', markup)
      document.body.append(box)
    }, '<img src="http://evil.example/x.png" onerror="pwned=5">')
    await expect
      .poll(() => told.filter(one => /^policy: (img-src|script-src-attr)/.test(one)).length)
      .toBeGreaterThan(1)
    expect(await made(page)).not.toEqual(NOTHING)
    expect(await page.evaluate(() => Reflect.get(window, 'pwned') ?? null)).toBe(null)
    await expect.poll(() => complaints.length).toBeGreaterThan(0)
    complaints.length = 0
  })
})

test('P1 Podman’s own log has nothing but the ten reads', async ({ host, podwire, page }) => {
  await openMap(page, podwire.url)
  await expect.poll(() => host.engine.asked.size).toBeGreaterThanOrEqual(8)
  expect(foreignTo(host.engine)).toEqual([])
})
