import { expect, test } from 'vitest'
import { cleanPath, contains } from './paths'

test.each([
  ['/', '/'],
  ['//', '/'],
  ['/etc/', '/etc'],
  ['/srv/./a//b/../c', '/srv/a/c'],
  ['/..', '/'],
  ['/var/run', '/run'],
  ['/var/run/podman', '/run/podman'],
  ['/var/running', '/var/running'],
  ['/var/./run/x', '/run/x'],
  ['/.hidden/..data', '/.hidden/..data'],
])('%s is %s', (given, clean) => {
  expect(cleanPath(given)).toBe(clean)
})

test('a name is no path', () => {
  expect(cleanPath('data')).toBeNull()
  expect(cleanPath('')).toBeNull()
  expect(cleanPath('./x')).toBeNull()
})

test('above means above', () => {
  expect(contains('/', '/run')).toBe(true)
  expect(contains('/run', '/run')).toBe(true)
  expect(contains('/run', '/run/user')).toBe(true)
  expect(contains('/run', '/running')).toBe(false)
  expect(contains('/run/user', '/run')).toBe(false)
})
