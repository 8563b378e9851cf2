/** The largest engine that is promised to be bearable: 10,000 containers in 500 networks, of which the list alone has 60 MB. */
import { buildScene } from '@/lib/graph/scene'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Topology } from '@/lib/topology/types'
import type { FakeEngine } from '../engine/engine'
import { startMeasured } from './server'
import type { Budget } from './table'

const SIZE = { containers: 10_000, networks: 500 }
const ASPECT = 16 / 9

/** Makes the list as long as it is said to be, and inspects take their time, so that they meet. */
function makeLarge(engine: FakeEngine): void {
  for (const { row } of engine.content.containers.values()) row['Padding'] = 'x'.repeat(5_000)
  engine.fault('/containers/c0', { delay: 0 })
}

export async function readLarge(): Promise<Budget[]> {
  const server = await startMeasured(SIZE, {}, makeLarge)
  const { engine, podwire, held, stop } = server
  try {
    const listed = JSON.stringify([...engine.content.containers.values()].map(({ row }) => row)).length / 1e6
    const ask = async (path: string) => JSON.parse(await (await fetch(podwire.url + path)).text())
    const topology: Topology = await ask('/api/v1/topology')
    const report: FindingsReport = await ask('/api/v1/findings')
    const shown = topology.hosts[0]?.containers.length ?? 0
    const { resident } = await held()
    const { nodes } = buildScene(topology, report, { aspect: ASPECT })
    const what = `${SIZE.containers} containers, list of ${listed.toFixed(0)} MB`
    return [
      { what, target: 'all shown', measured: `${shown} shown`, met: shown === SIZE.containers },
      {
        what: `${what}: inspects at once`,
        target: '≤ 8',
        measured: String(engine.busiest()),
        met: engine.busiest() <= 8,
      },
      {
        what: `${what}: boxes of the map, folded`,
        target: '≤ 3,000',
        measured: String(nodes.length),
        met: nodes.length <= 3_000,
      },
      { what: `${what}: memory`, target: '≤ 1,000 MB', measured: `${resident.toFixed(0)} MB`, met: resident <= 1_000 },
    ]
  } finally {
    await stop()
  }
}
