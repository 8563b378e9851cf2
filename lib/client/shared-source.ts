/** The stream that all tabs of a browser have together (public/stream-worker.js); one of its own where there is no SharedWorker. */
import { isNumber, isText, object } from './guards'
import type { EventSourceLike } from './stream'

const isTold = object<{ type: string; data: string; generation: number }>({
  type: isText,
  data: isText,
  generation: isNumber,
})

type Listener = (event: { data?: unknown }) => void

/** Which connection of the worker this page heard last: one that it has given up it does not want again. */
let heard: number | null = null

/**
 * The page's one line to the worker. A browser keeps every SharedWorker object of a page until the page is gone, so a line for
 * each attempt would be one more leak on a wall that hangs for a year.
 */
let line: SharedWorker | null = null
/** Its file could not be loaded. */
let isBroken = false

function lineToWorker(): SharedWorker {
  if (line !== null) return line
  line = new SharedWorker('/stream-worker.js', { name: 'podwire' })
  line.addEventListener('error', () => {
    isBroken = true
  })
  return line
}

/** What was asked of the worker before anybody listened: its answers wait in the port. */
let askedAhead: string | null = null

/** Has the stream opened while the page is still on its way; the first `openSource` of the same address hears all of it. */
export function askAhead(url: string): void {
  if (typeof SharedWorker === 'undefined' || line !== null) return
  const { port } = lineToWorker()
  port.postMessage({ url, generation: heard })
  askedAhead = url
}

/** Opens the stream at `url`. */
export function openSource(url: string): EventSourceLike {
  if (typeof SharedWorker === 'undefined' || isBroken) return new EventSource(url)
  const listeners: { type: string; listener: Listener }[] = []
  let own: EventSource | null = null
  const worker = lineToWorker()
  const { port } = worker
  const givenUp = heard
  let isHeard = false
  const leave = () => port.postMessage('leave')
  const hear = ({ data }: MessageEvent<unknown>) => {
    if (!isTold(data) || data.generation === givenUp) return
    isHeard = true
    heard = data.generation
    for (const { type, listener } of listeners) if (type === data.type) listener({ data: data.data })
  }
  // Better a stream of one's own than none.
  const goAlone = () => {
    if (own !== null) return
    own = new EventSource(url)
    for (const { type, listener } of listeners) own.addEventListener(type, listener)
  }
  port.addEventListener('message', hear)
  worker.addEventListener('error', goAlone)
  if (askedAhead !== url) port.postMessage({ url, generation: heard })
  askedAhead = null
  port.start()
  addEventListener('pagehide', leave, { once: true })
  return {
    addEventListener(type, listener) {
      listeners.push({ type, listener })
      own?.addEventListener(type, listener)
    },
    close() {
      port.removeEventListener('message', hear)
      worker.removeEventListener('error', goAlone)
      removeEventListener('pagehide', leave)
      leave()
      own?.close()
      if (isHeard) return
      // A worker that says nothing at all, not even that the server is away, may be gone: the next attempt gets a new one.
      port.close()
      line = null
      heard = null
    },
  }
}
