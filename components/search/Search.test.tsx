// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { host, network, topology } from '@/lib/graph/testing'
import { formatRef } from '@/lib/topology/ref'
import { renderPage } from '@/components/testing'
import { Search } from './Search'

afterEach(cleanup)

const show = () => {
  const store = renderPage(
    <Search />,
    topology(
      host(
        [network('app')],
        [
          { name: 'web', on: ['app'] },
          { name: 'web2', on: ['app'] },
        ],
      ),
    ),
  )
  const field = screen.getByRole('combobox')
  fireEvent.focus(field)
  fireEvent.change(field, { target: { value: 'web' } })
  return { store, field }
}
const active = (field: HTMLElement) =>
  document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent

it('walks the matches by arrow keys, round the ends, and selects with Enter', () => {
  const { store, field } = show()
  // The last one filters.
  expect(screen.getAllByRole('option')).toHaveLength(3)
  expect(active(field)).toMatch(/^web/)
  fireEvent.keyDown(field, { key: 'ArrowUp' })
  expect(active(field)).toMatch(/^Filter by “web”/)
  fireEvent.keyDown(field, { key: 'ArrowUp' })
  expect(active(field)).toMatch(/^web2/)
  fireEvent.keyDown(field, { key: 'Enter' })
  const { select, q } = store.getState().url
  expect(select && formatRef(select.ref)).toBe('container:web2')
  expect(q).toBe('')
  expect(field.getAttribute('aria-expanded')).toBe('false')
})

it('clears with Escape and tells nobody else about it', () => {
  const { store, field } = show()
  let heard = false
  document.addEventListener('keydown', () => (heard = true), { once: true })
  fireEvent.keyDown(field, { key: 'Escape' })
  expect(store.getState().url.q).toBe('')
  expect(screen.queryAllByRole('option')).toHaveLength(0)
  expect(heard).toBe(false)
})

it('says when nothing is found, and filters by it all the same', () => {
  const { store, field } = show()
  fireEvent.change(field, { target: { value: 'nowhere' } })
  expect(screen.getByText(/Nothing is called or addressed “nowhere”/)).toBeTruthy()
  fireEvent.keyDown(field, { key: 'Enter' })
  expect(store.getState().url).toMatchObject({ q: '', filter: 'nowhere' })
})
