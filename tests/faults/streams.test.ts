/** Many readers: slow ones, those that come and go, those that come back all at once. */
import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { createPageStore } from '@/lib/client/store'
import { openStream as followStream, SILENCE_MS, type EventSourceLike, type StreamState } from '@/lib/client/stream'
import { openStream } from '@/lib/server/api/stream'
import { containerId, syntheticContainer, syntheticContent } from '../engine/synthetic'
import type { Topology } from '@/lib/topology/types'
import { rigOf, type Rig } from './rig'
import { withstands } from './withstands'

const DAY_MS = 86_400_000
const small = () => syntheticContent({ containers: 3, networks: 2 })
const decoder = new TextDecoder()

/** A stream as the route opens it; `read` says what came. */
function reader(rig: Rig, signal = new AbortController().signal) {
  const stream = openStream(rig.hub, null, signal, DAY_MS)
  if (stream === null) return null
  const words = stream.getReader()
  const state = { text: '', isOver: false, broke: false }
  const follow = async () => {
    try {
      for (let part = await words.read(); !part.done; part = await words.read())
        state.text += decoder.decode(part.value)
    } catch {
      state.broke = true
    }
    state.isOver = true
  }
  return { state, follow, cancel: () => words.cancel() }
}

/** A container that changes its state, told at once. */
async function change(rig: Rig, round: number): Promise<void> {
  const state = round % 2 === 0 ? 'exited' : 'running'
  rig.engine.put(syntheticContainer({ index: 1, name: 'app-0001', networks: ['net-001'], state }))
  rig.engine.emit({ action: 'died', id: containerId(1) })
  await rig.time.advance(600)
}

test('F31 2,000 stream clients of which one never reads: one stream from the engine, and the slow one alone is dropped', async () => {
  const rig = await rigOf({ content: small() })
  const base = rig.hub.streamCount()
  const before = process.memoryUsage().rss
  await withstands(rig, {
    async strike() {
      const deaf = reader(rig)
      const readers = Array.from({ length: 1_999 }, () => reader(rig))
      for (const one of readers) void one?.follow()
      expect(rig.hub.streamCount()).toBe(base + 2_000)
      for (let round = 0; round < 100 && rig.hub.streamCount() === base + 2_000; round++) await change(rig, round)
      expect(rig.hub.streamCount()).toBe(base + 1_999)
      expect(readers.filter(one => one?.state.isOver !== false)).toEqual([])
      const [first] = readers
      const whole = first?.state.text ?? ''
      expect(whole.match(/^event: patch$/gm)?.length).toBeGreaterThan(20)
      expect(
        readers.filter(one => one?.state.text.replace(/^retry.*\n/, '') !== whole.replace(/^retry.*\n/, '')),
      ).toEqual([])
      // What it did not read is thrown away with it, and it is told to come back.
      await deaf?.follow()
      expect(deaf?.state).toMatchObject({ isOver: true, broke: true, text: '' })
      for (const one of readers) await one?.cancel()
    },
    seenAs: 'live',
    meanwhile() {
      expect(rig.proxy.openStreams()).toBe(1)
      expect(rig.hub.streamCount()).toBe(base)
      // Frames are shared: a reader costs a queue of references.
      expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000)
    },
  })
})

test('F32 10,000 connections and disconnections, in every way there is: streams, listeners and timers are back to where they were', async () => {
  const rig = await rigOf({ content: small() })
  const base = { streams: rig.hub.streamCount(), timers: rig.time.pending() }
  const shared = new AbortController()
  await withstands(rig, {
    async strike() {
      for (let round = 0; round < 2_500; round++) {
        const leaving = new AbortController()
        const [aborted, cancelled, both] = [
          reader(rig, leaving.signal),
          reader(rig, shared.signal),
          reader(rig, leaving.signal),
        ]
        const gone = new AbortController()
        gone.abort()
        // Was gone before it was let in.
        void reader(rig, gone.signal)?.follow()
        void aborted?.follow()
        leaving.abort()
        await cancelled?.cancel()
        await both?.cancel()
      }
    },
    seenAs: 'live',
    meanwhile() {
      expect(rig.hub.streamCount()).toBe(base.streams)
      expect(getEventListeners(shared.signal, 'abort')).toHaveLength(0)
      expect(Math.abs(rig.time.pending() - base.timers)).toBeLessThanOrEqual(2)
    },
  })
})

/** A page's side, with a clock of the test's. */
function pageOf(random: () => number) {
  const time = { now: 0 }
  const timers = new Set<{ at: number; call: () => void }>()
  const states: StreamState[] = []
  const received: Topology[] = []
  const opened: { at: number; tell: (type: string, data: unknown) => void }[] = []
  const nothing = () => {}
  const stream = followStream(
    '/stream',
    {
      state: state => states.push(state),
      topology: one => received.push(one),
      patched: nothing,
      findings: nothing,
      ping: nothing,
    },
    {
      open(): EventSourceLike {
        const listeners = new Map<string, (event: { data?: unknown }) => void>()
        opened.push({ at: time.now, tell: (type, data) => listeners.get(type)?.({ data: JSON.stringify(data) }) })
        return { addEventListener: (type, listener) => void listeners.set(type, listener), close: nothing }
      },
      now: () => time.now,
      onWake: () => nothing,
      after(milliseconds, call) {
        const timer = { at: time.now + milliseconds, call }
        timers.add(timer)
        return () => timers.delete(timer)
      },
      random,
    },
  )
  const pass = (milliseconds: number) => {
    const end = time.now + milliseconds
    for (;;) {
      const [next] = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
      if (next === undefined) break
      timers.delete(next)
      time.now = next.at
      next.call()
    }
    time.now = end
  }
  return { states, received, opened, pass, stream }
}

test('F34 a proxy that idles out: a sign of life every 15 s, and whoever hears nothing for 45 s connects again', async () => {
  const rig = await rigOf({ content: small() })
  rig.told.length = 0
  await withstands(rig, {
    strike: () => rig.time.advance(61_000),
    seenAs: 'live',
    meanwhile: () => expect(rig.told.filter(({ events }) => events.includes('ping'))).toHaveLength(4),
  })
  const page = pageOf(() => 0.5)
  page.opened[0]?.tell('topology', rig.hub.topology())
  page.pass(SILENCE_MS - 1)
  expect(page.states.at(-1)?.kind).toBe('live')
  page.pass(1)
  expect(page.states.at(-1)?.kind).toBe('stale')
  page.pass(1_000)
  expect(page.opened).toHaveLength(2)
  page.opened[1]?.tell('topology', rig.hub.topology())
  expect(page.states.at(-1)?.kind).toBe('live')
  page.stream.close()
})

test('F35 the server restarts while 500 clients wait: they are told to come back at times of their own, and of another version', async () => {
  const rig = await rigOf({ content: small() })
  const waits: number[] = []
  await withstands(rig, {
    async strike() {
      const readers = Array.from({ length: 500 }, () => reader(rig))
      for (const one of readers) void one?.follow()
      await rig.time.settle()
      for (const one of readers) {
        await one?.cancel()
        waits.push(Number(/^retry: (\d+)\n/.exec(one?.state.text ?? '')?.[1]))
      }
    },
    seenAs: 'live',
    meanwhile: () => expect(rig.proxy.openStreams()).toBe(1),
  })
  expect(waits.every(wait => wait >= 1_000 && wait <= 3_000)).toBe(true)
  expect(new Set(waits).size).toBeGreaterThan(100)

  let seed = 1
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const pages = Array.from({ length: 500 }, () => pageOf(random))
  for (const { opened } of pages) opened[0]?.tell('topology', rig.hub.topology())
  for (const { opened } of pages) opened[0]?.tell('bye', {})
  // Nobody answers for ten seconds.
  for (let tenth = 0; tenth < 100; tenth++)
    for (const page of pages) {
      page.pass(100)
      page.opened.at(-1)?.tell('error', null)
    }
  const tries = pages.flatMap(({ opened }) => opened.slice(1).map(({ at }) => Math.floor(at / 100)))
  expect(tries.length).toBeLessThanOrEqual(500 * 6)
  const counts = new Map<number, number>()
  for (const at of tries) counts.set(at, (counts.get(at) ?? 0) + 1)
  const busiest = Math.max(...counts.values())
  // Spread over the half second in which they come first.
  expect(busiest).toBeLessThan(500 / 2)
  for (const page of pages) {
    const { length } = page.opened
    // One step of the back-off at its longest, which after so many tries is eight seconds and a quarter more.
    page.pass(10_000)
    expect(page.opened).toHaveLength(length + 1)
    // The last good picture stays until there is another, and no attempt is told as a change.
    expect(page.received).toHaveLength(1)
    page.opened.at(-1)?.tell('topology', rig.hub.topology())
    const kinds = page.states.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1])
    expect(kinds).toEqual(['connecting', 'live', 'reconnecting', 'live'])
    page.stream.close()
  }

  const store = createPageStore()
  const ping = (build: string) => store.receivePing({ revision: 1, serverTime: '', build, hosts: [] }, 0)
  ping('one')
  expect(store.getState().outdated).toBe(false)
  ping('two')
  expect(store.getState().outdated).toBe(true)
})
