/** The pure stages over growing hosts: topology, every verdict of reach, every rule. Growth should not be worse than linear. */
import { collect } from '@/bin/collect'
import type { HostSnapshot } from '@/lib/collector/types'
import type { Connection } from '@/lib/podman/types'
import { known, probe } from '@/lib/topology/testing'
import { startEngine } from '../engine/engine'
import { syntheticContent } from '../engine/synthetic'
import { bundled } from './bundled'
import type * as Rounds from './model-round'
import { type Budget, median, printTable, type Row } from './table'

const SIZES = [
  { containers: 10, networks: 3 },
  { containers: 100, networks: 10 },
  { containers: 1000, networks: 100 },
] as const
const ROUNDS = 40

/** A host of synthetic containers, as the collector reads it. */
export async function snapshotOf(size: { containers: number; networks: number }): Promise<HostSnapshot> {
  const engine = await startEngine(syntheticContent(size))
  const connection: Connection = {
    id: 'bench',
    name: 'bench',
    uri: `unix://${engine.path}`,
    transport: 'unix',
    path: engine.path,
    foundBy: 'bench',
    ownerUid: 0,
  }
  const collector = collect(connection, null)
  try {
    await new Promise<void>(resolve => {
      collector.subscribe(() => resolve())
      collector.start()
    })
    const snapshot = collector.current()
    // As a probe on this host would find it: each running namespace listens on port 80.
    const inodes = snapshot.containers.flatMap(({ summary }) => summary.netns ?? [])
    const listener = { address: '0.0.0.0', port: 80, protocol: 'tcp' as const, containerId: null, process: 'web' }
    return {
      ...snapshot,
      rootless: false,
      probe: probe({ listenersByNetns: Object.fromEntries(inodes.map(inode => [inode, known([listener])])) }),
    }
  } finally {
    await collector.stop()
    await engine.close()
  }
}

/** One container got a health that it had not. */
function withOneChanged(snapshot: HostSnapshot, round: number): HostSnapshot {
  const containers = snapshot.containers.map((record, index) =>
    index === round ? { ...record, summary: { ...record.summary, health: 'healthy' } } : record,
  )
  return { ...snapshot, containers }
}

/** A row per part and one for their sum. */
function rowsOf(name: string, rounds: readonly Readonly<Record<string, number>>[], containers: number): Row[] {
  const [one = {}] = rounds
  const totals = rounds.map(parts => Object.values(parts).reduce((sum, time) => sum + time, 0))
  return [
    ...Object.keys(one).map(part => ({ what: `  ${part}`, times: rounds.map(parts => parts[part] ?? Number.NaN) })),
    { what: name, times: totals, note: `${((median(totals) * 1000) / containers).toFixed(0)} µs a container` },
  ]
}

export async function run(): Promise<readonly Budget[]> {
  const { first, refresh } = await bundled<typeof Rounds>('./model-round.ts')
  const [firsts, refreshes]: [Row[], Row[]] = [[], []]
  for (const size of SIZES) {
    const snapshot = await snapshotOf(size)
    if (snapshot.containers.length !== size.containers) throw new Error('the engine was not read whole')
    for (let warm = 0; warm < 40; warm++) first(snapshot)
    const rounds = Array.from({ length: ROUNDS }, (_, round) => ({
      first: first(snapshot),
      refresh: refresh(snapshot, withOneChanged(snapshot, round % size.containers)),
    }))
    const name = `${size.containers} containers, ${size.networks} networks`
    firsts.push(
      ...rowsOf(
        name,
        rounds.map(one => one.first),
        size.containers,
      ),
    )
    refreshes.push(
      ...rowsOf(
        name,
        rounds.map(one => one.refresh),
        size.containers,
      ),
    )
  }
  printTable('Topology, all reach, all findings', firsts)
  printTable('After one changed container', refreshes)
  const flags = [...process.execArgv.filter(flag => flag.startsWith('--max')), process.env.NODE_OPTIONS ?? ''].join(' ')
  console.log(`  Node ${process.versions.node}, flags of its heap: ${flags.trim() || 'none'}`)
  return [
    budget('topology + reach + findings, 1,000 containers', firsts.at(-1), 50),
    budget('refresh after one changed container, 1,000 containers', refreshes.at(-1), 20),
  ]
}

function budget(what: string, row: Row | undefined, milliseconds: number): Budget {
  const measured = median(row?.times ?? [])
  return { what, target: `≤ ${milliseconds} ms`, measured: `${measured.toFixed(0)} ms`, met: measured <= milliseconds }
}
