/** A real server before an engine of any size, and what it holds: read from its own /metrics. */
import { type Podwire, startPodwire } from '../lab/server'
import { type FakeEngine, startEngine } from '../engine/engine'
import { containerId, syntheticContainer, syntheticContent } from '../engine/synthetic'

export interface Held {
  /** Megabytes. */
  resident: number
  heap: number
  /** Open file descriptors. */
  files: number
  streams: number
}

export interface Measured {
  engine: FakeEngine
  podwire: Podwire
  held: () => Promise<Held>
  metric: (name: string) => Promise<number>
  stop: () => Promise<void>
}

const MEGA = 1e6

/** `env`: of the server, besides the engine's socket. `prepare`: what is to be done with the engine before. */
export async function startMeasured(
  size: { containers: number; networks: number },
  env: Record<string, string> = {},
  prepare: (engine: FakeEngine) => void = () => {},
): Promise<Measured> {
  const engine = await startEngine(syntheticContent(size))
  prepare(engine)
  const podwire = await startPodwire({ env: { CONTAINER_HOST: `unix://${engine.path}`, ...env } })
  const read = async () => {
    const text = await (await fetch(`${podwire.url}/metrics`)).text()
    // Sums over labels.
    return (name: string) =>
      [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)`, 'gm'))].reduce(
        (sum, [, value]) => sum + Number(value),
        0,
      )
  }
  return {
    engine,
    podwire,
    metric: async name => (await read())(name),
    async held() {
      const of = await read()
      return {
        resident: of('process_resident_memory_bytes') / MEGA,
        heap: of('nodejs_heap_size_used_bytes') / MEGA,
        files: of('process_open_fds'),
        streams: of('podwire_streams'),
      }
    },
    async stop() {
      await podwire.stop()
      await engine.close()
    },
  }
}

const GUESTS = 20

/** One of the changes of a busy host: twenty guests come, stop and go, one after the other. */
export function churnOnce(engine: FakeEngine, round: number, networks: number): void {
  const index = 50_000 + (round % GUESTS)
  const id = containerId(index)
  const name = `guest-${index}`
  const network = `net-${String(round % networks).padStart(3, '0')}`
  const given = { index, name, networks: [network] }
  const action = (['create', 'died', 'remove'] as const)[Math.floor(round / GUESTS) % 3] ?? 'create'
  if (action === 'create') engine.put(syntheticContainer({ ...given, hostPort: 30_000 + (round % GUESTS) }))
  else if (action === 'died') engine.put(syntheticContainer({ ...given, state: 'exited' }))
  else engine.remove(id)
  engine.emit({ action, id, name })
}
