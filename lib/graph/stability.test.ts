/**
 * One container more or less moves nothing that is not in its way. As long as no size class changes (metrics.ts), and so
 * the composition stays, only these may move: what stands in the same lane, the lanes below it in its column with what
 * they hold, and what stands in the same group right of the lanes. Boxes that hold them may grow downwards.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Host, Network } from '@/lib/topology/types'
import { composeMachine, planMachines } from './machine'
import { metricsFor } from './metrics'
import { buildScene } from './scene'
import { anyHost, findings, host, manyHost, network, type Placement, topology } from './testing'
import type { Scene, SceneNode } from './types'

const VIEW = { aspect: 16 / 9 }
const draw = (one: Host) => buildScene(topology(one), findings(), VIEW)

/** The host with one more container alone on this network. */
function plusOne(one: Host, lane: Network, name: string): Host {
  const added = host([lane], [{ name, on: [lane.name] }], { id: `${one.id} more` })
  return {
    ...one,
    containers: [...one.containers, ...added.containers],
    namespaces: [...one.namespaces, ...added.namespaces.filter(namespace => namespace.kind === 'private')],
  }
}

/** What the composition comes to, without its estimated height. */
function composition(one: Host): unknown {
  const metrics = metricsFor(one.containers.length)
  const [plan] = planMachines([one], metrics)
  if (plan === undefined) return null
  return composeMachine(plan, metrics, VIEW.aspect, 0.006).compositions.map(({ height: _, ...rest }) => rest)
}

const laneOf = (scene: Scene, node: SceneNode): SceneNode | undefined => {
  const byId = new Map(scene.nodes.map(each => [each.id, each]))
  let each: SceneNode | undefined = node
  while (each !== undefined && each.kind !== 'network') each = each.parent === null ? undefined : byId.get(each.parent)
  return each
}

/** Ids of what moved though it was not in the way of a change of this lane. */
function movedNeedlessly(before: Scene, after: Scene, laneId: string): string[] {
  const next = new Map(after.nodes.map(node => [node.id, node]))
  const changed = before.nodes.find(node => node.id === laneId)
  return before.nodes.flatMap(node => {
    const now = next.get(node.id)
    const lane = laneOf(before, node)
    const below = lane !== undefined && changed !== undefined && lane.x === changed.x && lane.y >= changed.y
    if (now === undefined) return below ? [] : [`${node.id} is gone`]
    if (below || (now.x === node.x && now.y === node.y && now.width === node.width)) return []
    return [`${node.id}: ${node.x},${node.y} → ${now.x},${now.y}`]
  })
}

describe('one container more', () => {
  test('moves only what is in its way, in random hosts', () => {
    let kept = 0
    let all = 0
    fc.assert(
      fc.property(anyHost('a'), fc.nat(), fc.string({ maxLength: 12 }), (one, pick, name) => {
        const lane = one.networks[pick % one.networks.length]
        if (lane === undefined) return
        const more = plusOne(one, lane, `${name} new`)
        all += 1
        if (JSON.stringify(composition(one)) !== JSON.stringify(composition(more))) return
        kept += 1
        const [before, after] = [draw(one), draw(more)]
        expect(movedNeedlessly(before, after, lane.id)).toEqual([])
        // The other way round: one less.
        expect(movedNeedlessly(after, before, lane.id).filter(text => !text.includes(' more:'))).toEqual([])
      }),
      { numRuns: 200 },
    )
    // The rule above has to be the usual case.
    expect(kept / all).toBeGreaterThan(0.55)
  }, 120_000)

  test.each([
    [30, 8],
    [300, 42],
    [1000, 100],
  ])(
    'keeps the composition of %i containers in %i networks nearly always',
    (containers, networks) => {
      const one = manyHost(containers, networks)
      const same = JSON.stringify(composition(one))
      const kept = one.networks.filter(lane => JSON.stringify(composition(plusOne(one, lane, 'new'))) === same)
      expect(kept.length / one.networks.length).toBeGreaterThanOrEqual(0.85)
    },
    60_000,
  )

  test('moves nothing at all where lanes are folded', () => {
    const one = manyHost(1000, 100)
    const before = draw(one)
    const full = before.nodes.filter(node => node.kind === 'fold').flatMap(node => node.parent ?? [])
    const lanes = one.networks.filter(lane => full.includes(lane.id)).slice(0, 20)
    expect(lanes.length).toBeGreaterThan(5)
    for (const lane of lanes) {
      const after = new Map(draw(plusOne(one, lane, 'zzz')).nodes.map(node => [node.id, node]))
      const moved = before.nodes.filter(node => {
        const now = after.get(node.id)
        return now === undefined || now.x !== node.x || now.y !== node.y
      })
      expect(moved).toEqual([])
    }
  }, 60_000)
})

test('a container that changes its state moves nothing', () => {
  const placements: Placement[] = ['a', 'b', 'c', 'd'].map(name => ({
    name,
    on: ['app'],
    ports: [{ hostPort: 80 + name.charCodeAt(0) }],
  }))
  const networks = [network('podman'), network('app')]
  const running = draw(host(networks, placements))
  const stopped = draw(
    host(
      networks,
      placements.map((each, index) => (index === 1 ? { ...each, state: 'exited' } : each)),
    ),
  )
  const places = (scene: Scene) => scene.nodes.map(({ id, x, y, width, height }) => ({ id, x, y, width, height }))
  expect(places(stopped)).toEqual(places(running))
})
