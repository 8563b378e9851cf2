// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { findings, host, network, topology } from '@/lib/graph/testing'
import { followHistory } from '@/lib/client/history/follow'
import { es } from '@/lib/client/words/es'
import type { Host, Topology } from '@/lib/topology/types'
import { renderPage } from '@/components/testing'
import { ChangesPanel } from './ChangesPanel'
import { PastBar } from './PastBar'
import { usePage } from '@/components/page-state'

afterEach(cleanup)

let second = 0
const at = (one: Host): Topology => {
  second += 10
  return { ...topology(one), generatedAt: new Date(Date.UTC(2026, 10, 22, 10, 0, second)).toISOString() }
}
const app = network('app')
const web = { name: 'web', on: ['app'] }

function Both() {
  const past = usePage(state => state.past)
  return (
    <>
      {past !== null && <PastBar past={past} />}
      <ChangesPanel />
    </>
  )
}

/** A page with its list open that has seen these hosts one after another. */
function open(...hosts: [Host, ...Host[]]) {
  localStorage.clear()
  const [first, ...rest] = hosts
  const store = renderPage(<Both />, at(first), findings())
  act(() => {
    followHistory(store)
  })
  for (const one of rest) act(() => store.receiveTopology(at(one), 0, false))
  return store
}

test('each change has a word, its thing, and what was before', () => {
  open(
    host([app], [web]),
    host([app], [{ ...web, state: 'exited' }]),
    host(
      [app],
      [
        { ...web, state: 'exited' },
        { name: 'db', on: ['app'] },
      ],
    ),
  )
  const [added, changed] = screen.getAllByRole('listitem').filter(item => 'change' in item.dataset)
  expect(added?.textContent).toContain('added')
  expect(added?.textContent).toContain('db')
  expect(changed?.textContent).toContain('changed')
  expect(changed?.textContent).toContain('running → exited')
  expect(screen.getByRole('link', { name: 'web' })).toBeDefined()
})

test('a change opens its pictures, marked as the past; leaving for anything of now ends that', () => {
  const store = open(host([app], [web]), host([app], [web, { name: 'db', on: ['app'] }]))
  fireEvent.click(screen.getByRole('button', { name: 'db, added: before and after on the map' }))
  expect(screen.getByRole('region', { name: 'The past' }).textContent).toContain('db is not there')
  expect(store.getState().past?.moment.before.topology.hosts[0]?.containers).toHaveLength(1)
  expect(store.getState().url.select?.ref).toEqual({ kind: 'container', name: 'db' })
  fireEvent.click(screen.getByRole('button', { name: 'After' }))
  expect(screen.getByRole('region', { name: 'The past' }).textContent).not.toContain('is not there')
  act(() => store.leave())
  expect(store.getState().past).toBeNull()
  expect(store.getState().panel).toBe('changes')
  for (const leave of [
    () => store.showPanel('findings'),
    () => store.setFilter('web'),
    () => store.select({ hostId: 'root', ref: { kind: 'container', name: 'web' } }),
    () => store.setUrl({ ...store.getState().url, view: 'list' }),
  ]) {
    fireEvent.click(screen.getByRole('button', { name: 'db, added: before and after on the map' }))
    expect(store.getState().past).not.toBeNull()
    act(leave)
    expect(store.getState().past).toBeNull()
  }
})

test('what is gone is no link; in Spanish it says so in Spanish', () => {
  const store = open(host([app], [web, { name: 'db', on: ['app'] }]), host([app], [web]))
  act(() => store.setWords(es))
  const [row] = screen.getAllByRole('listitem').filter(item => 'change' in item.dataset)
  expect(row?.textContent).toContain('quitado')
  expect(screen.queryByRole('link', { name: /db/ })).toBeNull()
})

test('looking is remembered, for the same hosts alone', () => {
  open(host([app], [web]), host([app], []))
  const keys = Object.keys(localStorage).filter(key => key.startsWith('podwire.looked:'))
  expect(keys).toEqual(['podwire.looked:root'])
  expect(localStorage.getItem(keys[0] ?? '')).toContain('2026-11-22T10:')
})
