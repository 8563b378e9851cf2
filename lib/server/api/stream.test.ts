import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { pipeToNodeResponse } from 'next/dist/server/pipe-readable'
import { hungUp } from '../testing'
import type { Hub } from '../types'
import { openStream, streamAnswer, streamHead } from './stream'

/** A hub with nothing but the way in. */
class FakeHub implements Hub {
  push: ((bytes: Uint8Array) => boolean) | null = null
  end = () => {}
  left = 0
  asked: (number | null)[] = []
  full = false
  subscribe(lastEventId: number | null, push: (bytes: Uint8Array) => boolean, end: () => void) {
    this.asked.push(lastEventId)
    if (this.full) return null
    this.push = push
    this.end = end
    push(bytes('first'))
    return () => {
      this.left += 1
    }
  }
  topology = () => ({ schemaVersion: 1 as const, revision: 1, generatedAt: '', hosts: [] })
  revision = () => 1
  models = () => []
  snapshots = () => []
  findings = () => ({ findings: [], notExamined: ['all'] })
  unready = () => []
  about = () => ({ version: '', build: '', demo: null, unsupported: [] })
  metrics = () => Promise.resolve('')
}
const bytes = (text: string) => new TextEncoder().encode(text)
const textOf = (chunk: { value?: Uint8Array | undefined }) => new TextDecoder().decode(chunk.value)

function answer(hub: Hub, headers: Record<string, string> = {}, target = '/', expiresIn: number | null = null) {
  const request = new Request(`http://127.0.0.1${target}`, { headers })
  return streamAnswer({ hub, url: new URL(request.url), request, expiresIn })
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('says how long to wait before coming back, spread, then what the hub says', async () => {
  const hub = new FakeHub()
  const response = answer(hub)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
  expect(response.headers.get('x-accel-buffering')).toBe('no')
  const reader = response.body?.getReader()
  if (!reader) throw new Error('no body')
  expect(textOf(await reader.read())).toMatch(/^retry: [12]\d{3}\n\n$/)
  expect(textOf(await reader.read())).toBe('first')
  hub.push?.(bytes('second'))
  expect(textOf(await reader.read())).toBe('second')
  await reader.cancel()
  expect([hub.left, vi.getTimerCount()]).toEqual([1, 0])
})

test.each([
  ['7', 7],
  ['-1', null],
  ['9e999', null],
  ['1.5', null],
  ['0x10', null],
  ['<script>', null],
  ['9'.repeat(1000), null],
  ['', null],
  [' ', null],
])('Last-Event-ID %s is revision %s', (id, revision) => {
  const hub = new FakeHub()
  answer(hub, { 'last-event-id': id })
  expect(hub.asked).toEqual([revision])
})

test('too many streams are 503 with when to try again', async () => {
  const hub = new FakeHub()
  hub.full = true
  const response = answer(hub)
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30'])
  expect(vi.getTimerCount()).toBe(0)
})

test('an unknown parameter is 400 and opens nothing', () => {
  const hub = new FakeHub()
  expect(answer(hub, {}, '/?since=1').status).toBe(400)
  expect(hub.asked).toEqual([])
})

test('HEAD has the head and opens nothing', () => {
  const response = streamHead()
  expect([response.headers.get('content-type'), response.body]).toEqual(['text/event-stream', null])
})

describe('leaving happens once', () => {
  const open = (hub: FakeHub, lifetime = 3_600_000) => {
    const abort = new AbortController()
    const stream = openStream(hub, null, abort.signal, lifetime)
    if (!stream) throw new Error('refused')
    return { abort, stream }
  }

  test('when the connection goes', async () => {
    const hub = new FakeHub()
    const { abort, stream } = open(hub)
    abort.abort()
    hub.end()
    await stream.cancel().catch(() => {})
    expect([hub.left, vi.getTimerCount()]).toEqual([1, 0])
    expect(hub.push?.(bytes('late'))).toBe(false)
  })

  test('when the connection was gone before', () => {
    const hub = new FakeHub()
    openStream(hub, null, AbortSignal.abort(), 1000)
    expect(hub.left).toBe(1)
  })

  test('when the hub ends it, after what was said before', async () => {
    const hub = new FakeHub()
    const { stream } = open(hub)
    hub.push?.(bytes('bye'))
    hub.end()
    const reader = stream.getReader()
    await reader.read()
    await reader.read()
    expect(textOf(await reader.read())).toBe('bye')
    expect((await reader.read()).done).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('when the session of its reader ends', async () => {
    const hub = new FakeHub()
    const response = answer(hub, {}, '/', 60_000)
    vi.advanceTimersByTime(60_000)
    expect(hub.left).toBe(1)
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.read()
    expect((await reader?.read())?.done).toBe(true)
  })

  test('when its reader does not keep up: the connection is broken, not waited for', async () => {
    const hub = new FakeHub()
    const { stream } = open(hub)
    let pushed = 0
    while (hub.push?.(bytes('x'))) pushed += 1
    expect(pushed).toBeGreaterThan(30)
    expect(pushed).toBeLessThan(100)
    expect(hub.left).toBe(1)
    await expect(stream.getReader().read()).rejects.toMatchObject({ name: 'AbortError' })
  })
})

test('Next breaks the connection of a reader who does not read, and nothing fails', async () => {
  vi.useRealTimers()
  const hub = new FakeHub()
  const failures: unknown[] = []
  const server = createServer((_request, response) => {
    const stream = openStream(hub, null, new AbortController().signal, 60_000)
    if (stream) pipeToNodeResponse(stream, response).catch((error: unknown) => failures.push(error))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1')
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  const closed = hungUp(socket)
  socket.on('error', () => {})
  const large = bytes('x'.repeat(200_000))
  while (hub.left === 0) {
    hub.push?.(large)
    await new Promise(resolve => setImmediate(resolve))
  }
  socket.resume()
  await closed
  expect([hub.left, failures]).toEqual([1, []])
  server.close()
})
