import { describe, expect, it } from 'vitest'
import { findings, host, network, topology } from '@/lib/graph/testing'
import type { Ref } from '@/lib/topology/ref'
import type { Topology } from '@/lib/topology/types'
import { createPageStore } from './store'
import { EMPTY_URL } from './url'

const web: Ref = { kind: 'container', name: 'web' }
const db: Ref = { kind: 'container', name: 'db' }
const at = (revision: number): Topology => ({
  ...topology(host([network('app')], [{ name: `web${revision}`, on: ['app'] }])),
  revision,
})
const ping = (build: string) => ({
  revision: 1,
  serverTime: '',
  build,
  hosts: [{ id: 'root', status: 'stale' as const, ageSeconds: 30 }],
})

describe('pausing', () => {
  it('holds the picture still, counts the changes, and shows the last one on resuming', () => {
    const store = createPageStore()
    store.receiveTopology(at(1), 0, true)
    store.pause()
    store.receiveTopology(at(2), 1, false)
    store.receiveTopology(at(3), 2, false)
    store.receiveFindings(findings())
    expect(store.getState().topology?.revision).toBe(1)
    expect(store.getState().findings).toBeNull()
    expect(store.getState().held?.changes).toBe(2)
    store.resume()
    expect(store.getState().topology?.revision).toBe(3)
    expect(store.getState().findings).not.toBeNull()
    expect(store.getState().held).toBeNull()
  })

  it('does not count a reconnection that brings the same picture', () => {
    const store = createPageStore()
    store.receiveTopology(at(1), 0, true)
    store.pause()
    store.receiveTopology(at(1), 5, true)
    expect(store.getState().held?.changes).toBe(0)
  })

  it('changes nothing when nothing came', () => {
    const store = createPageStore()
    store.receiveTopology(at(1), 0, true)
    store.pause()
    store.pause()
    store.resume()
    expect(store.getState().topology?.revision).toBe(1)
  })

  it('keeps the age of the data running', () => {
    const store = createPageStore()
    store.receiveTopology(at(1), 0, true)
    store.pause()
    store.receivePing(ping('a'), 1000)
    expect(store.getState().ages.get('root')).toEqual({ status: 'stale', ageSeconds: 30, at: 1000 })
  })
})

describe('ages', () => {
  it('of hosts that a patch did not touch stay what they were', () => {
    const store = createPageStore()
    const picture = { ...at(1), hosts: [host([], []), host([], [], { id: 'user', name: 'user' })] }
    const [root, user] = picture.hosts
    if (!root || !user) throw new Error('two hosts')
    store.receiveTopology(picture, 0, true)
    store.receiveTopology({ ...picture, revision: 2, hosts: [{ ...root, name: 'new' }, user] }, 5000, false)
    expect(store.getState().ages.get('root')?.at).toBe(5000)
    expect(store.getState().ages.get('user')?.at).toBe(0)
  })

  it('of a host that became stale go on from when it was read', () => {
    const store = createPageStore()
    store.receiveTopology(at(1), 0, true)
    const [one] = at(1).hosts
    if (!one) throw new Error('one host')
    store.receiveTopology({ ...at(2), hosts: [{ ...one, status: 'stale' }] }, 9000, false)
    expect(store.getState().ages.get('root')).toEqual({ status: 'stale', ageSeconds: 0, at: 0 })
  })
})

describe('selecting', () => {
  it('opens the details, and findings again when nothing is selected', () => {
    const store = createPageStore()
    store.select({ hostId: 'root', ref: web })
    expect(store.getState()).toMatchObject({ panel: 'details', sheet: true, url: { select: { ref: web } } })
    store.select(null)
    expect(store.getState()).toMatchObject({ panel: 'findings', sheet: false, url: { select: null } })
  })

  it('keeps the list of findings when the selection comes from there', () => {
    const store = createPageStore()
    store.select({ hostId: 'root', ref: web }, 'findings')
    expect(store.getState().panel).toBe('findings')
  })

  it('follows Back to another thing, and leaves the panel alone when only something else changed', () => {
    const store = createPageStore()
    store.select({ hostId: 'root', ref: web })
    store.showPanel('findings')
    store.setUrl({ ...store.getState().url, q: 'x' })
    expect(store.getState().panel).toBe('findings')
    store.setUrl({ ...EMPTY_URL, select: { hostId: 'root', ref: db } })
    expect(store.getState().panel).toBe('details')
  })
})

it('notices that another build of the server answers', () => {
  const store = createPageStore()
  store.receivePing(ping('a'), 0)
  expect(store.getState().outdated).toBe(false)
  store.receivePing(ping('b'), 1)
  expect(store.getState().outdated).toBe(true)
})

it('keeps a theme that the link sets out of the stored choice, and in the link', () => {
  const store = createPageStore()
  store.setTheme('light')
  expect(store.getState().url.theme).toBeNull()
  store.setUrl({ ...EMPTY_URL, theme: 'dark' })
  store.setTheme('light')
  expect(store.getState().url.theme).toBe('light')
})
