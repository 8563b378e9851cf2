import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBackoff } from './backoff'
import { createAlarm } from './clock'
import { machineOf, rootlessOf } from './machine'
import { createMarks } from './marks'
import { createPool } from './pool'
import { hintOf } from './relevance'
import { keepItems, share } from './share'
import { tellsNoNetworks } from './session'
import { connectionOf, detailOf, idOf } from './fake-engine'
import { virtualTime } from './testing'

describe('share', () => {
  it('keeps the identity of what is equal', () => {
    const before: { a: unknown[]; c: { d: number | null }; e: string } = { a: [1, { b: 2 }], c: { d: null }, e: 'x' }
    expect(share(before, structuredClone(before))).toBe(before)
    const next = share(before, { a: [1, { b: 2 }], c: { d: 5 }, e: 'x' })
    expect(next).toEqual({ a: [1, { b: 2 }], c: { d: 5 }, e: 'x' })
    expect(next.a).toBe(before.a)
  })

  it('gives the new value whatever the old one was, and the old one when they are equal', () => {
    const value = fc.jsonValue()
    fc.assert(
      fc.property(value, value, (before, next) => {
        expect(share<unknown>(before, structuredClone(next))).toEqual(next)
        expect(share<unknown>(before, structuredClone(before))).toBe(before)
      }),
    )
  })

  it('takes names like __proto__ and constructor for plain keys', () => {
    const before: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":2}')
    const next: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":3}')
    expect(JSON.stringify(share(before, next))).toBe('{"__proto__":{"a":1},"constructor":3}')
    const without: unknown = {}
    expect(share<unknown>(before, without)).toEqual({})
  })

  it('keeps a list of the very same items', () => {
    const items = [{}, {}]
    expect(keepItems(items, [...items])).toBe(items)
    expect(keepItems(items, [{}, {}])).not.toBe(items)
  })
})

describe('hintOf', () => {
  const of = (type: string, action: string, id = idOf('c')) => hintOf({ type, action, id, name: null })

  it.each(['create', 'init', 'start', 'died', 'stop', 'cleanup', 'pause', 'unpause', 'rename', 'update', 'restart'])(
    'a container’s %s names the container',
    action => {
      expect(of('container', action)).toEqual({ kind: 'container', id: idOf('c') })
    },
  )
  it.each(['exec', 'exec_died', 'attach', 'commit', 'mount', 'whatever'])('a container’s %s says nothing', action => {
    expect(of('container', action)).toBeNull()
  })
  it('a removed container is not worth an inspect', () => {
    expect(of('container', 'remove')).toEqual({ kind: 'gone', id: idOf('c') })
  })
  it('the subject of connect and disconnect is the container', () => {
    expect(of('network', 'connect')).toEqual({ kind: 'container', id: idOf('c') })
    expect(of('network', 'disconnect')).toEqual({ kind: 'container', id: idOf('c') })
  })
  it('the rest', () => {
    expect(of('network', 'create')).toEqual({ kind: 'networks' })
    expect(of('network', 'remove')).toEqual({ kind: 'networks' })
    expect(of('pod', 'start')).toEqual({ kind: 'pods' })
    expect(of('container', 'health_status')).toEqual({ kind: 'list' })
    expect(of('image', 'pull')).toBeNull()
    expect(hintOf('malformed')).toEqual({ kind: 'everything' })
    expect(of('container', 'start', '')).toEqual({ kind: 'everything' })
  })
})

describe('createMarks', () => {
  const pace = { minGap: 250, maxGap: 2_000, weakGap: 10_000 }
  const container = { kind: 'container', id: idOf('c') } as const
  /** Of the readings that may follow each other at once, all but the one at `now` are used up. */
  const afterBurst = (now: number) => {
    const marks = createMarks(pace)
    marks.take(now)
    marks.take(now)
    return marks
  }

  it('is due at once after a quiet time', () => {
    const marks = createMarks(pace)
    expect(marks.dueAt()).toBeNull()
    marks.add(container, 5_000)
    expect(marks.dueAt()).toBe(5_000)
  })

  it('lets one run be read in its three steps, each at once', () => {
    const marks = createMarks(pace)
    for (const now of [5_000, 5_060, 5_120]) {
      marks.add(container, now)
      expect(marks.dueAt()).toBe(now)
      marks.take(now)
      marks.finished(now + 30)
    }
    marks.add(container, 5_160)
    // The fourth has earned 0.48 of a reading since the first.
    expect(marks.dueAt()).toBe(5_250)
  })

  it('reads a storm once in a while, however many hints there are', () => {
    const marks = createMarks(pace)
    const starts: number[] = []
    for (let now = 0; now < 10_000; now += 5) {
      marks.add(container, now)
      if ((marks.dueAt() ?? Infinity) > now) continue
      starts.push(now)
      marks.take(now)
      marks.finished(now)
    }
    expect(starts.length).toBeLessThanOrEqual(3 + 10_000 / pace.minGap)
    expect(starts.length).toBeGreaterThanOrEqual(10_000 / pace.minGap)
  })

  it('collects what follows, and forgets nothing that comes while reading', () => {
    const marks = afterBurst(5_000)
    marks.add(container, 5_000)
    expect(marks.take(5_000).containers).toEqual(new Set([idOf('c')]))
    marks.add({ kind: 'networks' }, 5_010)
    marks.finished(5_020)
    marks.add({ kind: 'pods' }, 5_100)
    expect(marks.dueAt()).toBe(5_250)
    expect(marks.take(5_250)).toEqual({ containers: new Set(), networks: true, pods: true, everything: false })
    expect(marks.dueAt()).toBeNull()
  })

  it('waits longer for an engine that is slow, but not for ever', () => {
    const marks = afterBurst(0)
    marks.take(0)
    marks.finished(300)
    marks.add(container, 310)
    expect(marks.dueAt()).toBe(600)
    marks.take(900)
    marks.finished(5_900)
    marks.add(container, 5_900)
    expect(marks.dueAt()).toBe(5_900)
  })

  it('reads only the list for what is gone', () => {
    const marks = createMarks(pace)
    marks.add(container, 1)
    marks.add({ kind: 'gone', id: container.id }, 2)
    expect(marks.dueAt()).toBe(1)
    expect(marks.take(3).containers.size).toBe(0)
  })

  it('reads the list for masses of weak hints now and then, and at once when a strong one comes', () => {
    const marks = createMarks(pace)
    marks.take(0)
    for (let now = 1; now < 200; now++) marks.add({ kind: 'list' }, now)
    expect(marks.dueAt()).toBe(10_000)
    marks.add(container, 400)
    expect(marks.dueAt()).toBe(400)
  })
})

describe('machineOf', () => {
  const host = { netns: '4026531840', isOwn: true }
  const base = { info: { hostname: 'lab' }, connection: connectionOf({ name: 'root' }), host, localHostname: 'here' }

  it('is what the engine says', () => {
    expect(machineOf(base)).toBe('lab')
    expect(machineOf({ ...base, host: null })).toBe('lab')
  })
  it('is this machine’s name only where that is proven', () => {
    expect(machineOf({ ...base, info: null })).toBe('here')
    expect(machineOf({ ...base, info: null, host: null })).toBe('root')
    expect(machineOf({ ...base, info: { hostname: null } })).toBe('here')
  })
  it('tells hosts of one name apart by their network namespace', () => {
    expect(machineOf({ ...base, host: { netns: '7', isOwn: false } })).toBe('lab#7')
    expect(machineOf({ ...base, info: null, host: { netns: '7', isOwn: false } })).toBe('root#7')
  })
  it('of a recording has no namespace to tell apart', () => {
    const connection = connectionOf({ transport: 'recording' })
    expect(machineOf({ ...base, connection, host: { netns: '7', isOwn: false } })).toBe('lab')
  })
})

describe('rootlessOf', () => {
  const base = { info: null, connection: { ownerUid: null }, details: [] }
  it('asks the engine, then the socket’s owner, then where namespaces are kept', () => {
    expect(rootlessOf({ ...base, info: { rootless: true }, connection: { ownerUid: 0 } })).toBe(true)
    expect(rootlessOf({ ...base, info: { rootless: null }, connection: { ownerUid: 0 } })).toBe(false)
    expect(rootlessOf({ ...base, connection: { ownerUid: 1000 } })).toBe(true)
    expect(rootlessOf({ ...base, details: [detailOf('a', { sandboxKey: '/run/user/1000/netns/netns-1' })] })).toBe(true)
    expect(rootlessOf({ ...base, details: [detailOf('a')] })).toBeNull()
    expect(rootlessOf(base)).toBeNull()
  })
})

describe('createBackoff', () => {
  it('doubles up to a bound, with jitter below each step, and starts over', () => {
    const low = createBackoff(500, 15_000, () => 0)
    expect([1, 2, 3, 4, 5, 6, 7].map(() => low.next())).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500])
    const high = createBackoff(500, 15_000, () => 0.999_999)
    expect(Math.round(high.next())).toBe(500)
    high.next()
    high.reset()
    expect(Math.round(high.next())).toBe(500)
  })
})

describe('createPool', () => {
  it('runs no more than its size, all of them, and goes on after a failure', async () => {
    const pool = createPool(3)
    let running = 0
    let most = 0
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        pool(async () => {
          most = Math.max(most, ++running)
          await new Promise(resolve => setImmediate(resolve))
          running--
          if (index === 5) throw new Error('five')
          return index
        }),
      ),
    )
    expect(most).toBe(3)
    expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(19)
  })
})

describe('createAlarm', () => {
  it('wakes at the ring or in time, and remembers a ring that nobody heard', async () => {
    const time = virtualTime()
    const alarm = createAlarm(time.timers)
    const woken: string[] = []
    alarm.ring()
    void alarm.wait(1_000).then(() => woken.push('missed ring'))
    await time.settle()
    void alarm.wait(1_000).then(() => woken.push('in time'))
    await time.advance(999)
    expect(woken).toEqual(['missed ring'])
    await time.advance(1)
    expect(woken).toEqual(['missed ring', 'in time'])
    void alarm.wait(1_000).then(() => woken.push('ring'))
    alarm.ring()
    await time.settle()
    expect(woken).toEqual(['missed ring', 'in time', 'ring'])
    expect(time.pending()).toBe(0)
  })
})

it.each([
  ['4.3.1', true],
  ['5.3.2', true],
  ['5.4.0', false],
  ['6.1.1', false],
  ['5.4.0-dev', false],
  [null, true],
])('tellsNoNetworks(%s) is %s', (version, expected) => {
  expect(tellsNoNetworks(version)).toBe(expected)
})
