import { expect, test } from 'vitest'
import { aspectClass } from './aspect'

test('16:9 is a class of its own, whatever the resolution', () => {
  expect(aspectClass(1920, 1080)).toBe(16 / 9)
  expect(aspectClass(3840, 2160)).toBe(16 / 9)
})

test('a window that grows a little keeps its class, one that turns does not', () => {
  expect(aspectClass(1900, 1040)).toBe(aspectClass(1920, 1080))
  expect(aspectClass(1280, 1024)).not.toBe(aspectClass(1920, 1080))
  expect(aspectClass(1080, 1920)).toBeCloseTo(9 / 16, 1)
})

test('no size yet is no reason to divide by zero', () => expect(aspectClass(0, 0)).toBe(16 / 9))
