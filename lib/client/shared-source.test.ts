import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import type { askAhead, openSource } from './shared-source'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

class FakeEventSource {
  static all: FakeEventSource[] = []
  isOpen = true
  listeners = new Map<string, (event: { data?: unknown }) => void>()
  constructor(readonly url: string) {
    FakeEventSource.all.push(this)
  }
  addEventListener(type: string, listener: (event: { data?: unknown }) => void) {
    this.listeners.set(type, listener)
  }
  close() {
    this.isOpen = false
  }
  send(type: string, data?: string) {
    this.listeners.get(type)?.({ data })
  }
}

type Page = { openSource: typeof openSource; askAhead: typeof askAhead }
interface Worker {
  onconnect?: (event: { ports: MessagePort[] }) => void
}
let ports: MessagePort[]

/** The worker's own file, in a world of its own; a page is a fresh copy of the module. */
beforeEach(() => {
  FakeEventSource.all = []
  ports = []
  const worker: Worker = {}
  const file = new URL('../../public/stream-worker.js', import.meta.url).pathname
  runInNewContext(readFileSync(file, 'utf8'), { self: worker, EventSource: FakeEventSource, Set })
  class FakeSharedWorker extends EventTarget {
    readonly port: MessagePort
    constructor() {
      super()
      const { port1, port2 } = new MessageChannel()
      this.port = port1
      ports.push(port1, port2)
      worker.onconnect?.({ ports: [port2] })
    }
  }
  vi.stubGlobal('SharedWorker', FakeSharedWorker)
  vi.stubGlobal('EventSource', FakeEventSource)
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('removeEventListener', () => {})
})
afterEach(() => {
  for (const port of ports) port.close()
  vi.unstubAllGlobals()
})

async function page(): Promise<{ ask: () => void; open: () => { heard: string[]; close: () => void } }> {
  vi.resetModules()
  const { openSource: open, askAhead: ask }: Page = await import('./shared-source')
  return {
    ask: () => ask('/stream'),
    open() {
      const heard: string[] = []
      const source = open('/stream')
      for (const type of ['topology', 'patch', 'error'])
        source.addEventListener(type, ({ data }) => heard.push(`${type} ${String(data)}`))
      return { heard, close: () => source.close() }
    },
  }
}
const opened = (count: number) => expect.poll(() => FakeEventSource.all.length).toBe(count)
const last = () => FakeEventSource.all.at(-1)
const open = () => FakeEventSource.all.filter(({ isOpen }) => isOpen).length

test('seven tabs have one connection, and each is told everything', async () => {
  const tabs = []
  for (let tab = 0; tab < 7; tab++) tabs.push((await page()).open())
  await opened(1)
  last()?.send('topology', '1')
  last()?.send('patch', '2')
  for (const { heard } of tabs) await expect.poll(() => heard).toEqual(['topology 1', 'patch 2'])
  expect(open()).toBe(1)
})

test('a tab that comes later makes everything be told anew, over one connection', async () => {
  const first = (await page()).open()
  await opened(1)
  last()?.send('topology', '1')
  const second = (await page()).open()
  await opened(2)
  expect(open()).toBe(1)
  last()?.send('topology', '2')
  await expect.poll(() => second.heard).toEqual(['topology 2'])
  await expect.poll(() => first.heard).toEqual(['topology 1', 'topology 2'])
})

test('a tab that gave a connection up gets another', async () => {
  const tab = await page()
  const first = tab.open()
  await opened(1)
  last()?.send('topology', 'nonsense')
  await expect.poll(() => first.heard).toHaveLength(1)
  first.close()
  const second = tab.open()
  await opened(2)
  last()?.send('topology', '2')
  await expect.poll(() => second.heard).toEqual(['topology 2'])
  expect(first.heard).toHaveLength(1)
})

test('however often a tab tries anew it has one line to the worker, and a new one to a worker that is mute', async () => {
  const tab = await page()
  for (let attempt = 1; attempt <= 4; attempt++) {
    const source = tab.open()
    await opened(attempt)
    last()?.send('error')
    await expect.poll(() => source.heard).toHaveLength(1)
    source.close()
  }
  expect(ports).toHaveLength(2)
  tab.open().close()
  tab.open()
  expect(ports).toHaveLength(4)
})

test('a lost connection is told to all, and the last tab that leaves ends it', async () => {
  const tabs = [(await page()).open(), (await page()).open()]
  await opened(1)
  last()?.send('error')
  for (const { heard } of tabs) await expect.poll(() => heard).toEqual(['error '])
  const [third] = [(await page()).open()]
  await opened(2)
  for (const { close } of tabs) close()
  third.close()
  await expect.poll(open).toBe(0)
})

test('every event that the server sends is passed on', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
  const sent = /event: ('.*')\n/.exec(read('../server/types.ts'))?.[1]?.split(' | ') ?? []
  expect(sent.length).toBeGreaterThan(4)
  for (const name of sent) expect(read('../../public/stream-worker.js')).toContain(name)
})

test('without a SharedWorker a tab has a stream of its own', async () => {
  vi.stubGlobal('SharedWorker', undefined)
  const tab = (await page()).open()
  last()?.send('topology', '1')
  expect(tab.heard).toEqual(['topology 1'])
})

test('a stream that is asked for ahead is opened once, and nothing of it is lost', async () => {
  const tab = await page()
  tab.ask()
  await opened(1)
  last()?.send('topology', '1')
  const source = tab.open()
  last()?.send('patch', '2')
  await expect.poll(() => source.heard).toEqual(['topology 1', 'patch 2'])
  expect(FakeEventSource.all).toHaveLength(1)
  source.close()
  const again = tab.open()
  await opened(2)
  last()?.send('topology', '3')
  await expect.poll(() => again.heard).toEqual(['topology 3'])
})
