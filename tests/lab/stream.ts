/** A reader of /api/v1/stream that keeps the topology as a browser would, by patches. */
import * as z from 'zod'
import { applyPatch } from '@/lib/topology/patch'
import type { Host, Topology, TopologyPatch } from '@/lib/topology/types'

export class TopologyStream {
  /** null before the first event. */
  topology: Topology | null = null
  /** Everything that came, as text. */
  text = ''
  readonly events: string[] = []
  private readonly abort = new AbortController()
  private waiting: (() => void)[] = []
  private problem: string | null = null

  constructor(url: string) {
    void this.read(`${url}/api/v1/stream`).catch((error: unknown) => {
      this.problem = error instanceof Error ? error.message : 'unknown'
      this.wake()
    })
  }

  /** The only host, once there is one. */
  get host(): Host | null {
    return this.topology?.hosts[0] ?? null
  }

  /** Resolves to the milliseconds it took until the host was as wanted; rejects after `limit`. */
  async until(what: string, wanted: (host: Host) => boolean, limit = 15_000): Promise<number> {
    const start = performance.now()
    for (;;) {
      if (this.host !== null && wanted(this.host)) return performance.now() - start
      if (this.problem !== null) throw new Error(`the stream broke: ${this.problem}`)
      const left = start + limit - performance.now()
      if (left <= 0) throw new Error(`not seen in the stream within ${limit} ms: ${what}`)
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left)
        this.waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  close(): void {
    this.abort.abort()
  }

  private async read(url: string): Promise<void> {
    const response = await fetch(url, { signal: this.abort.signal })
    if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`)
    let rest = ''
    const decoder = new TextDecoder()
    for await (const bytes of response.body) {
      const chunk = decoder.decode(z.instanceof(Uint8Array).parse(bytes), { stream: true })
      this.text += chunk
      const frames = (rest + chunk).split('\n\n')
      rest = frames.pop() ?? ''
      for (const frame of frames) this.receive(frame)
      this.wake()
    }
  }

  private receive(frame: string): void {
    const fields = (name: string) =>
      frame
        .split('\n')
        .filter(line => line.startsWith(`${name}:`))
        .map(line => line.slice(name.length + 1).trimStart())
        .join('\n')
    const event = fields('event')
    this.events.push(event)
    // The server's own types: whether they are kept is what the comparison with podman shows.
    if (event === 'topology') {
      const whole: Topology = JSON.parse(fields('data'))
      this.topology = whole
    } else if (event === 'patch') {
      const patch: TopologyPatch = JSON.parse(fields('data'))
      if (this.topology === null) throw new Error('a patch before the topology')
      if (patch.from !== this.topology.revision || patch.revision !== patch.from + 1)
        throw new Error(`a patch from ${patch.from} to ${patch.revision} on revision ${this.topology.revision}`)
      const { revision, generatedAt, operations } = patch
      this.topology = { ...applyPatch(this.topology, operations), revision, generatedAt }
    }
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve()
  }
}
