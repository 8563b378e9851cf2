/** All that Podwire makes of an engine, read over a real socket: model, findings, picture, and every text that leaves it. */
import { readOnce } from '@/lib/collector/once'
import type { HostSnapshot } from '@/lib/collector/types'
import { toDot } from '@/lib/export/dot'
import { toMermaid } from '@/lib/export/mermaid'
import { examine } from '@/lib/exposure/engine'
import type { FindingsReport } from '@/lib/exposure/types'
import { type GraphElement, toElements } from '@/lib/graph/elements'
import { buildScene } from '@/lib/graph/scene'
import { toSvg } from '@/lib/graph/svg/svg'
import type { Scene } from '@/lib/graph/types'
import { createUnixRecorder } from '@/lib/podman/recorder'
import { connectionTo } from '@/lib/podman/testing'
import { noProbe } from '@/lib/probe/facts'
import { outsideOf } from '@/lib/reach/outside'
import { reachOf } from '@/lib/reach/reach'
import { toCsv } from '@/lib/report/csv'
import { toSarif } from '@/lib/report/sarif'
import { plain } from '@/lib/report/style'
import { toTable } from '@/lib/report/table'
import { makeFrame } from '@/lib/server/frames'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import type { Container, Host, HostModel, Topology } from '@/lib/topology/types'
import type { EngineContent, RawContainer } from '../engine/content'
import { startEngine } from '../engine/engine'
import { type Json, type JsonObject, objectAt } from '../engine/json'
import { containerId, syntheticContainer, syntheticContent } from '../engine/synthetic'

export interface Product {
  snapshot: HostSnapshot
  model: HostModel
  host: Host
  topology: Topology
  report: FindingsReport
  scene: Scene
  elements: GraphElement[]
  /** By the name of what is sent, printed or saved. */
  texts: ReadonlyMap<TextKind, string>
}

export type TextKind =
  | 'topology'
  | 'findings'
  | 'stream'
  | 'csv'
  | 'sarif'
  | 'dot'
  | 'mermaid'
  | 'svg'
  | 'table'
  | 'recording'

const AT = '2026-01-01T00:00:00.000Z'

export async function productOf(content: EngineContent): Promise<Product> {
  const engine = await startEngine(content)
  const connection = connectionTo(engine.path)
  const recorder = createUnixRecorder(connection)
  const probe = () => Promise.resolve(noProbe('a fake engine'))
  const snapshot = await readOnce({ connection, client: recorder.client, probe })
  await engine.close()
  return { ...productOfSnapshot(snapshot, JSON.stringify(recorder.answers())), snapshot }
}

function productOfSnapshot(snapshot: HostSnapshot, recording: string): Omit<Product, 'snapshot'> {
  const model = buildTopology(snapshot)
  const topology = assembleTopology([model], 1, AT)
  const acceptance = { today: AT.slice(0, 10), exceptions: [], problem: null }
  const report = examine([model], { acceptance })
  const scene = buildScene(topology, report, { aspect: 16 / 9 })
  const { host } = model
  const frames = [makeFrame('topology', 1, topology), makeFrame('findings', null, { revision: 1, ...report })]
  const outside = outsideOf(reachOf(model))
  const texts = new Map<TextKind, string>([
    ['topology', JSON.stringify(topology)],
    ['findings', JSON.stringify(report)],
    ['stream', frames.map(({ bytes }) => new TextDecoder().decode(bytes)).join('')],
    ['csv', toCsv(report, [host])],
    ['sarif', JSON.stringify(toSarif(report, [host], '1'))],
    ['dot', toDot(topology)],
    ['mermaid', toMermaid(topology)],
    ['svg', toSvg(scene, [], { title: 'Podwire', notes: [], theme: 'dark' })],
    [
      'table',
      toTable(report, [{ host, outside, recordedAt: null }], {
        width: 80,
        paint: plain,
        verbose: true,
        showSuppressed: true,
      }),
    ],
    ['recording', recording],
  ])
  return { model, host, topology, report, scene, elements: toElements(scene), texts }
}

/** A container as an engine tells of it, to be made hostile. */
export interface Draft {
  row: JsonObject
  inspect: JsonObject
  /** Parts of the inspect. */
  config: JsonObject
  hostConfig: JsonObject
}

export const SUBJECT = containerId(1)

/** Two ordinary containers, and one of which `change` decides what the engine says. */
export function contentWith(change: (draft: Draft) => void): EngineContent {
  const content = syntheticContent({ containers: 4, networks: 2 })
  addTo(content, 1, 'subject', change)
  return content
}

/** Puts a container into the content, in place of the one of that index if there is one. */
export function addTo(content: EngineContent, index: number, name: string, change: (draft: Draft) => void): void {
  const one: RawContainer = syntheticContainer({ index, name, networks: ['net-000'] })
  const { row, inspect } = one
  change({ row, inspect, config: objectAt(inspect, 'Config'), hostConfig: objectAt(inspect, 'HostConfig') })
  content.containers.set(containerId(index), one)
}

/** Everywhere that labels stand. */
export function setLabels({ row, config }: Draft, labels: Record<string, Json>): void {
  row['Labels'] = { ...labels }
  config['Labels'] = { ...labels }
}

/** Everywhere that a name stands. */
export function setName({ row, inspect }: Draft, name: string): void {
  row['Names'] = [name]
  inspect['Name'] = name
}

export function subjectOf({ host }: Product): Container {
  const found = host.containers.find(one => one.id.endsWith(SUBJECT))
  if (found === undefined) throw new Error('the container got lost')
  return found
}

/** Ids of the rules that found something about the container. */
export const rulesAgainst = ({ report }: Product, id: string): string[] =>
  report.findings.filter(one => one.subject.id.endsWith(id)).map(one => one.ruleId)
