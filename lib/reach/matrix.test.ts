import { describe, expect, test } from 'vitest'
import { buildTopology } from '@/lib/topology/build'
import { container, network, snapshot } from '@/lib/topology/testing'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { type MatrixEnd, matrixOf, type ReachMatrix } from './matrix'
import { createReach } from './reach'
import { parseReachRef } from './refs'

const of = async (name: string) => createReach(await modelOfRecording(name))
const label = ({ kind, members }: MatrixEnd) => `${kind} ${members[0]?.name}`

function verdict(matrix: ReachMatrix, from: string, to: string): string | null {
  const row = matrix.sources.findIndex(({ members }) => members.some(({ ref }) => ref === from))
  const column = matrix.targets.findIndex(({ members }) => members.some(({ ref }) => ref === to))
  const index = matrix.cells[row]?.[column]
  if (index === undefined) throw new Error(`${from} → ${to} is not in the matrix`)
  return index === null ? null : (matrix.judgements[index]?.verdict ?? null)
}

describe.each(recordingNames())('%s', name => {
  test('every cell says what the pair says', async () => {
    const reach = await of(name)
    const matrix = matrixOf(reach)
    let compared = 0
    for (const source of matrix.sources)
      for (const target of matrix.targets) {
        const from = source.members[0]?.ref ?? ''
        const to = (source.members[0]?.ref === target.members[0]?.ref ? target.members[1] : target.members[0])?.ref
        const [fromRef, toRef] = [parseReachRef(from), parseReachRef(to ?? '')]
        if (fromRef === null || toRef === null) continue
        const pair = reach.pair(fromRef, toRef)
        expect([from, to, verdict(matrix, from, to ?? '')]).toEqual([from, to, pair?.direct[0]?.verdict])
        compared += 1
      }
    expect(compared).toBeGreaterThan(20)
  })

  test('every namespace with a container is in it once', async () => {
    const reach = await of(name)
    const members = matrixOf(reach).targets.flatMap(({ kind, members: all }) => (kind === 'host' ? [] : all))
    const { host } = reach.context
    const having = host.namespaces.filter(({ kind, memberIds }) => kind !== 'host' && memberIds.length > 0)
    expect(members).toHaveLength(having.length)
    expect(new Set(members.map(({ ref }) => ref)).size).toBe(members.length)
  })
})

test('equal namespaces are one row, and get on with each other as the network lets them', () => {
  const net = (name: string, at: string) => container(name, { networks: { app: [`10.89.0.${at}`] } })
  const model = buildTopology(
    snapshot({
      networks: [network('app'), network('other')],
      containers: [net('a', '2'), net('b', '3'), net('c', '4')],
    }),
  )
  const matrix = matrixOf(createReach(model))
  expect(matrix.targets.map(label)).toEqual(['host root', 'namespaces a'])
  expect(matrix.targets[1]?.members.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(verdict(matrix, 'container:a', 'container:b')).toBe('reachable')
  expect(verdict(matrix, 'host', 'host')).toBeNull()
})

test('300 containers on 30 networks are a small answer', () => {
  const networks = Array.from({ length: 30 }, (_, index) => network(`net-${index}`))
  const containers = Array.from({ length: 300 }, (_, index) =>
    container(`app-${index}`, {
      networks: { [`net-${index % 30}`]: [`10.89.${index % 30}.${2 + Math.floor(index / 30)}`] },
    }),
  )
  const matrix = matrixOf(createReach(buildTopology(snapshot({ networks, containers }))))
  expect(matrix.targets).toHaveLength(31)
  expect(matrix.judgements.length).toBeLessThan(20)
  expect(JSON.stringify(matrix).length).toBeLessThan(40_000)
})
