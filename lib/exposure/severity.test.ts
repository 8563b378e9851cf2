import { expect, test } from 'vitest'
import { derive, lower, lowerScale, SEVERITIES, worst } from './severity'

const scale = { rootful: 'critical', rootless: 'high' } as const

test('a scale of two is decided by the engine', () => {
  expect(derive(scale, false, false)).toEqual({ severity: 'critical', words: '' })
  expect(derive(scale, true, false)).toEqual({ severity: 'high', words: '' })
})

test('when the engine does not say, the worse counts, and that is said', () => {
  expect(derive(scale, null, false).severity).toBe('critical')
  expect(derive(scale, null, false).words).toContain('assuming rootful')
  expect(derive('medium', null, false).words).toBe('')
})

test('latent is one step lower, down to info, and says so', () => {
  expect(SEVERITIES.map(one => derive(one, false, true).severity)).toEqual(['high', 'medium', 'low', 'info', 'info'])
  expect(derive('high', false, true).words).toContain('Latent')
})

test('steps of scales', () => {
  expect(lower('info')).toBe('info')
  expect(lowerScale(scale)).toEqual({ rootful: 'high', rootless: 'medium' })
  expect(worst({ rootful: 'info', rootless: 'low' })).toBe('low')
})
