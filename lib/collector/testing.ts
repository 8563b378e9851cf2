/** What the tests of this folder share: time that stands still, and a collector that lives in it. */
import { afterEach, expect } from 'vitest'
import { noProbe } from '@/lib/probe/facts'
import type { Probe } from '@/lib/probe/types'
import type { Clock, Timers } from './clock'
import { createCollector, type CollectorOptions } from './collector'
import { fakeEngine, type FakeEngine } from './fake-engine'
import type { Collector, ContainerRecord, HostSnapshot } from './types'

export interface VirtualTime {
  clock: Clock
  timers: Timers
  /** Lets time pass, runs what falls due, and lets everything that follows from it settle. */
  advance: (milliseconds: number) => Promise<void>
  /** Lets everything settle without time passing. */
  settle: () => Promise<void>
  /** Somebody sets the wall clock. */
  setWall: (milliseconds: number) => void
  /** The machine sleeps: time passes and no timer runs. */
  sleep: (milliseconds: number) => void
  /** Timers that wait now. */
  pending: () => number
}

/** `settle`: lets everything that time has set off come to its end; without sockets a few turns of the loop do. */
export function virtualTime(settle: () => Promise<void> = turns): VirtualTime {
  let elapsed = 1_000_000
  let wall = Date.UTC(2026, 0, 1)
  const waiting = new Set<{ at: number; callback: () => void }>()
  return {
    clock: { wall: () => wall, elapsed: () => elapsed },
    timers: {
      after(milliseconds, callback) {
        if (Number.isNaN(milliseconds)) throw new Error('a timer without a time')
        const timer = { at: elapsed + Math.max(0, milliseconds), callback }
        waiting.add(timer)
        return () => waiting.delete(timer)
      },
    },
    async advance(milliseconds) {
      const until = elapsed + milliseconds
      await settle()
      for (;;) {
        const [next] = [...waiting].toSorted((a, b) => a.at - b.at)
        if (next === undefined || next.at > until) break
        waiting.delete(next)
        wall += Math.max(0, next.at - elapsed)
        elapsed = Math.max(elapsed, next.at)
        next.callback()
        await settle()
      }
      wall += Math.max(0, until - elapsed)
      elapsed = Math.max(elapsed, until)
    },
    settle,
    setWall: milliseconds => {
      wall = milliseconds
    },
    sleep: milliseconds => {
      elapsed += milliseconds
      wall += milliseconds
    },
    pending: () => waiting.size,
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise(resolve => setImmediate(resolve))
}

export interface Rig {
  engine: FakeEngine
  time: VirtualTime
  collector: Collector
  /** Every published snapshot. */
  published: HostSnapshot[]
  log: string[]
  /** Identity of the socket file; null = there is none. */
  socket: { identity: string | null }
  status: () => string
  names: () => string[]
  /** Calls since the last time, without streams. */
  calls: () => string[]
}

/** Every rig of a test is stopped after it, and must leave no timer behind. */
const rigs: Rig[] = []
afterEach(async () => {
  for (const { collector, time } of rigs.splice(0)) {
    const stopped = collector.stop()
    await time.advance(0)
    await stopped
    expect(time.pending()).toBe(0)
  }
})

const silentProbe: Probe = () => Promise.resolve(noProbe('not in this test'))

export function rigOf(more: Partial<CollectorOptions> & { engine?: FakeEngine; time?: VirtualTime } = {}): Rig {
  const engine = more.engine ?? fakeEngine()
  const time = more.time ?? virtualTime()
  const socket: Rig['socket'] = { identity: 'disk:1' }
  const log: string[] = []
  const published: HostSnapshot[] = []
  const collector = createCollector({
    connection: engine.connection,
    connect: () => engine.client(),
    probe: silentProbe,
    clock: time.clock,
    timers: time.timers,
    random: () => 0,
    socketIdentity: () => Promise.resolve(socket.identity),
    localHostname: 'here',
    log: line => log.push(`${line.status}: ${line.problem}`),
    ...more,
  })
  collector.subscribe(snapshot => published.push(snapshot))
  const rig: Rig = {
    engine,
    time,
    collector,
    published,
    log,
    socket,
    status: () => collector.current().status,
    names: () =>
      collector
        .current()
        .containers.map(record => record.summary.name)
        .toSorted(),
    calls: () => engine.calls.splice(0).filter(call => call !== 'events'),
  }
  rigs.push(rig)
  return rig
}

/** A rig that has read an engine with containers c1 … cN. */
export async function running(count = 2, more: Parameters<typeof rigOf>[0] = {}): Promise<Rig> {
  const rig = rigOf(more)
  for (let index = 1; index <= count; index++) rig.engine.put(`c${index}`)
  rig.collector.start()
  await rig.time.advance(300)
  expect(rig.status()).toBe('live')
  rig.calls()
  rig.published.length = 0
  return rig
}

export const recordOf = ({ collector }: Rig, name: string): ContainerRecord | undefined =>
  collector.current().containers.find(record => record.summary.name === name)
