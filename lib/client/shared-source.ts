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

/** Opens the stream at `url`. */
export function openSource(url: string): EventSourceLike {
  if (typeof SharedWorker === 'undefined') return new EventSource(url)
  const listeners: { type: string; listener: Listener }[] = []
  let own: EventSource | null = null
  let isClosed = false
  const worker = new SharedWorker('/stream-worker.js', { name: 'podwire' })
  const { port } = worker
  const leave = () => port.postMessage('leave')
  port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isClosed || !isTold(data)) return
    heard = data.generation
    for (const { type, listener } of listeners) if (type === data.type) listener({ data: data.data })
  })
  // Its file could not be loaded: better a stream of one's own than none.
  worker.addEventListener('error', () => {
    if (isClosed || own !== null) return
    own = new EventSource(url)
    for (const { type, listener } of listeners) own.addEventListener(type, listener)
  })
  port.start()
  port.postMessage({ url, generation: heard })
  addEventListener('pagehide', leave, { once: true })
  return {
    addEventListener(type, listener) {
      listeners.push({ type, listener })
      own?.addEventListener(type, listener)
    },
    close() {
      isClosed = true
      removeEventListener('pagehide', leave)
      leave()
      port.close()
      own?.close()
    },
  }
}
