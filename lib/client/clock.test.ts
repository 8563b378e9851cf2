import { expect, test } from 'vitest'
import { createPageClock } from './clock'

const clockOf = () => {
  const time = { steady: 1000, wall: 1_700_000_000_000 }
  return {
    time,
    clock: createPageClock(
      () => time.steady,
      () => time.wall,
    ),
  }
}

test('counts what was slept, once', () => {
  const { time, clock } = clockOf()
  time.steady += 5000
  time.wall += 5000 + 8 * 3_600_000
  expect(clock.now()).toBe(6000 + 8 * 3_600_000)
  expect(clock.slept()).toBe(8 * 3_600_000)
  time.steady += 1000
  time.wall += 1000
  expect(clock.now()).toBe(7000 + 8 * 3_600_000)
})

test('does not go back when the wall clock does, and takes a small correction for none', () => {
  const { time, clock } = clockOf()
  time.wall -= 3_600_000
  expect(clock.now()).toBe(1000)
  time.wall += 10_000
  time.steady += 1
  expect(clock.now()).toBe(1001)
  expect(clock.slept()).toBe(0)
})
