import { beforeEach, describe, expect, it } from 'vitest'
import { host, network, topology } from '@/lib/graph/testing'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Topology } from '@/lib/topology/types'
import {
  openStream,
  SILENCE_MS,
  type EventSourceLike,
  type Stream,
  type StreamEnvironment,
  type StreamState,
} from './stream'

class FakeSource implements EventSourceLike {
  closed = false
  private readonly listeners = new Map<string, ((event: { data?: unknown }) => void)[]>()
  addEventListener(type: string, listener: (event: { data?: unknown }) => void) {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener])
  }
  close() {
    this.closed = true
  }
  /** Delivered even after close, as an event that was queued already would be. */
  send(type: string, data?: unknown) {
    const text = typeof data === 'string' ? data : JSON.stringify(data)
    for (const listener of this.listeners.get(type) ?? []) listener(data === undefined ? {} : { data: text })
  }
}

class FakeTime {
  now = 0
  private timers: { at: number; call: () => void }[] = []
  after = (ms: number, call: () => void) => {
    const timer = { at: this.now + ms, call }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter(one => one !== timer)
    }
  }
  pass(ms: number) {
    const end = this.now + ms
    for (;;) {
      const next = this.timers.filter(one => one.at <= end).toSorted((a, b) => a.at - b.at)[0]
      if (!next) break
      this.timers = this.timers.filter(one => one !== next)
      this.now = next.at
      next.call()
    }
    this.now = end
  }
  get waiting() {
    return this.timers.length
  }
}

const first: Topology = {
  ...topology(
    host(
      [network('app')],
      [
        { name: 'web', on: ['app'] },
        { name: 'db', on: ['app'] },
      ],
    ),
  ),
  revision: 7,
}
const patch = (from: number, name: string) => ({
  from,
  revision: from + 1,
  generatedAt: '2026-11-21T00:00:01Z',
  operations: [{ op: 'replace', path: '/hosts/0/containers/0/name', value: name }],
})
const ping = (revision: number) => ({ revision, serverTime: '2026-11-21T00:00:00Z', build: 'b1', hosts: [] })

let time: FakeTime
let sources: FakeSource[]
let states: StreamState[]
let pictures: Topology[]
let reports: FindingsReport[]
let pings: number
let stream: Stream
let wake: () => void

const source = () => {
  const last = sources.at(-1)
  if (!last) throw new Error('nothing was opened')
  return last
}
const state = () => states.at(-1)?.kind
const names = () => pictures.at(-1)?.hosts[0]?.containers.map(({ name }) => name)

beforeEach(() => {
  time = new FakeTime()
  sources = []
  states = []
  pictures = []
  reports = []
  pings = 0
  const environment: StreamEnvironment = {
    open: () => {
      const opened = new FakeSource()
      sources.push(opened)
      return opened
    },
    now: () => time.now,
    after: time.after,
    random: () => 0.5,
    onWake: call => {
      wake = call
      return () => {
        wake = () => {}
      }
    },
  }
  stream = openStream(
    '/stream',
    {
      state: next => states.push(next),
      topology: picture => pictures.push(picture),
      patched: picture => pictures.push(picture),
      findings: report => reports.push(report),
      ping: () => {
        pings += 1
      },
    },
    environment,
  )
})

describe('the live channel', () => {
  it('is connecting until the first picture, and live from then on', () => {
    expect(state()).toBe('connecting')
    source().send('topology', first)
    expect(state()).toBe('live')
    expect(names()).toEqual(['web', 'db'])
  })

  it('applies changes and leaves the rest of the picture alone', () => {
    source().send('topology', first)
    const before = pictures[0]
    source().send('patch', patch(7, 'www'))
    expect(names()).toEqual(['www', 'db'])
    expect(pictures[1]?.revision).toBe(8)
    expect(pictures[1]?.hosts[0]?.networks).toBe(before?.hosts[0]?.networks)
    expect(pictures[1]?.hosts[0]?.containers[1]).toBe(before?.hosts[0]?.containers[1])
    expect(before?.hosts[0]?.containers[0]?.name).toBe('web')
  })

  it('reads everything again when a change was missed, and shows nothing in between', () => {
    source().send('topology', first)
    source().send('patch', patch(9, 'lost'))
    expect(state()).toBe('reconnecting')
    expect(sources[0]?.closed).toBe(true)
    expect(pictures).toHaveLength(1)
    time.pass(500)
    expect(sources).toHaveLength(2)
    source().send('topology', { ...first, revision: 10 })
    expect(state()).toBe('live')
  })

  it('keeps the findings that did not change', () => {
    source().send('topology', first)
    source().send('findings', { revision: 7, findings: [], notExamined: ['all'] })
    source().send('findings-patch', { revision: 8, parts: [], notExamined: ['less'] })
    expect(reports).toEqual([
      expect.objectContaining({ notExamined: ['all'] }),
      { findings: [], notExamined: ['less'] },
    ])
    source().send('findings-patch', { revision: 9, parts: [[0, 1]], notExamined: [] })
    expect(state()).toBe('reconnecting')
  })

  it('ignores a change that came twice', () => {
    source().send('topology', first)
    source().send('patch', patch(7, 'www'))
    source().send('patch', patch(7, 'again'))
    expect(state()).toBe('live')
    expect(names()).toEqual(['www', 'db'])
  })

  it('notices by the ping that a change was missed', () => {
    source().send('topology', first)
    source().send('ping', ping(7))
    expect(state()).toBe('live')
    source().send('ping', ping(8))
    expect(state()).toBe('reconnecting')
    expect(pings).toBe(1)
  })

  it.each([
    ['a change before any picture', 'patch', patch(7, 'x')],
    ['a change that does not fit', 'patch', { ...patch(7, 'x'), operations: [{ op: 'remove', path: '/hosts/9' }] }],
    [
      'a change that leaves no host',
      'patch',
      { ...patch(7, 'x'), operations: [{ op: 'replace', path: '/hosts/0/containers', value: 'none' }] },
    ],
    ['half a picture', 'topology', JSON.stringify(first).slice(0, 200)],
    ['another schema', 'topology', { ...first, schemaVersion: 2 }],
    ['an error page', 'topology', '<html>502</html>'],
    ['findings that are none', 'findings', { findings: 3 }],
    ['changed findings of which none are known', 'findings-patch', { revision: 7, parts: [[0, 1]], notExamined: [] }],
  ])('gives up the connection on %s and keeps the last good picture', (name, type, data) => {
    if (!name.startsWith('a change before')) source().send('topology', first)
    const count = pictures.length
    source().send(type, data)
    expect(state()).toBe('reconnecting')
    expect(pictures).toHaveLength(count)
  })

  it('counts down to the next try, waits longer each time, and starts over after a success', () => {
    source().send('topology', first)
    const waits: number[] = []
    for (let attempt = 0; attempt < 8; attempt++) {
      source().send('error')
      const last = states.at(-1)
      if (last?.kind !== 'reconnecting' && last?.kind !== 'stale') throw new Error(`is ${last?.kind}`)
      waits.push(last.nextTry - time.now)
      time.pass(last.nextTry - time.now)
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000])
    source().send('topology', first)
    source().send('error')
    const last = states.at(-1)
    expect(last?.kind === 'reconnecting' && last.nextTry - time.now).toBe(500)
  })

  it('becomes stale 45 seconds after the last word, however often it tries', () => {
    source().send('topology', first)
    source().send('error')
    while (time.now < SILENCE_MS - 1) {
      time.pass(Math.min(1000, SILENCE_MS - 1 - time.now))
      source().send('error')
      expect(state()).toBe('reconnecting')
    }
    time.pass(1)
    expect(state()).toBe('stale')
    expect(states.at(-1)?.since).toBe(0)
  })

  it('takes silence for a dead connection', () => {
    source().send('topology', first)
    time.pass(SILENCE_MS - 1)
    source().send('ping', ping(7))
    time.pass(SILENCE_MS - 1)
    expect(state()).toBe('live')
    time.pass(1)
    expect(state()).toBe('stale')
    time.pass(1000)
    expect(sources).toHaveLength(2)
    source().send('topology', first)
    expect(state()).toBe('live')
  })

  it('does not wait for ever for a connection that opens and says nothing', () => {
    time.pass(SILENCE_MS)
    expect(state()).toBe('stale')
    time.pass(1000)
    expect(sources).toHaveLength(2)
  })

  it('hears nothing of a connection that it gave up', () => {
    source().send('topology', first)
    source().send('error')
    sources[0]?.send('patch', patch(7, 'late'))
    sources[0]?.send('error')
    expect(pictures).toHaveLength(1)
    expect(states.filter(({ kind }) => kind === 'reconnecting')).toHaveLength(1)
  })

  it('tries at once when asked, and one connection only', () => {
    source().send('topology', first)
    stream.retry()
    expect(sources).toHaveLength(1)
    source().send('error')
    stream.retry()
    expect(sources).toHaveLength(2)
    time.pass(5000)
    expect(sources).toHaveLength(2)
  })

  it('is stale as soon as the machine wakes up, and reads everything again at once', () => {
    source().send('topology', first)
    time.now += 8 * 3_600_000
    wake()
    expect(states.map(({ kind }) => kind)).toEqual(['connecting', 'live', 'stale'])
    expect(states.at(-1)?.since).toBe(0)
    expect(sources.map(({ closed }) => closed)).toEqual([true, false])
    source().send('topology', first)
    expect(state()).toBe('live')
    expect(pictures).toHaveLength(2)
  })

  it('says that the server was stopped', () => {
    source().send('topology', first)
    source().send('bye', {})
    const last = states.at(-1)
    expect(last?.kind === 'reconnecting' && last.problem).toBe('Podwire was stopped.')
  })

  it('leaves nothing behind when closed', () => {
    source().send('topology', first)
    source().send('error')
    stream.close()
    expect(state()).toBe('ended')
    expect(time.waiting).toBe(0)
    expect(sources.every(({ closed }) => closed)).toBe(true)
    time.pass(100_000)
    expect(sources).toHaveLength(1)
    expect(state()).toBe('ended')
  })
})
