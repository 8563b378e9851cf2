import { describe, expect, test } from 'vitest'
import { findings, host, network, topology } from '@/lib/graph/testing'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Topology } from '@/lib/topology/types'
import { MAX_CHANGES, type Change } from '../changes'
import { burstsOf } from './bursts'
import {
  EMPTY_HISTORY,
  type History,
  isNew,
  MAX_KEPT,
  MAX_MOMENTS,
  momentOf,
  recordFindings,
  recordTopology,
} from './history'

const time = (second: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, second)).toISOString()
const with_ = (names: readonly string[], second = 0): Topology => ({
  ...topology(
    host(
      [network('app')],
      names.map(name => ({ name, on: ['app'] })),
    ),
  ),
  generatedAt: time(second),
})
const NONE: FindingsReport = findings()

/** Pictures one after another, without reports. */
const follow = (...pictures: Topology[]): History => {
  let history = EMPTY_HISTORY
  let before: Topology | null = null
  for (const picture of pictures) {
    history = recordTopology(history, before === null ? null : { topology: before, findings: NONE }, picture)
    before = picture
  }
  return history
}
const newest = ({ log }: History): Change => {
  const change = log.changes.at(-1)
  if (change === undefined) throw new Error('nothing changed')
  return change
}

describe('the pictures of a change', () => {
  test('are the one before it and the one after it', () => {
    const [one, two, three] = [with_(['web']), with_(['web', 'db'], 1), with_(['db'], 2)]
    const history = follow(one, two, three)
    const moment = momentOf(history, newest(history))
    expect(newest(history).detail.what).toBe('vanished')
    expect(moment?.before.topology).toBe(two)
    expect(moment?.after.topology).toBe(three)
  })

  test('the first picture, and one in which nothing changed, are no moments', () => {
    expect(follow(with_(['web'])).moments).toEqual([])
    expect(follow(with_(['web']), with_(['web'], 1)).moments).toEqual([])
  })

  test('the report that follows a picture belongs to its moment', () => {
    const [one, two] = [with_(['web']), with_(['web', 'db'], 1)]
    const report = findings({ kind: 'container', id: 'db', severity: 'high' })
    let history = recordFindings(follow(one), { topology: one, findings: null }, NONE)
    history = recordTopology(history, { topology: one, findings: NONE }, two)
    history = recordFindings(history, { topology: two, findings: NONE }, report)
    expect(history.moments).toHaveLength(1)
    expect(newest(history).detail.what).toBe('finding')
    const moment = momentOf(history, newest(history))
    expect(moment).toEqual(history.moments[0])
    expect(moment?.before).toEqual({ topology: one, findings: NONE })
    expect(moment?.after).toEqual({ topology: two, findings: report })

    // A second report on the same picture is a moment of its own.
    history = recordFindings(history, { topology: two, findings: report }, NONE)
    expect(newest(history).detail.what).toBe('cleared')
    expect(history.moments).toHaveLength(2)
    expect(momentOf(history, newest(history))?.before.findings).toBe(report)
  })
})

describe('what is kept', () => {
  test('is bounded in moments, and those whose changes are gone go too', () => {
    const pictures = Array.from({ length: MAX_MOMENTS + 20 }, (_, index) =>
      with_(index % 2 === 0 ? ['web'] : ['web', 'db'], index),
    )
    const history = follow(...pictures)
    expect(history.moments).toHaveLength(MAX_MOMENTS)
    const [oldest] = history.log.changes
    expect(oldest && momentOf(history, oldest)).toBeNull()
    expect(momentOf(history, newest(history))).not.toBeNull()

    const many = (seed: string) => Array.from({ length: MAX_CHANGES }, (_, index) => `${seed}${index}`)
    const flooded = follow(with_(['web']), with_(['web', 'db']), with_(['web', 'db', ...many('a')]))
    expect(flooded.log.changes).toHaveLength(MAX_CHANGES)
    expect(flooded.moments).toHaveLength(1)
  })

  test('is bounded in things that pictures do not share, and the newest moment stays', () => {
    const crowd = Array.from({ length: 1500 }, (_, index) => `c${index}`)
    const pictures = Array.from({ length: 8 }, (_, index) => with_([...crowd, `last${index}`], index))
    const history = follow(...pictures)
    const things = new Set(
      history.moments.flatMap(({ before }) =>
        before.topology.hosts.flatMap(one => [...one.containers, ...one.namespaces]),
      ),
    )
    expect(things.size).toBeLessThanOrEqual(MAX_KEPT)
    expect(history.moments.length).toBeLessThan(7)
    expect(momentOf(history, newest(history))).not.toBeNull()
  })

  test('pictures that share everything but one container cost next to nothing', () => {
    const crowd = Array.from({ length: 1500 }, (_, index) => `c${index}`)
    const base = with_(crowd)
    const [only] = base.hosts
    if (only === undefined) throw new Error('no host')
    const [first, ...rest] = only.containers
    if (first === undefined) throw new Error('no container')
    const pictures = Array.from({ length: 100 }, (_, index): Topology => {
      const state = index % 2 === 0 ? 'exited' : 'running'
      return { ...base, generatedAt: time(index), hosts: [{ ...only, containers: [{ ...first, state }, ...rest] }] }
    })
    expect(follow(...pictures).moments).toHaveLength(99)
  })
})

test('new is what this page has not shown yet, and no other page has seen', () => {
  const history = follow(with_(['web']), with_(['web', 'db'], 1), with_(['web'], 2))
  const isNewAfter = (number: number, seen: string) =>
    history.log.changes.map(change => isNew({ looked: { number, seen, at: null } }, change))
  expect(isNewAfter(0, '')).toEqual([true, true])
  expect(isNewAfter(1, '')).toEqual([false, true])
  expect(isNewAfter(0, time(1))).toEqual([false, true])
  expect(isNewAfter(0, time(2))).toEqual([false, false])
})

describe('bursts', () => {
  const change = (number: number, second: number): Change => ({
    number,
    at: time(second),
    hostId: 'root',
    ref: { kind: 'container', name: 'web' },
    name: 'web',
    detail: { what: 'appeared' },
  })
  const numbers = (changes: readonly Change[], seenBelow = 0) =>
    burstsOf(changes, ({ number }) => number < seenBelow).map(burst => burst.changes.map(({ number }) => number))

  test('newest first; quiet ends one', () => {
    expect(numbers([change(0, 0), change(1, 4), change(2, 30)])).toEqual([[2], [1, 0]])
    expect(numbers([])).toEqual([])
  })

  test('what was seen and what is new stand apart', () => {
    expect(numbers([change(0, 0), change(1, 1), change(2, 1)], 1)).toEqual([[2, 1], [0]])
  })
})
