/**
 * The server under load, on 1,000 containers in 100 networks: five hundred streams of which one never reads, a storm of
 * events, thousands of connections that come and go, and readers that ask again and again for what did not change.
 */
import { Agent as HttpAgent, get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { churnOnce, type Held, type Measured, startMeasured } from './server'
import { readLarge } from './large'
import { type Budget, median, printCells } from './table'

const SIZE = { containers: 1000, networks: 100 }
const STREAMS = 500
const STORM = { perSecond: 200, seconds: 10 }
const VISITS = 10_000
const ASKS = { seconds: 10, connections: 20 }

export async function run(): Promise<Budget[]> {
  const server = await startMeasured(SIZE)
  try {
    // The first requests load code and build what is kept.
    await visit(server, 200)
    const rest = await settled(server)
    const streams = await storm(server)
    const after = await settled(server)
    await visit(server, VISITS)
    const visited = await settled(server)
    const asked = await askAgain(server)
    const end = await settled(server)
    print([
      ['at rest', rest],
      [`with ${STREAMS} streams`, streams.held],
      ['worst of the storm', streams.worst],
      ['streams gone', after],
      [`${VISITS} streams came and went`, visited],
      ['end', end],
    ])
    return [
      {
        what: 'memory, 1,000 containers',
        target: '≤ 200 MB',
        measured: `${rest.resident.toFixed(0)} MB`,
        met: rest.resident <= 200,
      },
      more(`${STREAMS} streams`, streams.held.resident - rest.resident, 60),
      {
        what: 'patches in a storm, of each stream',
        target: '≤ 4 a second',
        measured: `${streams.patchesPerSecond.toFixed(1)} a second`,
        met: streams.patchesPerSecond <= 4.3,
      },
      {
        what: 'converged after the storm',
        target: '≤ 5 s',
        measured: `${(streams.converged / 1000).toFixed(1)} s`,
        met: streams.converged <= 5000,
      },
      {
        what: 'beside a stream that never reads',
        target: 'all others told',
        measured: `${streams.told} of ${STREAMS - 1} told, ${streams.dropped} dropped`,
        met: streams.told === STREAMS - 1,
      },
      {
        what: 'files open after all',
        target: 'as at rest',
        measured: `${end.files} (${rest.files} at rest)`,
        met: end.files <= rest.files + 5,
      },
      {
        what: 'unchanged topology asked for (ETag, 304)',
        target: '≥ 2,000 a second',
        measured: `${asked.perSecond.toFixed(0)} a second, median ${asked.median.toFixed(1)} ms`,
        met: asked.perSecond >= 2000,
      },
      ...(await readLarge()),
    ]
  } finally {
    await server.stop()
  }
}

const more = (what: string, megabytes: number, most: number): Budget => ({
  what: `memory for ${what}`,
  target: `≤ + ${most} MB`,
  measured: `+ ${megabytes.toFixed(0)} MB`,
  met: megabytes <= most,
})

/** What is held once no more is given back. */
async function settled(server: Measured): Promise<Held> {
  let held = await server.held()
  for (let quiet = 0; quiet < 4; ) {
    await sleep(500)
    const next = await server.held()
    quiet = next.streams === 0 && next.files >= held.files && next.resident >= held.resident - 1 ? quiet + 1 : 0
    held = next
  }
  return held
}

interface Reader {
  patches: number
  revision: number
  ended: boolean
  leave(): void
}

/** Reads a stream as a browser does, or opens it and never reads. */
async function openStream(url: string, agent: HttpAgent, reads: boolean): Promise<Reader> {
  const reader: Reader = { patches: 0, revision: 0, ended: false, leave: () => {} }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = get(`${url}/api/v1/stream`, { agent }, resolve)
    request.on('error', reject)
    reader.leave = () => request.destroy()
  })
  response.on('error', () => {})
  response.on('close', () => (reader.ended = true))
  if (!reads) return reader
  response.on('data', (chunk: Buffer) => {
    // Frames are written whole; a chunk may hold several, or go on with a long one.
    for (let at = chunk.indexOf('event: patch\nid: '); at >= 0; at = chunk.indexOf('event: patch\nid: ', at + 1)) {
      reader.patches += 1
      reader.revision = Number.parseInt(chunk.toString('latin1', at + 17, at + 33), 10)
    }
  })
  return reader
}

/** Five hundred streams, then two hundred creations and removals a second. */
async function storm({ podwire, engine, held, metric }: Measured) {
  const agent = new HttpAgent({ keepAlive: false })
  const droppedBefore = await metric('podwire_streams_dropped_total')
  const readers: Reader[] = []
  for (let count = 0; count < STREAMS; count += 1) readers.push(await openStream(podwire.url, agent, count > 0))
  const reading = readers.slice(1)
  await sleep(2000)
  const open = await held()
  let worst = open
  const from = performance.now()
  const total = STORM.perSecond * STORM.seconds
  for (let round = 0; round < total; ) {
    const due = Math.min(total, ((performance.now() - from) / 1000) * STORM.perSecond)
    for (; round < due; round += 1) churnOnce(engine, round, SIZE.networks)
    await sleep(20)
    if (round % 400 < 5) {
      const now = await held()
      if (now.resident > worst.resident) worst = now
    }
  }
  const end = performance.now()
  const seconds = (end - from) / 1000
  const patches = median(reading.map(reader => reader.patches))
  const converged = await untilEqual(podwire.url, engine.content.containers.size, reading)
  const told = reading.filter(reader => !reader.ended).length
  const dropped = (await metric('podwire_streams_dropped_total')) - droppedBefore
  for (const reader of readers) reader.leave()
  return { held: open, worst, patchesPerSecond: patches / seconds, converged: converged - end, told, dropped }
}

/** When the picture shows what the engine has, and every reader has been told. */
async function untilEqual(url: string, containers: number, readers: readonly Reader[]): Promise<number> {
  for (;;) {
    const { hosts, revision } = await topologyOf(url)
    const shown = hosts[0]?.containers.length
    if (shown === containers && readers.every(reader => reader.ended || reader.revision === revision))
      return performance.now()
    await sleep(50)
  }
}

const topologyOf = async (url: string) =>
  (await (await fetch(`${url}/api/v1/topology`)).json()) as { revision: number; hosts: { containers: unknown[] }[] }

/** Streams that are opened and left. */
async function visit({ podwire }: Measured, times: number): Promise<void> {
  const agent = new HttpAgent({ keepAlive: false })
  const lane = async (count: number) => {
    for (let index = 0; index < count; index += 1) (await openStream(podwire.url, agent, false)).leave()
  }
  await Promise.all(Array.from({ length: 10 }, () => lane(times / 10)))
}

/** The same question over and over, by those who know the answer already. */
async function askAgain({ podwire }: Measured) {
  const path = '/api/v1/topology'
  const etag = (await fetch(podwire.url + path)).headers.get('etag') ?? ''
  const pool = new Pool(podwire.url, { connections: ASKS.connections })
  const times: number[] = []
  const end = performance.now() + ASKS.seconds * 1000
  const lane = async () => {
    while (performance.now() < end) {
      const start = performance.now()
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers: { 'if-none-match': etag } })
      await body.dump()
      if (statusCode !== 304) throw new Error(`${path} answered ${statusCode}`)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: ASKS.connections }, lane))
  await pool.close()
  return { perSecond: times.length / ASKS.seconds, median: median(times) }
}

function print(rows: readonly (readonly [string, Held])[]): void {
  printCells(`The server under load, ${SIZE.containers} containers in ${SIZE.networks} networks`, [
    ['', 'resident', 'heap', 'files', 'streams'],
    ...rows.map(([what, { resident, heap, files, streams }]) => [
      what,
      `${resident.toFixed(0)} MB`,
      `${heap.toFixed(0)} MB`,
      String(files),
      String(streams),
    ]),
  ])
}
