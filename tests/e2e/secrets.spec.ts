/** What is secret reaches no page: not what is drawn or written there, and nothing that was sent to it. */
import { expect, openMap, test } from './rig'

/** The scenario puts it into Env, the command line, secrets, the health log, and labels that are not shown. */
const CANARY = 'podwire-canary'

test('P3 nothing secret is on the page or on the way to it', async ({ page, host, podwire }) => {
  // That it is there to be found.
  expect(await host.engine.podman('inspect', 'canary')).toContain(`${CANARY}-env`)
  const sent: Promise<string>[] = []
  page.on('response', response => {
    const isStream = response.headers()['content-type']?.startsWith('text/event-stream') === true
    if (!isStream) sent.push(response.text().catch(() => ''))
  })
  for (const path of ['/', '/?view=list', '/?select=container:canary', '/?select=network:spare']) {
    if (path.includes('list')) await page.goto(podwire.url + path)
    else await openMap(page, podwire.url + path)
    if (path.includes('select')) await expect(page.getByRole('article')).toBeVisible()
    expect(await page.content()).not.toContain(CANARY)
    expect(await page.evaluate(() => JSON.stringify(window.podwireGraph?.json() ?? null))).not.toContain(CANARY)
  }
  expect(sent.length).toBeGreaterThan(5)
  expect((await Promise.all(sent)).filter(text => text.includes(CANARY))).toEqual([])
})
