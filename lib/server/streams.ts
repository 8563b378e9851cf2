/** The browsers that follow the live stream: bounded in number, and none waits for another. */

export interface StreamReader {
  /** False when it does not keep up. */
  push(bytes: Uint8Array): boolean
  /** Called once, when the stream is over for any reason but the reader's own leaving. */
  end(): void
}

export class Streams {
  private readonly readers = new Set<StreamReader>()
  constructor(
    private readonly limit: number,
    private readonly onDropped: () => void,
  ) {}

  get size(): number {
    return this.readers.size
  }

  /** Adds a reader, with what it is told first. Returns the way to leave, or null when there are too many. */
  add(reader: StreamReader, first: () => Uint8Array): (() => void) | null {
    if (this.readers.size >= this.limit) return null
    const words = first()
    this.readers.add(reader)
    this.tell(reader, words)
    return () => void this.readers.delete(reader)
  }

  /** The same bytes for everybody. */
  broadcast(bytes: Uint8Array): void {
    for (const reader of this.readers) this.tell(reader, bytes)
  }

  /** A last word, and the end of all streams. */
  close(last: Uint8Array): void {
    for (const reader of this.readers) {
      reader.push(last)
      this.remove(reader)
    }
  }

  private tell(reader: StreamReader, bytes: Uint8Array): void {
    if (reader.push(bytes)) return
    this.onDropped()
    this.remove(reader)
  }

  private remove(reader: StreamReader): void {
    if (this.readers.delete(reader)) reader.end()
  }
}
