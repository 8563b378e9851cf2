import { describe, expect, it } from 'vitest'
import { host } from '@/lib/graph/testing'
import { en } from './words/en'
import { describeFreshness, staleBecause } from './freshness'
import type { HostAge } from './store'
import type { StreamState } from './stream'

const live: StreamState = { kind: 'live', since: 0 }
const lost = { since: 0, nextTry: 12_500, problem: 'The connection is lost.' }
const a = host([], [], { id: 'a', name: 'a' })
const b = host([], [], { id: 'b', name: 'b' })
const age = (status: HostAge['status'], ageSeconds = 0): HostAge => ({ status, ageSeconds, at: 0 })
const ages = (entries: Record<string, HostAge>) => new Map(Object.entries(entries))
const words = (
  stream: StreamState,
  of: Record<string, HostAge>,
  held: { changes: number } | null = null,
  now = 10_000,
) =>
  describeFreshness(
    stream,
    [a, b].filter(({ id }) => id in of),
    ages(of),
    held,
    now,
    en.page,
  )

describe('the pill', () => {
  it('is live only when the stream and every host are', () => {
    expect(words(live, { a: age('live') })).toMatchObject({ mood: 'live', words: 'live' })
    expect(words(live, { a: age('live'), b: age('stale', 60) })).toMatchObject({
      mood: 'stale',
      words: '1 of 2 hosts stale',
    })
    expect(words(live, { a: age('unreachable') })).toMatchObject({ mood: 'stale', words: 'unreachable' })
  })

  it('counts the age on by itself', () => {
    expect(words(live, { a: age('stale', 60) }).words).toBe('stale, 1 min old')
    expect(words(live, { a: age('polling', 3) })).toMatchObject({ mood: 'polling', words: 'polling, 13 s old' })
  })

  it('says when it tries again', () => {
    expect(words({ kind: 'reconnecting', ...lost }, { a: age('live') }).words).toBe('reconnecting in 3 s')
    expect(words({ kind: 'reconnecting', ...lost }, { a: age('live') }, null, 13_000).words).toBe('reconnecting')
    expect(words({ kind: 'stale', ...lost }, { a: age('live') }, null, 90_000).words).toBe('stale, 1 min old')
  })

  it('is never called live while paused, nor paused while the connection is lost', () => {
    expect(words(live, { a: age('live') }, { changes: 0 }).words).toBe('paused')
    expect(words(live, { a: age('live') }, { changes: 12 }).words).toBe('paused, 12 changes waiting')
    expect(words({ kind: 'stale', ...lost }, { a: age('live') }, { changes: 12 }).mood).toBe('stale')
  })
})

describe('the veil', () => {
  it('falls when nothing on the screen may be current', () => {
    expect(staleBecause({ kind: 'stale', ...lost }, [a], ages({ a: age('live') }), 60_000, en.page.freshness)).toEqual({
      ageSeconds: 60,
      problem: lost.problem,
    })
    const stale = { ...a, status: 'stale' as const, problem: 'Podman is hanging.' }
    expect(staleBecause(live, [stale], ages({ a: age('stale', 5) }), 2000, en.page.freshness)).toEqual({
      ageSeconds: 7,
      problem: 'Podman is hanging.',
    })
  })

  it('does not hide hosts that are current behind one that is not', () => {
    expect(staleBecause(live, [a, { ...b, status: 'stale' }], ages({}), 0, en.page.freshness)).toBeNull()
    expect(staleBecause(live, [{ ...a, status: 'unreachable' }], ages({}), 0, en.page.freshness)).toBeNull()
    expect(staleBecause({ kind: 'reconnecting', ...lost }, [a], ages({}), 5000, en.page.freshness)).toBeNull()
  })
})
