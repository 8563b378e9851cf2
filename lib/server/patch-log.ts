/** The last patches, for browsers that come back after a short break. */
import type { StreamFrame } from './types'

const MAX_PATCHES = 256
const MAX_BYTES = 4 * 1024 * 1024

export class PatchLog {
  /** Consecutive: each leads from the id of the one before it to its own. */
  private readonly frames: StreamFrame[] = []
  private size = 0

  push(frame: StreamFrame): void {
    this.frames.push(frame)
    this.size += frame.bytes.length
    while (this.frames.length > MAX_PATCHES || (this.size > MAX_BYTES && this.frames.length > 0))
      this.size -= this.frames.shift()?.bytes.length ?? 0
  }

  /**
   * What leads from `revision` to `current`: empty when nothing was missed, null when it is not known here (too old, from
   * another run of the server, or made up) or larger than `maxBytes`, which is when the whole picture costs less.
   */
  since(revision: number, current: number, maxBytes: number): StreamFrame[] | null {
    const missed = current - revision
    if (!Number.isSafeInteger(revision) || missed < 0 || missed > this.frames.length) return null
    const frames = missed === 0 ? [] : this.frames.slice(-missed)
    return frames.reduce((sum, frame) => sum + frame.bytes.length, 0) > maxBytes ? null : frames
  }
}
