/** What an admin types is on the canvas, without a reload. */
import { LIVE_CHANGES } from '../lab/live-changes'
import { note } from '../lab/times'
import { type Drawn, drawn, expect, openMap, test } from './rig'

const thing = (things: readonly Drawn[], kind: string, label: string) =>
  things.find(one => one.kind === kind && one.label === label)
const mentioned = (things: readonly Drawn[], word: string) => things.some(one => one.label.includes(word))
const chipIn = (things: readonly Drawn[], network: string, label: string) => {
  const lane = thing(things, 'network', network)
  return things.some(one => one.kind === 'visitor' && one.label === label && one.within === lane?.id)
}

/** By the change of ../lab/live-changes: how it looks. */
const LOOKS: Readonly<Record<string, (things: readonly Drawn[]) => boolean>> = {
  'podman run': things =>
    thing(things, 'container', 'guest')?.live === true &&
    things.some(one => one.kind === 'door' && one.label.includes('9999')),
  'podman stop': things => thing(things, 'container', 'guest')?.live === false,
  'podman start': things => thing(things, 'container', 'guest')?.live === true,
  'podman rename': things => !mentioned(things, 'guest') && thing(things, 'container', 'visitor') !== undefined,
  'podman network create': things => thing(things, 'network', 'party') !== undefined,
  'podman network connect': things => chipIn(things, 'party', 'visitor') && chipIn(things, 'frontend', 'visitor'),
  'podman network disconnect': things =>
    thing(things, 'container', 'visitor') !== undefined && !chipIn(things, 'party', 'visitor'),
  'podman network rm': things => thing(things, 'network', 'party') === undefined,
  'podman pod create': things => mentioned(things, 'crew'),
  'podman run --pod': things => thing(things, 'container', 'sailor')?.live === true && mentioned(things, 'crew'),
  'podman pod rm': things => !mentioned(things, 'crew') && !mentioned(things, 'sailor'),
  'podman rm': things => thing(things, 'container', 'visitor') === undefined,
}

test('each change is on the canvas, and the page was never loaded anew', async ({ page, host, podwire }) => {
  test.setTimeout(240_000)
  await openMap(page, podwire.url)
  await page.evaluate(() => {
    document.documentElement.dataset['loaded'] = 'once'
  })
  for (const { what, make } of LIVE_CHANGES)
    await test.step(what, async () => {
      const looks = LOOKS[what]
      if (looks === undefined) throw new Error(`nobody says how ${what} looks`)
      await make(host.engine)
      const returned = performance.now()
      await expect.poll(async () => looks(await drawn(page)), { intervals: [20], timeout: 15_000 }).toBe(true)
      note('browser', what, performance.now() - returned)
    })
  expect(await page.evaluate(() => document.documentElement.dataset['loaded'])).toBe('once')
})
