/** From navigation to the first picture of the map and to the live one with all its nodes, and how evenly that it moves under the pointer: 300 containers, 1920 × 1080. */
import type { CDPSession, Page } from '@playwright/test'
import { type Looking, startLooking } from './browser'
import { type Budget, median, printTable } from './table'

const SIZE = { containers: 300, networks: 40 }
const ROUNDS = 7
const MOVES = 120
const TARGETS = { pictured: 1200, frame: 20 }

type Moments = Window & { pictured?: number; painted?: number; steps?: number[] }

/** Milliseconds of processor that the page's main thread has used; waiting for a busy machine does not count. */
async function processor(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
}

/** Notes when the browser has painted the picture that the server drew. */
function watchPicture(): void {
  const moments: Moments = window
  new PerformanceObserver(list => {
    for (const entry of list.getEntries())
      if ('id' in entry && entry.id === 'first-picture') moments.pictured ??= entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
}

/** Notes the first frame after the one in which the canvas was drawn with nodes. */
function watchPaint(): void {
  const moments: Moments = window
  let graph: typeof window.podwireGraph
  Object.defineProperty(window, 'podwireGraph', {
    configurable: true,
    get: () => graph,
    set: (made: NonNullable<typeof window.podwireGraph>) => {
      graph = made
      made.on('render', () => {
        if (moments.painted !== undefined || made.nodes().empty()) return
        requestAnimationFrame(() => {
          moments.painted ??= performance.now()
        })
      })
    },
  })
}

const nextFrame = (page: Page) => page.evaluate(() => new Promise<number>(resolve => requestAnimationFrame(resolve)))

/** Times between frames while something moves. */
async function framesOf(page: Page, move: (page: Page) => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const moments: Moments = window
    const frames: number[] = []
    moments.steps = frames
    const note = (at: number) => {
      frames.push(at)
      if (moments.steps === frames) requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
  await move(page)
  const frames = await page.evaluate(() => {
    const moments: Moments = window
    const noted = moments.steps ?? []
    delete moments.steps
    return noted
  })
  return frames.slice(1).map((at, index) => at - (frames[index] ?? at))
}

async function pan(page: Page): Promise<void> {
  await page.mouse.move(700, 1000)
  await page.mouse.down()
  for (let step = 0; step < MOVES; step += 1) {
    await page.mouse.move(700 + 300 * Math.sin(step / 10), 700 + 300 * Math.cos(step / 10))
    await nextFrame(page)
  }
  await page.mouse.up()
}

async function zoom(page: Page): Promise<void> {
  await page.mouse.move(700, 500)
  for (let step = 0; step < MOVES; step += 1) {
    await page.mouse.wheel(0, step % 40 < 20 ? -60 : 60)
    await nextFrame(page)
  }
}

const late = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN

interface Round {
  pictured: number
  painted: number
  paintedOf: number
  pan: number
  panOf: number
  zoom: number
  zoomOf: number
}

async function round({ visit, url }: Looking): Promise<Round> {
  const page = await visit()
  try {
    await page.addInitScript(watchPicture)
    await page.addInitScript(watchPaint)
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(url)
    const handle = await page.waitForFunction(() => (window as Moments).painted)
    const painted = Number(await handle.jsonValue())
    const paintedOf = await processor(session)
    // The browser tells of a large paint a little later.
    const told = await page.waitForFunction(() => (window as Moments).pictured)
    const pictured = Number(await told.jsonValue())
    // Whoever begins to drag has looked first; meanwhile the textures are made.
    await page.waitForTimeout(2000)
    const moved = async (move: (page: Page) => Promise<void>) => {
      const before = await processor(session)
      const frames = await framesOf(page, move)
      return { late: late(frames), of: ((await processor(session)) - before) / frames.length }
    }
    const panned = await moved(pan)
    const zoomed = await moved(zoom)
    return { pictured, painted, paintedOf, pan: panned.late, panOf: panned.of, zoom: zoomed.late, zoomOf: zoomed.of }
  } finally {
    await page.context().close()
  }
}

export async function run(): Promise<Budget[]> {
  const looking = await startLooking(SIZE)
  try {
    const rounds: Round[] = []
    for (let count = 0; count <= ROUNDS; count += 1) {
      const one = await round(looking)
      // The first warms the server up.
      if (count > 0) rounds.push(one)
    }
    const row = (what: string, name: keyof Round, note = '') => ({ what, times: rounds.map(one => one[name]), note })
    printTable(`The picture of ${SIZE.containers} containers, ${SIZE.networks} networks at 1920 × 1080`, [
      row('navigation → first graph painted', 'pictured', 'as the server draws it, in its place'),
      row('navigation → live map painted', 'painted'),
      row('  processor of the main thread', 'paintedOf', 'what an idle machine needs, but for the network'),
      row('pan: p95 frame', 'pan'),
      row('  processor a frame', 'panOf'),
      row('zoom: p95 frame', 'zoom'),
      row('  processor a frame', 'zoomOf'),
    ])
    const budget = (what: string, name: keyof Round, most: number): Budget => {
      const value = median(rounds.map(one => one[name]))
      return { what, target: `≤ ${most} ms`, measured: `${value.toFixed(0)} ms`, met: value <= most }
    }
    return [
      budget('first graph painted, 300 containers', 'pictured', TARGETS.pictured),
      budget('pan, p95 frame', 'pan', TARGETS.frame),
      budget('zoom, p95 frame', 'zoom', TARGETS.frame),
    ]
  } finally {
    await looking.stop()
  }
}
