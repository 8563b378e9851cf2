/**
 * One container more moves nothing that is not in its way: what stands in the same lane, and the lanes below it in its
 * column with what they hold. Boxes that hold them may grow downwards. More moves only where a size class changes
 * (metrics.ts), and with it the composition; the classes are such that this is rare.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Host, Network } from '@/lib/topology/types'
import { modelOfRecording } from '@/tests/recordings/model'
import { withoutDeclared } from './declared'
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

/** Share of a picture's nodes that move needlessly, for one container more on each network in turn. */
function needless(one: Host): { share: number; still: number } {
  const before = draw(one)
  const counts = one.networks
    .slice(0, 30)
    .map(lane => movedNeedlessly(before, draw(plusOne(one, lane, 'zz new')), lane.id).length)
  const moved = counts.reduce((sum, count) => sum + count, 0)
  return {
    share: moved / (before.nodes.length * counts.length),
    still: counts.filter(count => count === 0).length / counts.length,
  }
}

describe('one container more', () => {
  test.each([
    [20, 6],
    [30, 8],
    [45, 9],
    [100, 20],
    [300, 42],
    [1000, 100],
  ])(
    'on any network: of %i containers in %i networks nothing else moves',
    (containers, networks) => {
      expect(needless(manyHost(containers, networks))).toEqual({ share: 0, still: 1 })
    },
    60_000,
  )

  test.each(['podman-5.4.2', 'podman-6.1.1', 'podman-6.1.1-quadlet'])(
    'on any network of %s: nothing else moves',
    async name => {
      // With what is declared in its recorded networks the quadlet host is one short of the next size class.
      expect(needless(withoutDeclared((await modelOfRecording(name)).host))).toEqual({ share: 0, still: 1 })
    },
    60_000,
  )

  test('in random hosts of all sizes: mostly nothing else moves', () => {
    let [calm, all] = [0, 0]
    fc.assert(
      fc.property(anyHost('a'), fc.nat(), (one, pick) => {
        const lane = one.networks[pick % one.networks.length]
        if (lane === undefined) return
        all += 1
        calm += Number(movedNeedlessly(draw(one), draw(plusOne(one, lane, 'zz new')), lane.id).length === 0)
      }),
      { numRuns: 200, seed: 7 },
    )
    expect(calm / all).toBeGreaterThan(0.6)
  }, 120_000)

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
