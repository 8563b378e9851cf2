// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReach } from '@/lib/reach/reach'
import { matrixOf } from '@/lib/reach/matrix'
import { outsideOf } from '@/lib/reach/outside'
import { assembleTopology } from '@/lib/topology/build'
import type { HostModel } from '@/lib/topology/types'
import { modelOfRecording } from '@/tests/recordings/model'
import { createPageStore, type PageStore } from '../store'
import { EMPTY_URL } from '../url'
import { followReach } from './follow'
import { isFresh } from './shown'

/** A server at some revision; it counts what it is asked. */
class Server {
  readonly asked: string[] = []
  revision = 7
  down = false
  private readonly reach
  constructor(readonly model: HostModel) {
    this.reach = createReach(model)
  }

  answer = async (path: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(path instanceof Request ? path.url : path, 'http://podwire')
    this.asked.push(url.pathname)
    if (this.down) throw new TypeError('fetch failed')
    const etag = `W/"${this.revision}-1"`
    if (new Headers(init?.headers).get('if-none-match') === etag)
      return new Response(null, { status: 304, headers: { etag } })
    if (url.pathname.endsWith('/matrix')) return this.json(matrixOf(this.reach), etag)
    if (url.pathname.endsWith('/outside')) return this.json(outsideOf(this.reach), etag)
    const from = url.searchParams.get('from') ?? ''
    const row = this.reach.row({ kind: 'container', name: from.slice('container:'.length) })
    return row === null
      ? new Response(JSON.stringify({ detail: 'There is no such end on this host.' }), { status: 404 })
      : this.json(row, etag)
  }

  private json(value: unknown, etag: string): Response {
    return new Response(JSON.stringify(value), { headers: { etag } })
  }
}

let server: Server
let store: PageStore
let stop: () => void
const shown = (revision: number) => assembleTopology([server.model], revision, '2026-11-21T00:00:00Z')

beforeEach(async () => {
  server = new Server(await modelOfRecording('podman-5.4.2', 'tests/recordings/podman-5.4.2.json'))
  vi.stubGlobal('fetch', server.answer)
  vi.useFakeTimers()
  store = createPageStore()
  store.setStream({ kind: 'live', since: 0 })
  store.receiveTopology(shown(7), 0, true)
  stop = followReach(store)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const ask = (name: string) => store.ask({ hostId: null, from: { kind: 'container', name }, to: null })
const settle = () => vi.advanceTimersByTimeAsync(300)

describe('asking who is reached', () => {
  it('asks nothing until somebody wants to know', async () => {
    await settle()
    expect(server.asked).toEqual([])
  })

  it('gets the row of what is asked, fresh, with what it looks like', async () => {
    ask('web1')
    await settle()
    const { row, overlay } = store.getState().reach
    expect(row?.value?.from).toBe('container:web1')
    expect(row !== null && isFresh(row, 7)).toBe(true)
    expect(overlay).not.toBeNull()
  })

  it('asks again once after a burst of changes, and calls the answer stale until then', async () => {
    ask('web1')
    await settle()
    server.revision = 9
    store.receiveTopology(shown(8), 0, false)
    store.receiveTopology(shown(9), 0, false)
    const { row } = store.getState().reach
    expect(row !== null && isFresh(row, 9)).toBe(false)
    await settle()
    expect(server.asked).toHaveLength(2)
    const renewed = store.getState().reach.row
    expect(renewed !== null && isFresh(renewed, 9)).toBe(true)
  })

  it('takes no old answer for the new question', async () => {
    ask('web1')
    await settle()
    ask('db')
    expect(store.getState().reach.row?.value).toBeNull()
    expect(store.getState().reach.overlay).toBeNull()
    await settle()
    expect(store.getState().reach.row?.value?.from).toBe('container:db')
  })

  it('keeps the last answer of a server that went away, never as fresh, and recovers', async () => {
    ask('web1')
    await settle()
    server.down = true
    store.receiveTopology(shown(8), 0, false)
    await settle()
    const lost = store.getState().reach.row
    expect(lost?.value).not.toBeNull()
    expect(lost?.problem).toContain('does not answer')
    expect(lost !== null && isFresh(lost, 7)).toBe(false)
    server.down = false
    server.revision = 8
    await vi.advanceTimersByTimeAsync(16_000)
    const back = store.getState().reach.row
    expect(back !== null && isFresh(back, 8)).toBe(true)
  })

  it('says what the server says of an end that is gone', async () => {
    ask('nobody')
    await settle()
    expect(store.getState().reach.row).toMatchObject({ value: null, problem: 'There is no such end on this host.' })
  })

  it('forgets everything when nobody asks any more', async () => {
    store.setUrl({ ...EMPTY_URL, view: 'matrix', reach: { hostId: null, from: 'outside', to: null } })
    await settle()
    expect(store.getState().reach.matrix?.value?.cells.length).toBeGreaterThan(5)
    expect(store.getState().reach.outside?.value?.targets.length).toBeGreaterThan(5)
    store.setUrl(EMPTY_URL)
    expect(store.getState().reach).toMatchObject({ row: null, pair: null, outside: null, matrix: null, overlay: null })
    const asked = server.asked.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.asked).toHaveLength(asked)
  })

  it('rests while the page is paused', async () => {
    ask('web1')
    await settle()
    store.pause()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.asked).toHaveLength(1)
  })
})
