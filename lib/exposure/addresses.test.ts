import { expect, test } from 'vitest'
import { canonical } from './addresses'

test.each([
  ['10.0.0.2', '10.0.0.2'],
  ['10.0.0.2/24', '10.0.0.2'],
  ['2001:0DB8:0:0::0007/64', '2001:db8::7'],
  ['::ffff:10.0.0.2', '10.0.0.2'],
  ['::', '::'],
])('%s is %s', (given, one) => {
  expect(canonical(given)).toBe(one)
})

test('what is no address is none', () => {
  for (const text of ['', 'eth0', '<nil>', '1.2.3']) expect(canonical(text)).toBeNull()
})
