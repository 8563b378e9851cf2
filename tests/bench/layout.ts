/**
 * The picture beside what two well-known layouts make of the same boxes, nesting and lines: fcose (forces, compounds) and ELK
 * layered (columns, right-angled lines). They draw every line; the picture draws some on demand only, so it has two rows.
 */
import { examine } from '@/lib/exposure/engine'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Scene, SceneEdge } from '@/lib/graph/types'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import type { HostModel, Topology } from '@/lib/topology/types'
import { modelOfRecording } from '../recordings/model'
import { bundled } from './bundled'
import { type Drawing, type Measures, measure } from './layout-measures'
import { byForces, byLayers, rectsOf } from './layout-others'
import type * as Round from './layout-round'
import { snapshotOf } from './model'
import { type Budget, median, printTable } from './table'

const RECORDINGS = [
  'podman-4.3.1',
  'podman-4.3.1-rootless',
  'podman-5.4.2',
  'podman-5.4.2-rootless',
  'podman-6.1.1',
  'podman-6.1.1-rootless',
  'podman-6.1.1-quadlet',
]
const SIZES = [
  { containers: 30, networks: 5 },
  { containers: 300, networks: 40 },
  { containers: 1000, networks: 100 },
]
const GROWTH = [
  { containers: 10, networks: 3 },
  { containers: 100, networks: 10 },
  { containers: 1000, networks: 100 },
]
const ROUNDS = 15
/** Beyond so many containers the others are left out where they would take longer, as it grows with the square. */
const ALWAYS = 300
const PATIENCE = 20_000

interface Given {
  topology: Topology
  findings: FindingsReport
  containers: number
}

const given = (model: HostModel): Given => ({
  topology: assembleTopology([model], 1, ''),
  findings: examine([model]),
  containers: model.host.containers.length,
})

const synthetic = async (size: { containers: number; networks: number }) => given(buildTopology(await snapshotOf(size)))

const ours = (scene: Scene, edges: readonly SceneEdge[]): Drawing => ({
  rects: rectsOf(scene),
  lines: edges.map(({ source, target, from, to, bends }) => ({ source, target, points: [from, ...bends, to] })),
})

const COLUMNS: Readonly<Record<keyof Measures, (value: number) => string>> = {
  crossings: String,
  through: String,
  overlaps: String,
  length: value => value.toFixed(1),
  filled: value => `${(value * 100).toFixed(1)} %`,
}

function printRow(name: string, cells: readonly string[]): void {
  console.log(`  ${name.padEnd(40)}${cells.map(cell => cell.padStart(11)).join('')}`)
}

async function timed<T>(work: () => T | Promise<T>): Promise<[T, number]> {
  const start = performance.now()
  const result = await work()
  return [result, performance.now() - start]
}

/** What a layout took for a smaller host, to tell whether a larger one is worth waiting for. */
type Last = Map<string, { containers: number; time: number }>

async function compare(
  name: string,
  { topology, findings, containers }: Given,
  { buildScene }: typeof Round,
  last: Last,
) {
  const [scene, time] = await timed(() => buildScene(topology, findings, { aspect: 16 / 9 }))
  const print = (layout: string, drawing: Drawing, took: number) => {
    const measures = measure(drawing)
    const cells = [
      COLUMNS.crossings(measures.crossings),
      COLUMNS.through(measures.through),
      COLUMNS.overlaps(measures.overlaps),
      COLUMNS.length(measures.length),
      COLUMNS.filled(measures.filled),
    ]
    printRow(`${name}  ${layout}`, [...cells, `${took.toFixed(0)} ms`])
  }
  const resting = scene.edges.filter(edge => edge.atRest)
  print('podwire', ours(scene, scene.edges), time)
  print('podwire, at rest', ours(scene, resting), time)
  const others: Readonly<Record<string, () => Drawing | Promise<Drawing>>> = {
    fcose: () => byForces(scene),
    'ELK layered': () => byLayers(scene),
  }
  for (const [layout, draw] of Object.entries(others)) {
    const before = last.get(layout)
    const expected = before === undefined ? 0 : before.time * (containers / before.containers) ** 2
    if (before !== undefined && containers > ALWAYS && expected > PATIENCE) {
      const seconds = (expected / 1000).toFixed(0)
      console.log(`  ${name}  ${layout}: left out, about ${seconds} s by what ${before.containers} containers took`)
      continue
    }
    const [drawing, took] = await timed(draw)
    last.set(layout, { containers, time: took })
    print(layout, drawing, took)
  }
}

/** Of the largest: the code is as fast as it gets after some dozens of pictures, which a page or a wall soon has seen. */
const WARMING = 60
const MOST_MS = 15

export async function run(): Promise<Budget[]> {
  const round = await bundled<typeof Round>('./layout-round.ts')
  console.log('\nLayouts of the same boxes and lines')
  printRow('', [...Object.keys(COLUMNS), 'time'])
  for (const recording of RECORDINGS)
    await compare(recording, given(await modelOfRecording(recording)), round, new Map())
  const last: Last = new Map()
  for (const size of SIZES)
    await compare(`${size.containers} in ${size.networks} networks`, await synthetic(size), round, last)

  const rows = []
  for (const size of GROWTH) {
    const { topology, findings } = await synthetic(size)
    const times: number[] = []
    for (let count = -WARMING; count < ROUNDS; count += 1) {
      const [, time] = await timed(() => round.buildScene(topology, findings, { aspect: 16 / 9 }))
      if (count >= 0) times.push(time)
    }
    rows.push({ what: `${size.containers} containers, ${size.networks} networks`, times })
  }
  printTable('The picture as the host grows', rows)
  const largest = median(rows.at(-1)?.times ?? [])
  return [
    {
      what: 'layout, 1,000 containers',
      target: `≤ ${MOST_MS} ms`,
      measured: `${largest.toFixed(0)} ms`,
      met: largest <= MOST_MS,
    },
  ]
}
