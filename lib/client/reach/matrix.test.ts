import { describe, expect, it } from 'vitest'
import type { ReachMatrix } from '@/lib/reach/matrix'
import { en } from '../words/en'
import { cellAt, endLabel, inSight, pairAt, placeOf, walk } from './matrix'

const matrix: ReachMatrix = {
  hostId: 'root',
  sources: [
    { kind: 'host', networks: [], members: [{ ref: 'host', name: 'box' }] },
    { kind: 'routed', networks: [], members: [{ ref: 'routed:eth0', name: 'eth0' }] },
    {
      kind: 'namespaces',
      networks: ['app'],
      members: [
        { ref: 'container:a', name: 'a' },
        { ref: 'container:b', name: 'b' },
      ],
    },
  ],
  targets: [
    { kind: 'host', networks: [], members: [{ ref: 'host', name: 'box' }] },
    {
      kind: 'namespaces',
      networks: ['app'],
      members: [
        { ref: 'container:a', name: 'a' },
        { ref: 'container:b', name: 'b' },
      ],
    },
  ],
  judgements: [
    { verdict: 'reachable', because: ['both are on one network'] },
    { verdict: 'unknown', because: ['nobody knows'] },
  ],
  cells: [
    [null, 0],
    [0, 1],
    [0, 0],
  ],
}

describe('a cell', () => {
  it('names its ends, its verdict and why', () => {
    expect(cellAt(matrix, { row: 1, column: 1 }, en)).toEqual({
      verdict: 'unknown',
      words: 'outside of eth0, routing here to a +1: unknown, nobody knows',
    })
  })

  it('of a group with itself speaks of its members', () => {
    expect(cellAt(matrix, { row: 2, column: 1 }, en)?.words).toBe(
      'among the 2 like a: reachable, both are on one network',
    )
    expect(pairAt(matrix, { row: 2, column: 1 })).toEqual({
      from: { kind: 'container', name: 'a' },
      to: { kind: 'container', name: 'b' },
    })
  })

  it('of an end with itself says nothing', () => {
    expect(cellAt(matrix, { row: 0, column: 0 }, en)?.verdict).toBeNull()
    expect(pairAt(matrix, { row: 0, column: 0 })).toBeNull()
  })

  it('is found by any member of its groups', () => {
    expect(placeOf(matrix, 'container:b', 'container:a')).toEqual({ row: 2, column: 1 })
    expect(placeOf(matrix, 'container:b', 'container:gone')).toBeNull()
    expect(endLabel({ kind: 'namespaces', networks: [], members: [{ ref: 'container:a', name: 'a' }] }, en.reach)).toBe(
      'a',
    )
  })
})

it('keys walk within the table', () => {
  const size = { rows: 3, columns: 2 }
  const go = (key: string, control = false) => walk({ row: 1, column: 1 }, key, control, size, 10)
  expect(go('ArrowLeft')).toEqual({ row: 1, column: 0 })
  expect(go('ArrowRight')).toEqual({ row: 1, column: 1 })
  expect(go('PageDown')).toEqual({ row: 2, column: 1 })
  expect(go('Home', true)).toEqual({ row: 0, column: 0 })
  expect(go('End')).toEqual({ row: 1, column: 1 })
  expect(go('x')).toBeNull()
})

it('what is in sight does not grow with the table', () => {
  const { from, to } = inSight(30_000, 800, 30, 10_000)
  expect(to - from).toBeLessThan(40)
  expect(inSight(0, 800, 30, 5)).toEqual({ from: 0, to: 5 })
})
