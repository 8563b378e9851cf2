/** GET /api/v1/stream */
import { retryLine } from '../frames'
import { problem, problemResponse } from '../problem'
import type { Hub } from '../types'
import type { Call } from './handler'
import { readQuery } from './query'

/** Chunks that may wait for a slow reader. They are shared by all streams, so waiting costs next to nothing. */
const QUEUE = 64
/** No stream lives for ever: whatever might be held on to by mistake is let go, and the reader is asked again who it is. */
const MAX_AGE_MS = 12 * 3600 * 1000

const HEADERS = {
  'content-type': 'text/event-stream',
  // Without no-transform Next would compress, and hold events back to do so.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

/** Revisions are plain integers; whatever else comes back is no revision of ours. */
const revisionOf = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null

export function streamAnswer({ hub, url, request, expiresIn }: Call): Response {
  const query = readQuery(url, [])
  if (!query.ok) return problemResponse(query.problem)
  const lifetime = Math.min(expiresIn ?? MAX_AGE_MS, MAX_AGE_MS)
  const stream = openStream(hub, revisionOf(request.headers.get('last-event-id')), request.signal, lifetime)
  if (!stream) return problemResponse(problem(503, 'There are too many streams already.'), { 'retry-after': '30' })
  return new Response(stream, { headers: HEADERS })
}

/** What a stream's GET would say, without one. */
export const streamHead = (): Response => new Response(null, { headers: HEADERS })

/** null when the hub has no room. Leaves the hub exactly once, whichever end is first to close. */
export function openStream(
  hub: Pick<Hub, 'subscribe'>,
  lastEventId: number | null,
  signal: AbortSignal,
  lifetimeMs: number,
): ReadableStream<Uint8Array> | null {
  const state: State = { leave: () => {}, close: () => {}, over: false, refused: false, timer: undefined }
  const finish = (how: () => void) => {
    if (state.over) return
    state.over = true
    clearTimeout(state.timer)
    signal.removeEventListener('abort', onAbort)
    state.leave()
    how()
  }
  const onAbort = () => finish(() => state.close())

  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        state.close = () => controller.close()
        const push = (bytes: Uint8Array): boolean => {
          if (state.over) return false
          if ((controller.desiredSize ?? 0) > 0) {
            controller.enqueue(bytes)
            return true
          }
          // An AbortError makes Next destroy the connection instead of waiting for a reader who does not read.
          finish(() => controller.error(new DOMException('The reader does not keep up.', 'AbortError')))
          return false
        }
        push(retryLine(1000 + Math.random() * 2000))
        const leave = hub.subscribe(lastEventId, push, () => finish(state.close))
        if (leave) state.leave = leave
        else state.refused = true
      },
      cancel: () => finish(() => {}),
    },
    { highWaterMark: QUEUE },
  )
  if (state.refused) return null
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort)
  state.timer = setTimeout(onAbort, lifetimeMs)
  state.timer.unref()
  return stream
}

interface State {
  leave: () => void
  close: () => void
  over: boolean
  refused: boolean
  timer: NodeJS.Timeout | undefined
}
