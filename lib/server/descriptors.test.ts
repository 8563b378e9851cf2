import { expect, test } from 'vitest'
import { connectionRoom, ownConnectionRoom } from './descriptors'

const limits = (soft: string) => `Limit                     Soft Limit           Hard Limit           Units
Max processes             31664                31664                processes
Max open files            ${soft.padEnd(20)} 4096                 files
`

test.each([
  ['1024', 896],
  ['200', 72],
  ['130', 16],
  ['1048576', 4096],
  ['unlimited', 4096],
])('of %s descriptors connections may have %i', (soft, room) => {
  expect(connectionRoom(limits(soft))).toBe(room)
})

test('where nothing tells of a limit, ours is the only one', () => {
  expect(connectionRoom(null)).toBe(4096)
  expect(ownConnectionRoom()).toBeGreaterThan(0)
})
