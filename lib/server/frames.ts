/** Server-sent events as bytes, https://html.spec.whatwg.org/multipage/server-sent-events.html */
import type { StreamFrame } from './types'

const encoder = new TextEncoder()

/** JSON has no raw line breaks, so that free text of engines cannot end an event or start one. */
export function makeFrame(event: StreamFrame['event'], id: number | null, data: unknown): StreamFrame {
  const idLine = id === null ? '' : `id: ${id}\n`
  return { event, id, bytes: encoder.encode(`event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`) }
}

/** The line that tells browsers how long to wait before they come back; spread, so that they do not come all at once. */
export const retryLine = (milliseconds: number): Uint8Array => encoder.encode(`retry: ${Math.round(milliseconds)}\n\n`)

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only, second] = parts
  return only && !second ? only : Buffer.concat(parts)
}
