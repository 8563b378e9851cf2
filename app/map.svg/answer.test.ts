import { afterEach, describe, expect, test } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { examine } from '@/lib/exposure/engine'
import { createAuth } from '@/lib/server/auth'
import { createHub, type RunningHub } from '@/lib/server/hub'
import { serve } from '@/lib/server/api/handler'
import { setRunning } from '@/lib/server/registry'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import { container, network, port, snapshot } from '@/lib/topology/testing'
import { mapAnswer } from './answer'

let hub: RunningHub | null = null
afterEach(() => {
  hub?.close()
  setRunning(null)
})

/** A server that has just read this. */
function start(spec: Partial<HostSnapshot>): { read: (next: Partial<HostSnapshot>) => void } {
  let now = snapshot(spec)
  let changed: (snapshot: HostSnapshot) => void = () => {}
  const onError = (error: unknown) => {
    throw error
  }
  const source = {
    current: () => now,
    ageSeconds: () => 0,
    counters: () => ({}),
    subscribe(listener: (snapshot: HostSnapshot) => void) {
      changed = listener
      return () => {}
    },
  }
  const made = createHub(
    [source],
    {
      build: (one, ageSeconds) => buildTopology(one, { ageSeconds }),
      assemble: assembleTopology,
      diff: diffTopology,
      examine,
      wallTime: () => '2026-01-01T00:00:00.000Z',
      onError,
    },
    { firstRevision: 1, about: { version: '1', build: 'b', demo: null, unsupported: [] } },
  )
  hub = made
  setRunning({ hub: made, auth: createAuth(null), onError })
  return {
    read(next) {
      now = snapshot(next)
      changed(now)
    },
  }
}

const get = (query = '') => serve(new Request(`http://127.0.0.1/map.svg${query}`), mapAnswer)
const drawn = async (query = '') => (await get(query)).text()

const web = container('web', { networks: { app: ['10.89.0.2'] }, ports: [port({ hostPort: 8080 })] })
const busy = { containers: [web], networks: [network('app')] }

describe('the picture of the page before the live one', () => {
  test('has what the map has, in the shape of its place, in the theme and language that are asked for', async () => {
    start(busy)
    const answer = await get('?width=1520&height=1029&theme=light&lang=es')
    expect(answer.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    const wide = await answer.text()
    expect(wide).toContain('>web<')
    expect(wide).toContain('>*:8080/tcp<')
    expect(wide).toContain('>redes<')
    expect(await drawn('?width=1520&height=1029')).toContain('>networks<')
    expect(await drawn('?width=1520&height=1029&theme=light')).not.toBe(
      await drawn('?width=1520&height=1029&theme=dark'),
    )
    expect(await drawn('?width=1530&height=1029&theme=light&lang=es')).toBe(wide)
    expect(await drawn('?width=500&height=1529&theme=light&lang=es')).not.toBe(wide)
  })

  test('is of now', async () => {
    const server = start(busy)
    expect(await drawn()).toContain('>web<')
    server.read({ ...busy, containers: [container('late', { networks: { app: ['10.89.0.3'] } })] })
    await expect.poll(() => drawn()).toContain('>late<')
    expect(await drawn()).not.toContain('>web<')
  })

  test('is of now also when it was asked for just before something changed', async () => {
    const server = start(busy)
    await drawn('?lang=es')
    server.read({ ...busy, containers: [container('second', { networks: { app: ['10.89.0.3'] } })] })
    await expect.poll(() => drawn()).toContain('>second<')
    const before = get('?lang=es')
    server.read({ ...busy, containers: [container('third', { networks: { app: ['10.89.0.4'] } })] })
    // Whenever the change is published: the first that is asked for after it must not bring the old one back.
    await Promise.all([before, get(), get()])
    await expect.poll(() => drawn()).toContain('>third<')
    expect(await drawn('?lang=es')).toContain('>third<')
  })

  test('there is none of what is not read at the moment, and none of nothing', async () => {
    const server = start({ ...busy, status: 'stale' })
    expect((await get()).status).toBe(204)
    server.read({ ...busy, status: 'polling' })
    await expect.poll(async () => (await get()).status).toBe(200)
    server.read({ containers: [], networks: [] })
    await expect.poll(async () => (await get()).status).toBe(204)
  })

  test('is asked for by known words and sizes only', async () => {
    start(busy)
    const wrong = [
      'theme=blue',
      'lang=xx',
      'declared=shown',
      'width=0',
      'height=-1',
      'width=1e9',
      'height=123456',
      'a=b',
    ]
    for (const query of wrong) expect([query, (await get(`?${query}`)).status]).toEqual([query, 400])
  })
})
