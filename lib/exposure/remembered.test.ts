/** What is remembered from one model of a host to the next never shows: the last of any row of changes is as if it were the first. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { reachOf } from '@/lib/reach/reach'
import { anySnapshot } from '@/lib/topology/arbitrary'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import { applyPatch } from '@/lib/topology/patch'
import { container, known, network, notKnown, probe, snapshot, volume } from '@/lib/topology/testing'
import type { HostModel } from '@/lib/topology/types'
import { examine } from './engine'
import { RULES } from './rules'

vi.setConfig({ testTimeout: 120_000 })

/** Everything that is said of a model, as text, which is compared fastest. */
function wordsOf(model: HostModel): string {
  const reach = reachOf(model)
  const names = model.host.containers.map(({ name }) => name)
  const faces = (model.host.interfaces ?? []).map(({ name }) => name)
  const rows = [
    reach.row({ kind: 'host' }),
    ...names.map(name => reach.row({ kind: 'container', name })),
    ...faces.map(name => reach.row({ kind: 'routed', name })),
  ]
  return JSON.stringify([model, rows, examine([model], { rules: RULES })])
}

const PARTS = ['networks', 'pods', 'probe', 'volumes', 'rootless', 'info', 'connection'] as const

const anyVolumes = fc.constantFrom(null, [], [volume('data')], [volume('data', { o: 'bind', device: '/etc' })])

/** Another state of the host, and what of the state before is still the very same. */
const anyStep = fc.record({
  state: anySnapshot,
  volumes: anyVolumes,
  hostId: fc.constantFrom('root', 'root', 'other'),
  kept: fc.subarray([...PARTS]),
  keptNames: fc.subarray(['a', 'b', 'c', 'd', 'e', 'constructor', '__proto__', 'host', 'rootless']),
})

type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

function after(before: HostSnapshot, { state, volumes, hostId, kept, keptNames }: Step): HostSnapshot {
  const next = { ...state, volumes, connection: { ...state.connection, id: hostId } }
  const stays = (name: string) => keptNames.includes(name)
  return {
    ...next,
    ...Object.fromEntries(kept.map(part => [part, before[part]])),
    containers: [
      ...before.containers.filter(({ summary }) => stays(summary.name)),
      ...next.containers.filter(({ summary }) => !stays(summary.name)).map(withPowers),
    ],
  }
}

/** Some with what rules look at the namespace for, and all with a volume. */
const withPowers = (record: HostSnapshot['containers'][number]): HostSnapshot['containers'][number] =>
  record.detail === null
    ? record
    : {
        ...record,
        detail: {
          ...record.detail,
          privileged: record.summary.image === 'localhost/two',
          mounts: [
            { type: 'volume', source: '/v', destination: '/v', writable: true, propagation: null, name: 'data' },
          ],
        },
      }

test('a model that followed any changes says what a model of nothing but its last state says', () => {
  fc.assert(
    fc.property(anySnapshot, fc.array(anyStep, { minLength: 1, maxLength: 4 }), (start, steps) => {
      let current: HostSnapshot = { ...start, containers: start.containers.map(withPowers) }
      let shown = assembleTopology([buildTopology(current)], 1, '')
      examine([buildTopology(current)], { rules: RULES })
      for (const step of steps) {
        current = after(current, step)
        const model = buildTopology(current)
        // The copy shares no object with anything before.
        expect(wordsOf(model)).toBe(wordsOf(buildTopology(structuredClone(current))))
        const next = assembleTopology([model], 1, '')
        expect(applyPatch(shown, diffTopology(shown, next))).toEqual(next)
        shown = next
      }
    }),
    { numRuns: 40 },
  )
})

test('what did not change is the very same object', () => {
  const before = snapshot({
    networks: [network('app'), network('other')],
    containers: ['a', 'b', 'c'].map(name =>
      container(name, { networks: { app: ['10.89.0.2'] }, ports: [{}], netns: name }),
    ),
    probe: probe({
      listenersByNetns: { a: known([]), b: notKnown('gone'), c: known([]) },
    }),
  })
  const [first, ...others] = before.containers
  if (first === undefined) throw new Error('there are containers')
  const changed = { ...first, summary: { ...first.summary, health: 'healthy' } }
  const one = buildTopology(before).host
  const other = buildTopology({ ...before, containers: [changed, ...others] }).host
  expect(other.containers.map(({ health }) => health)).toEqual(['healthy', null, null])
  expect(other.containers.map((made, index) => made === one.containers[index])).toEqual([false, true, true])
  expect(other.networks.every((made, index) => made === one.networks[index])).toBe(true)
  expect(other.interfaces).toBe(one.interfaces)
  const same = other.namespaces.filter((made, index) => made === one.namespaces[index])
  expect(same.map(({ ownerId }) => ownerId)).toEqual(one.containers.slice(1).map(({ id }) => id))
})
