/**
 * `npm run soak [MINUTES]`: a day compressed into minutes, with the page and the wall open in a browser. Containers come, stop
 * and go all the time; engines restart, the server restarts, the network goes away, the machine sleeps. What is held is
 * printed for start, middle and end: a day must leave nothing behind.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'
import { openBrowser } from './browser'
import { type Cable, startCable } from './cable'
import { churnOnce, type Held, type Measured, startMeasured } from './server'
import { type Budget, printBudgets, printCells } from './table'

const SIZE = { containers: 60, networks: 8 }
/** Of guests that come and go, a second. */
const CHANGES = 6
/** Seconds between what happens to the whole; a day has many of each. */
const MISHAP_EVERY = 12

interface Tab {
  name: string
  page: Page
  client: CDPSession
}
interface TabHeld {
  nodes: number
  listeners: number
  heap: number
}
interface Sample {
  when: string
  server: Held
  tabs: TabHeld[]
}

/** Where a tab says how fresh its picture is. */
const freshness = (page: Page) => page.locator('[data-fresh], [popovertarget=freshness]').first()

async function openTab(context: BrowserContext, name: string, url: string): Promise<Tab> {
  const page = await context.newPage()
  const client = await context.newCDPSession(page)
  await client.send('Performance.enable')
  await page.goto(url)
  await freshness(page).waitFor()
  return { name, page, client }
}

async function heldBy({ client }: Tab): Promise<TabHeld> {
  // Twice: finalisers of the first leave garbage for the second.
  await client.send('HeapProfiler.collectGarbage')
  await client.send('HeapProfiler.collectGarbage')
  const { metrics } = await client.send('Performance.getMetrics')
  const value = (name: string) => metrics.find(one => one.name === name)?.value ?? Number.NaN
  return { nodes: value('Nodes'), listeners: value('JSEventListeners'), heap: value('JSHeapUsedSize') / 1e6 }
}

interface Rig {
  server: Measured
  /** Between the browser and the server. */
  cable: Cable
  tabs: readonly Tab[]
}

type Mishap = readonly [name: string, run: (rig: Rig) => Promise<void>]

/** What a day brings, in turn. */
const MISHAPS: readonly Mishap[] = [
  [
    'the engine is killed and comes back',
    async ({ server: { engine } }) => {
      await engine.kill()
      await sleep(2000)
      await engine.start()
    },
  ],
  [
    'the network goes away',
    async ({ cable }) => {
      cable.cut()
      await sleep(3000)
      cable.mend()
    },
  ],
  ['the event stream ends', ({ server: { engine } }) => Promise.resolve(engine.endStreams())],
  [
    'the machine sleeps',
    async ({ tabs }) => {
      for (const { client } of tabs) await client.send('Page.setWebLifecycleState', { state: 'frozen' })
      await sleep(4000)
      for (const { client } of tabs) await client.send('Page.setWebLifecycleState', { state: 'active' })
    },
  ],
  ['the socket is replaced', ({ server: { engine } }) => engine.replaceSocket()],
  [
    'events are lost',
    async ({ server: { engine } }) => {
      engine.dropEvents = true
      await sleep(2000)
      engine.dropEvents = false
      engine.endStreams()
    },
  ],
]

/** Changes and mishaps until the time is over. */
async function day(rig: Rig, from: number, seconds: number) {
  const { engine } = rig.server
  const end = performance.now() + seconds * 1000
  let round = from
  let mishaps = 0
  const churn = async () => {
    while (performance.now() < end) {
      churnOnce(engine, round, SIZE.networks)
      round += 1
      await sleep(1000 / CHANGES)
    }
  }
  const trouble = async () => {
    for (;;) {
      await sleep(MISHAP_EVERY * 1000)
      if (performance.now() > end - MISHAP_EVERY * 1000) return
      await MISHAPS[mishaps % MISHAPS.length]?.[1](rig)
      mishaps += 1
    }
  }
  await Promise.all([churn(), trouble()])
  return { round, mishaps }
}

/** When both tabs show the engine of now. */
async function live(tabs: readonly Tab[]): Promise<void> {
  for (const { page } of tabs) await freshness(page).filter({ hasText: 'Live' }).waitFor({ timeout: 60_000 })
}

async function sample(when: string, server: Measured, tabs: readonly Tab[]): Promise<Sample> {
  await live(tabs)
  await sleep(3000)
  const held: TabHeld[] = []
  for (const tab of tabs) held.push(await heldBy(tab))
  return { when, server: await server.held(), tabs: held }
}

async function soak(browser: Browser, minutes: number): Promise<Budget[]> {
  const cable = await startCable()
  const server = await startMeasured(SIZE, { PODWIRE_HOSTS: cable.host })
  try {
    cable.lead(server.podwire.url)
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' })
    const url = `http://${cable.host}`
    const tabs = [await openTab(context, 'page', url), await openTab(context, 'wall', `${url}/wall`)]
    const rig = { server, cable, tabs }
    // Logs and caches fill up first, up to what they are bounded to.
    // V8 gives the heap room by how fast it fills; after some four minutes of this there is enough of it.
    const warm = await day(rig, 0, Math.min(240, minutes * 24))
    const samples = [await sample('start', server, tabs)]
    const half = (minutes * 60) / 2
    const first = await day(rig, warm.round, half)
    samples.push(await sample('middle', server, tabs))
    const second = await day(rig, first.round, half)
    samples.push(await sample('end', server, tabs))
    print(minutes, second.round - warm.round, first.mishaps + second.mishaps, tabs, samples)
    return judge(tabs, samples)
  } finally {
    await server.stop()
    await cable.close()
  }
}

function print(minutes: number, changes: number, mishaps: number, tabs: readonly Tab[], samples: readonly Sample[]) {
  printCells(
    `${minutes} minutes: ${changes} changes, ${mishaps} mishaps (${MISHAPS.map(([name]) => name).join(', ')})`,
    [
      [
        '',
        'resident',
        'heap',
        'files',
        'streams',
        ...tabs.flatMap(({ name }) => [`${name}: heap`, 'nodes', 'listeners']),
        '',
      ],
      ...samples.map(({ when, server, tabs: held }) => [
        when,
        `${server.resident.toFixed(0)} MB`,
        `${server.heap.toFixed(0)} MB`,
        String(server.files),
        String(server.streams),
        ...held.flatMap(({ heap, nodes, listeners }) => [`${heap.toFixed(1)} MB`, String(nodes), String(listeners)]),
        '',
      ]),
    ],
  )
}

/** Flat: within a tenth of the start. */
function judge(tabs: readonly Tab[], samples: readonly Sample[]): Budget[] {
  const [start, end] = [samples[0], samples.at(-1)]
  if (start === undefined || end === undefined) return []
  const flat = (what: string, before: number, after: number): Budget => ({
    what,
    target: '± 10 %',
    measured: `${((100 * (after - before)) / before).toFixed(0)} %`,
    met: after <= before * 1.1,
  })
  return [
    flat('server: resident', start.server.resident, end.server.resident),
    flat('server: files', start.server.files, end.server.files),
    ...tabs.flatMap(({ name }, index) => {
      const [before, after] = [start.tabs[index], end.tabs[index]]
      return before === undefined || after === undefined
        ? []
        : (['heap', 'nodes', 'listeners'] as const).map(kind => flat(`${name}: ${kind}`, before[kind], after[kind]))
    }),
  ]
}

const minutes = Number(process.argv[2] ?? 10)
if (!(minutes > 0)) throw new Error('soak: give a number of minutes')
const browser = await openBrowser()
try {
  printBudgets(await soak(browser, minutes))
} finally {
  await browser.close()
}
