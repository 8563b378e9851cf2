/** What every picture keeps, whatever the topology: asked of random hosts, of odd ones, and of the recorded ones. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { examine } from '@/lib/exposure/engine'
import { anySnapshot } from '@/lib/topology/arbitrary'
import { buildTopology } from '@/lib/topology/build'
import type { Host, Topology } from '@/lib/topology/types'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { ancestors, problemsOf } from './testing-problems'
import { findNode } from './find'
import { pathOf } from './highlight'
import { buildScene } from './scene'
import { anyHost, findings, host, manyHost, network, topology } from './testing'
import type { Scene, SceneNode, View } from './types'

const WIDE = { aspect: 16 / 9 }

/** Containers that are drawn not once: by id, with how often. */
function misplaced(scene: Scene, hosts: readonly Host[]): string[] {
  const wrong: string[] = []
  for (const { id: hostId, containers, networks, namespaces } of hosts) {
    for (const container of containers) {
      const drawn = scene.nodes.filter(node => node.id === container.id).length
      const folded = scene.nodes.filter(
        node =>
          node.hostId === hostId &&
          node.kind === 'fold' &&
          node.hides === undefined &&
          node.also.includes(`container:${container.name}`),
      ).length
      if (drawn + folded !== (container.isInfra ? 0 : 1)) wrong.push(`${container.name}: ${drawn} + ${folded}`)
    }
    const byId = new Map(scene.nodes.map(node => [node.id, node]))
    for (const namespace of namespaces) {
      const members = containers.filter(each => each.namespaceId === namespace.id && !each.isInfra)
      if (namespace.kind !== 'private' || members.length === 0) continue
      for (const { networkName } of namespace.attachments) {
        const lane = networks.find(each => each.name === networkName)
        if (lane === undefined) continue
        const held = members.some(member => {
          const node = byId.get(member.id)
          return node !== undefined && ancestors(node, byId).has(lane.id)
        })
        const visits = byId.has(`${lane.id}:visitor:${namespace.id}`)
        const folded = ['fold', 'fold:visitors'].some(fold =>
          byId.get(`${lane.id}:${fold}`)?.also.includes(`container:${members[0]?.name}`),
        )
        if (Number(held) + Number(visits) + Number(folded) !== 1) wrong.push(`${namespace.id} on ${networkName}`)
      }
    }
  }
  return wrong
}

const anyTopology: fc.Arbitrary<Topology> = fc.oneof(
  anySnapshot.map(snapshot => topology(buildTopology(snapshot).host)),
  fc.array(anyHost('a'), { minLength: 1, maxLength: 1 }).map(hosts => topology(...hosts)),
  fc.tuple(anyHost('a'), anyHost('b'), anyHost('c')).map(hosts => topology(...hosts)),
)
const aspects = fc.constantFrom(16 / 9, 4 / 3, 21 / 9, 9 / 16)

describe('every picture', () => {
  test('has no overlaps, no cut texts, and no line through a box', () => {
    fc.assert(
      fc.property(anyTopology, aspects, (random, aspect) => {
        expect(problemsOf(buildScene(random, findings(), { aspect }))).toEqual([])
      }),
      { numRuns: 150 },
    )
  }, 120_000)

  test('has every container once, and every attachment as a place or as a visitor', () => {
    fc.assert(
      fc.property(anyTopology, random => {
        expect(misplaced(buildScene(random, findings(), WIDE), random.hosts)).toEqual([])
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  test('is the same for the same input, in whatever order the model lists it', () => {
    fc.assert(
      fc.property(anyHost('a'), one => {
        const scene = buildScene(topology(one), findings(), WIDE)
        const shuffled = {
          ...one,
          namespaces: [...one.namespaces].reverse(),
          containers: [...one.containers].reverse(),
          networks: [...one.networks].reverse(),
        }
        const byId = (nodes: readonly SceneNode[]) => [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1))
        expect(buildScene(topology(one), findings(), WIDE)).toEqual(scene)
        expect(byId(buildScene(topology(shuffled), findings(), WIDE).nodes)).toEqual(byId(scene.nodes))
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  test.each(recordingNames())('of %s holds', async name => {
    const model = await modelOfRecording(name)
    for (const aspect of [16 / 9, 4 / 3, 9 / 16]) {
      const scene = buildScene(topology(model.host), examine([model]), { aspect })
      expect(problemsOf(scene)).toEqual([])
      expect(misplaced(scene, [model.host])).toEqual([])
    }
  })

  test.each([
    [5, 2],
    [30, 8],
    [100, 20],
    [300, 42],
    [1000, 100],
  ])('of %i containers in %i networks holds', (containers, networks) => {
    const one = manyHost(containers, networks)
    const scene = buildScene(topology(one), findings(), WIDE)
    expect(problemsOf(scene)).toEqual([])
    expect(misplaced(scene, [one])).toEqual([])
  })
})

describe('findings', () => {
  test('mark, and move nothing', () => {
    const one = manyHost(60, 9)
    const places = (scene: Scene) => scene.nodes.map(({ id, x, y, width, height }) => ({ id, x, y, width, height }))
    const marked = findings(
      ...one.containers.map(({ id }) => ({ kind: 'container' as const, id, severity: 'high' as const })),
      ...one.networks.map(({ id }) => ({ kind: 'network' as const, id, severity: 'low' as const })),
    )
    const [plain, full] = [buildScene(topology(one), findings(), WIDE), buildScene(topology(one), marked, WIDE)]
    expect(places(full)).toEqual(places(plain))
    expect(full.nodes.filter(node => node.mark === 'high')).toHaveLength(60)
    expect(problemsOf(full)).toEqual([])
  })

  test('that are suppressed leave no mark', () => {
    const one = manyHost(5, 2)
    const id = one.containers[0]?.id ?? ''
    const report = findings({ kind: 'container', id, severity: 'critical' })
    for (const finding of report.findings) finding.suppressed = { by: 'x', reason: 'y', until: null }
    expect(buildScene(topology(one), report, WIDE).nodes.find(node => node.id === id)?.mark).toBeNull()
  })
})

describe('text is large enough', () => {
  const sizeAt1080p = (one: Host) => {
    const scene = buildScene(topology(one), findings(), WIDE)
    const zoom = Math.min(1920 / scene.width, 1080 / scene.height)
    return (scene.nodes.find(node => node.kind === 'container')?.texts[0]?.size ?? 0) * zoom
  }
  test('with 30 containers a name has 13 px at 1080p', () => {
    expect(sizeAt1080p(manyHost(30, 8))).toBeGreaterThanOrEqual(13)
  })
  test.each([
    [300, 40, 10],
    [1000, 100, 8],
  ])('with %i in %i networks it has %d px, and what is folded is counted', (containers, networks, least) => {
    const one = manyHost(containers, networks)
    expect(sizeAt1080p(one)).toBeGreaterThanOrEqual(least)
    expect(misplaced(buildScene(topology(one), findings(), WIDE), [one])).toEqual([])
  })
  test('with 5 it is larger', () => {
    expect(sizeAt1080p(manyHost(5, 2))).toBeGreaterThan(sizeAt1080p(manyHost(30, 8)))
  })
  test('a wall that asks for more gets folded lanes, and larger text', () => {
    const one = manyHost(120, 20)
    const scene = (legible: number) => buildScene(topology(one), findings(), { ...WIDE, legible })
    expect(scene(0.02).nodes.some(node => node.kind === 'fold')).toBe(true)
    expect(scene(0.006).nodes.some(node => node.kind === 'fold')).toBe(false)
    expect(scene(0.02).height).toBeLessThan(scene(0.006).height)
  })
})

describe('folding', () => {
  const one = manyHost(1000, 100)
  const folded = buildScene(topology(one), findings(), WIDE)

  const hiddenIn = (scene: Scene, all: Host) => {
    const lane = scene.nodes.find(node => node.kind === 'fold' && node.parent?.includes(':network:'))
    const victim = all.containers.find(({ name }) => lane?.also.includes(`container:${name}`) === true)
    return { lane: lane?.id ?? '', victim: victim?.id ?? '' }
  }

  test('a lane that is too much keeps its worst in sight and counts the rest', () => {
    const some = manyHost(300, 42)
    const { victim } = hiddenIn(buildScene(topology(some), findings(), WIDE), some)
    const report = findings({ kind: 'container', id: victim, severity: 'critical' })
    const marked = buildScene(topology(some), report, WIDE)
    expect(marked.nodes.find(node => node.id === victim)?.mark).toBe('critical')
  })

  test('where lanes are far too many, they fold to a count with their worst mark', () => {
    const { lane, victim } = hiddenIn(folded, one)
    expect(folded.nodes.find(node => node.id === lane)?.label).toMatch(/^\d+ containers?$/)
    const report = findings({ kind: 'container', id: victim, severity: 'critical' })
    const marked = buildScene(topology(one), report, WIDE)
    expect(marked.nodes.find(node => node.id === lane)?.mark).toBe('critical')
  })

  test('a column of many folds too, with its worst mark, and unfolds with its host', () => {
    const fold = folded.nodes.find(node => node.id === `${one.id}:fold:pivots`)
    expect(fold?.label).toMatch(/^\+\d+ more$/)
    const victim = one.containers.find(({ name }) => fold?.also.includes(`container:${name}`) === true)
    const report = findings({ kind: 'container', id: victim?.id ?? '', severity: 'critical' })
    expect(buildScene(topology(one), report, WIDE).nodes.find(node => node.id === victim?.id)?.mark).toBe('critical')
    const open = buildScene(topology(one), findings(), { ...WIDE, unfolded: new Set([one.id]) })
    expect(open.nodes.some(node => node.id === `${one.id}:fold:pivots`)).toBe(false)
    expect(problemsOf(open)).toEqual([])
  })

  test('the reader unfolds and folds single lanes', () => {
    const fold = folded.nodes.find(node => node.kind === 'fold' && node.parent?.includes(':network:'))
    const id = fold?.parent ?? ''
    const open = buildScene(topology(one), findings(), { ...WIDE, unfolded: new Set([id]) })
    expect(open.nodes.some(node => node.id === `${id}:fold`)).toBe(false)
    expect(problemsOf(open)).toEqual([])
    const small = manyHost(30, 8)
    const network = small.networks[2]?.id ?? ''
    const closed = buildScene(topology(small), findings(), { ...WIDE, folded: new Set([network]) })
    expect(closed.nodes.filter(node => node.parent === network && node.kind === 'container')).toEqual([])
    expect(misplaced(closed, [small])).toEqual([])
  })
})

describe('visitors', () => {
  /** Everything is on a network of its own and on one that all share. */
  const names = Array.from({ length: 90 }, (_, nth) => `app${nth}`)
  const stacks = Array.from({ length: 12 }, (_, nth) => `stack${nth}`)
  const one = host(
    [network('proxy'), ...stacks.map(name => network(name))],
    names.map((name, nth) => ({ name, on: ['proxy', stacks[nth % stacks.length] ?? ''] })),
  )
  const lane = one.networks.find(({ name }) => name === 'proxy')?.id ?? ''
  const victim = one.containers.find(({ name }) => name === 'app77')?.id ?? ''
  const report = findings({ kind: 'container', id: victim, severity: 'critical' })
  const draw = (view: Partial<View>, marks = report) => buildScene(topology(one), marks, { ...WIDE, ...view })
  const foldIn = (scene: Scene) => scene.nodes.find(({ id }) => id === `${lane}:fold:visitors`)
  const pillsIn = (scene: Scene) =>
    scene.nodes.filter(({ kind, parent }) => kind === 'visitor' && parent === lane).map(({ label }) => label)

  test('that are too many for a few rows keep their worst in sight and count the rest', () => {
    const scene = draw({ legible: 0.01 })
    expect(pillsIn(scene)).toContain('app77')
    expect(pillsIn(scene).length).toBeGreaterThan(3)
    expect(foldIn(scene)).toMatchObject({ label: `+${90 - pillsIn(scene).length} more`, mark: null })
    expect(problemsOf(scene)).toEqual([])
    expect(misplaced(scene, [one])).toEqual([])
  })

  test('of a network that is folded are a count with their worst mark', () => {
    const scene = draw({ folded: new Set([lane]) })
    expect(pillsIn(scene)).toEqual([])
    expect(foldIn(scene)).toMatchObject({ label: '90 visitors', mark: 'critical' })
    expect(problemsOf(scene)).toEqual([])
    expect(misplaced(scene, [one])).toEqual([])
    const places = (drawn: Scene) => drawn.nodes.map(({ id, x, y, width, height }) => ({ id, x, y, width, height }))
    expect(places(draw({ folded: new Set([lane]) }, findings()))).toEqual(places(scene))
  })

  test('are all there when the network unfolds', () => {
    const scene = draw({ legible: 0.02, unfolded: new Set([lane]) })
    expect(pillsIn(scene).sort()).toEqual([...names].sort())
    expect(foldIn(scene)).toBeUndefined()
    expect(problemsOf(scene)).toEqual([])
  })

  test('that fold are found where they stand, and light up with it', () => {
    const scene = draw({ folded: new Set([lane]), unfolded: new Set([one.id]) })
    const fold = foldIn(scene)?.id ?? ''
    expect(findNode(scene, one.id, { kind: 'container', name: 'app77' })?.id).toBe(victim)
    expect(pathOf(scene, victim)).toContain(fold)
    expect(pathOf(scene, fold)).toContain(victim)
    expect(pathOf(scene, lane)).toContain(victim)
  })
})

describe('hostile names', () => {
  const names = [
    'constructor',
    '__proto__',
    'toString',
    'a.b-c',
    '\u202Eevil',
    'x\u200By',
    'zero\u0000\n',
    '漢'.repeat(80),
    'n'.repeat(300),
    '',
  ]
  const one = host(
    [network('__proto__'), network('constructor'), network('n'.repeat(300))],
    names.map(name => ({ name, on: ['__proto__', 'constructor'].slice(0, 1 + (name.length % 2)) })),
  )
  const scene = buildScene(topology(one), findings(), WIDE)

  test('are drawn, each once, and fit', () => {
    expect(problemsOf(scene)).toEqual([])
    expect(misplaced(scene, [one])).toEqual([])
  })

  test('show what the eye would not see', () => {
    const shown = scene.nodes.flatMap(node => node.texts.map(text => text.text)).join('\n')
    expect(shown).toContain('⟨U+202E⟩evil')
    for (const hidden of ['\u202E', '\u200B', '\u0000']) expect(shown).not.toContain(hidden)
  })
})

test('hosts of one machine share its outside and stand in one frame', () => {
  const root = manyHost(12, 3)
  const user = host([network('app', { id: 'u:network:app' })], [{ name: 'web', on: ['app'] }], {
    id: 'user-1000',
    name: 'user',
    rootless: true,
  })
  const scene = buildScene(topology(user, root), findings(), WIDE)
  expect(problemsOf(scene)).toEqual([])
  expect(scene.nodes.filter(node => node.kind === 'segment')).toHaveLength(2)
  expect(scene.nodes.filter(node => node.variant === 'machine')).toHaveLength(1)
  const alone = buildScene(topology(user, root, manyHost(3, 1, { id: 'other', machine: 'other' })), findings(), {
    ...WIDE,
    hostId: 'user-1000',
  })
  expect(alone.nodes.some(node => node.hostId === 'other')).toBe(false)
})

test('a pod that holds its infra alone is as high as a chip, and says so', () => {
  const one = host(
    [network('app')],
    [
      { name: 'x-infra', on: ['app'], pod: 'x' },
      { name: 'web', on: ['app'] },
    ],
  )
  for (const container of one.containers) container.isInfra = container.name === 'x-infra'
  const scene = buildScene(topology(one), findings(), WIDE)
  const [pod, web] = ['namespace', 'container'].map(kind => scene.nodes.find(node => node.kind === kind))
  expect(pod?.height).toBe(web?.height)
  expect(pod?.texts.map(text => text.text)).toContain('infra only')
  expect(problemsOf(scene)).toEqual([])
})

test('where the interfaces were not read, the outside says so, and its line is in sight', () => {
  const ports = [{ hostPort: 80 }, { hostPort: 81 }]
  const scene = buildScene(
    topology(host([network('app')], [{ name: 'web', on: ['app'], ports }], { interfaces: null })),
    findings(),
    WIDE,
  )
  const segment = scene.nodes.find(node => node.kind === 'segment')
  expect(segment).toMatchObject({ label: 'not read', live: false, ref: null })
  const line = scene.edges.find(edge => edge.kind === 'uplink')
  expect(line).toMatchObject({ source: segment?.id, target: 'root', atRest: true, live: false })
  const level = line?.from.y ?? 0
  const besides = scene.nodes.filter(node => node.kind === 'door' && node.y < level && node.y + node.height > level)
  expect(besides).toEqual([])
  expect(problemsOf(scene)).toEqual([])
})

test('no host, no network, no container', () => {
  expect(buildScene(topology(), findings(), WIDE).nodes).toEqual([])
  const scene = buildScene(topology(host([], [], { interfaces: null })), findings(), WIDE)
  expect(scene.nodes.map(node => node.kind)).toContain('host')
  expect(problemsOf(scene)).toEqual([])
})
