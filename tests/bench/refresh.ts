/** What one changed container costs on a host of 1,000: the calls to the engine, counted there. */
import { setTimeout as sleep } from 'node:timers/promises'
import { containerId, syntheticContainer } from '../engine/synthetic'
import { type Measured, startMeasured } from './server'
import type { Budget } from './table'

const SIZE = { containers: 1000, networks: 100 }
const ROUNDS = 10
/** Longer than the quiet that ends a burst of events. */
const QUIET_MS = 1500

/** Calls to the engine for one container that appears; the stream of events stays open and is none. */
async function callsFor({ engine }: Measured, round: number): Promise<string[]> {
  const index = 60_000 + round
  const container = syntheticContainer({ index, name: `guest-${round}`, networks: ['net-000'] })
  engine.requests.length = 0
  engine.put(container)
  const id = containerId(index)
  for (const action of ['create', 'init', 'start']) engine.emit({ action, id, name: `guest-${round}` })
  await sleep(QUIET_MS)
  return [...engine.requests]
}

const isList = (path: string) => path.startsWith('/containers/json')

export async function run(): Promise<Budget[]> {
  const server = await startMeasured(SIZE)
  try {
    await sleep(QUIET_MS)
    let most: string[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const calls = (await callsFor(server, round)).filter(path => !isList(path))
      if (calls.length > most.length) most = calls
    }
    return [
      {
        what: 'calls after one change, besides the list',
        target: '≤ 3',
        measured: String(most.length),
        met: most.length <= 3,
      },
    ]
  } finally {
    await server.stop()
  }
}
