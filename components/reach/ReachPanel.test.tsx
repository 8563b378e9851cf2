// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Asked, NOTHING_ASKED } from '@/lib/client/reach/shown'
import { type LinkedReach, EMPTY_URL } from '@/lib/client/url'
import { outsideOf } from '@/lib/reach/outside'
import { createReach, type Reach } from '@/lib/reach/reach'
import { pairWithStop } from '@/lib/reach/stop'
import { assembleTopology } from '@/lib/topology/build'
import type { Topology } from '@/lib/topology/types'
import { renderPage } from '@/components/testing'
import { modelOfRecording } from '@/tests/recordings/model'
import { ReachPanel } from './ReachPanel'

// The panel is loaded when it is asked for, on a machine that has other things to do as well.
configure({ asyncUtilTimeout: 30_000 })

let topology: Topology
let reach: Reach
beforeAll(async () => {
  const model = await modelOfRecording('podman-5.4.2', 'tests/recordings/podman-5.4.2.json')
  topology = assembleTopology([model], 5, '2026-11-21T00:00:00Z')
  reach = createReach(model)
})
afterEach(cleanup)

const web1 = { kind: 'container', name: 'web1' } as const
const strict1 = { kind: 'container', name: 'strict1' } as const

function show(asked: LinkedReach | null, revision = 5) {
  const store = renderPage(<ReachPanel />, topology)
  const answered = <T,>(value: T): Asked<T> => ({ hostId: 'podman-5.4.2', path: '', value, revision, problem: null })
  const row = reach.row(web1)
  const pair = pairWithStop(reach, web1, strict1)
  if (row === null || pair === null) throw new Error('the recording has changed')
  store.setUrl({ ...EMPTY_URL, reach: asked })
  store.receiveReach({
    ...NOTHING_ASKED,
    row: answered(row),
    pair: answered(pair),
    outside: answered(outsideOf(reach)),
  })
  return store
}

describe('the panel', () => {
  it('lists whom an end reaches by verdict and reason, ports by themselves', async () => {
    show({ hostId: null, from: web1, to: null })
    const [first] = await screen.findAllByText('both are on network frontend')
    const reached = first?.closest('li')
    expect(within(reached ?? document.body).getByRole('button', { name: 'The way to web2' })).toBeTruthy()
    expect(screen.getByText(/backend is internal: nothing/)).toBeTruthy()
    expect(screen.getByText('*:8080/tcp')).toBeTruthy()
  })

  it('says where a way is stopped, and why', async () => {
    show({ hostId: null, from: web1, to: strict1 })
    expect(await screen.findByText('web1 cannot connect to strict1.')).toBeTruthy()
    const hops = screen.getAllByRole('listitem').map(item => item.textContent)
    expect(hops).toContain('1namespace of web1')
    expect(hops).toContain('4network strictnet')
    expect(hops).toContainEqual(expect.stringMatching(/strictnet: isolation stops it/))
  })

  it('groups what outside reaches by segment, and tells what needs a route', async () => {
    show({ hostId: null, from: 'outside', to: null })
    const segment = await screen.findByRole('region', { name: 'From eth0' })
    expect(within(segment).getByText('Any neighbour there')).toBeTruthy()
    expect(within(segment).getByText('printer2')).toBeTruthy()
    expect(within(segment).getByText('Only if the neighbour routes here')).toBeTruthy()
    expect(screen.getByRole('region', { name: /From eth1/ }).textContent).toContain('macpriv')
  })

  it('asks what the form says, at once, and the other way round', async () => {
    const store = show({ hostId: null, from: web1, to: null })
    fireEvent.change(await screen.findByLabelText('To'), { target: { value: 'container:db' } })
    expect(store.getState().url.reach).toMatchObject({ from: web1, to: { kind: 'container', name: 'db' } })
    fireEvent.click(screen.getByRole('button', { name: 'Ask the other way round' }))
    expect(store.getState().url.reach).toMatchObject({ from: { kind: 'container', name: 'db' }, to: web1 })
    fireEvent.change(screen.getByLabelText('From'), { target: { value: 'outside' } })
    expect(store.getState().url.reach).toMatchObject({ from: 'outside', to: null })
  })

  it('never shows an answer to an older picture as fresh', async () => {
    show({ hostId: null, from: web1, to: null }, 4)
    expect(await screen.findByText(/has changed since/)).toBeTruthy()
    expect(
      screen.getAllByText('both are on network frontend')[0]?.closest('[data-stale]')?.getAttribute('data-stale'),
    ).toBe('true')
  })
})
