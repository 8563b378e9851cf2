// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { MatrixEnd, ReachMatrix } from '@/lib/reach/matrix'
import { assembleTopology } from '@/lib/topology/build'
import { renderPage } from '@/components/testing'
import { MatrixGrid } from './MatrixGrid'

const namespaces = (name: string): MatrixEnd => ({
  kind: 'namespaces',
  networks: ['app'],
  members: [{ ref: `container:${name}`, name }],
})

function matrixOf(size: number): ReachMatrix {
  const ends = Array.from({ length: size }, (_, index) => namespaces(`app-${index}`))
  return {
    hostId: 'root',
    sources: ends,
    targets: ends,
    judgements: [
      { verdict: 'reachable', because: ['both are on one network'] },
      { verdict: 'blocked', because: ['isolation between their networks'] },
      { verdict: 'unknown', because: ['nobody knows'] },
    ],
    cells: ends.map((_, row) => ends.map((__, column) => (row === column ? null : (row + column) % 3))),
  }
}

const page = assembleTopology([], 1, '2026-11-21T00:00:00Z')
const show = (size: number, onOpen = vi.fn()) => {
  renderPage(<MatrixGrid matrix={matrixOf(size)} reach={null} onOpen={onOpen} name="Who can reach whom" />, page)
  // By selector: a search by role looks at every cell.
  const grid = document.querySelector<HTMLElement>('[role="grid"]')
  if (grid === null) throw new Error('no grid')
  return { grid, onOpen }
}
const active = (grid: HTMLElement) => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')

beforeAll(() => {
  // Happy-dom lays nothing out.
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 700 })
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 500 })
})
afterEach(cleanup)

describe('the matrix', () => {
  it('has only what is in sight in the document, and says how much there is', () => {
    const { grid } = show(300)
    expect(document.querySelectorAll('[role="gridcell"]').length).toBeLessThan(1000)
    expect(document.querySelectorAll('[role="gridcell"]').length).toBeGreaterThan(100)
    expect(grid.getAttribute('aria-rowcount')).toBe('301')
    expect(grid.getAttribute('aria-colcount')).toBe('301')
  })

  it('names every cell by its ends, its verdict and why', () => {
    show(3)
    expect(
      screen.getByRole('gridcell', { name: 'app-0 to app-1: blocked, isolation between their networks' }),
    ).toBeTruthy()
    expect(screen.getByRole('gridcell', { name: 'app-0 to app-2: unknown, nobody knows' }).textContent).toBe('unknown')
    expect(screen.getByRole('rowheader', { name: /app-2/ })).toBeTruthy()
    expect(screen.getByRole('columnheader', { name: /app-2/ })).toBeTruthy()
  })

  it('is walked by arrows, and Enter opens the pair', () => {
    const { grid, onOpen } = show(4)
    expect(active(grid)?.getAttribute('aria-label')).toContain('app-0 to app-1')
    fireEvent.keyDown(grid, { key: 'ArrowDown' })
    fireEvent.keyDown(grid, { key: 'ArrowDown' })
    fireEvent.keyDown(grid, { key: 'ArrowRight' })
    fireEvent.keyDown(grid, { key: 'ArrowRight' })
    expect(active(grid)?.getAttribute('aria-label')).toContain('app-2 to app-3')
    fireEvent.keyDown(grid, { key: 'Enter' })
    expect(onOpen).toHaveBeenCalledWith({
      from: { kind: 'container', name: 'app-2' },
      to: { kind: 'container', name: 'app-3' },
    })
    fireEvent.keyDown(grid, { key: 'ArrowLeft' })
    fireEvent.keyDown(grid, { key: 'Enter' })
    expect(onOpen).toHaveBeenCalledTimes(1)
  })
})
