import { beforeAll, describe, expect, it } from 'vitest'
import { indexScene } from '@/lib/graph/find'
import { overlayElements } from '@/lib/graph/overlay'
import { buildScene } from '@/lib/graph/scene'
import type { Overlay } from '@/lib/graph/overlay'
import type { Scene } from '@/lib/graph/types'
import { outsideOf } from '@/lib/reach/outside'
import { createReach } from '@/lib/reach/reach'
import { parseReachRef, type ReachRef } from '@/lib/reach/refs'
import { pairWithStop } from '@/lib/reach/stop'
import { assembleTopology } from '@/lib/topology/build'
import type { HostModel, Topology } from '@/lib/topology/types'
import { modelOfRecording } from '@/tests/recordings/model'
import { EMPTY_URL, type LinkedReach } from '../url'
import { en } from '../words/en'
import { overlayOf } from './overlay'
import { type Asked, NOTHING_ASKED } from './shown'

let model: HostModel
let topology: Topology
let scene: Scene
beforeAll(async () => {
  model = await modelOfRecording('podman-5.4.2')
  topology = assembleTopology([model], 1, '2026-11-21T00:00:00Z')
  scene = buildScene(topology, { findings: [], notExamined: [] }, { aspect: 16 / 9 })
})

const end = (text: string): ReachRef => {
  const parsed = parseReachRef(text)
  if (parsed === null) throw new Error(`no reference: ${text}`)
  return parsed
}
const answered = <T>(value: T | null): Asked<T> => ({
  hostId: model.host.id,
  path: '',
  value,
  revision: 1,
  problem: null,
})

function overlayFor(from: string, to: string | null = null): Overlay {
  const reach = createReach(model)
  const asked: LinkedReach =
    from === 'outside'
      ? { hostId: null, from, to: null }
      : { hostId: null, from: end(from), to: to === null ? null : end(to) }
  const shown = {
    ...NOTHING_ASKED,
    row: from === 'outside' ? null : answered(reach.row(end(from))),
    pair: to === null ? null : answered(pairWithStop(reach, end(from), end(to))),
    outside: answered(outsideOf(reach)),
  }
  const overlay = overlayOf({ topology, url: { ...EMPTY_URL, reach: asked }, reach: shown, words: en })?.(scene)
  if (overlay === undefined) throw new Error('nothing to see')
  return overlay
}
const idOf = (ref: string): string => {
  const node = indexScene(scene).byRef.get(`${model.host.id} ${ref}`)
  if (node === undefined) throw new Error(`${ref} is not on the map`)
  return node.id
}

describe('one end', () => {
  it('lights what it reaches with a sign, and dims what it does not', () => {
    const { lit, verdicts } = overlayFor('container:web1')
    expect(verdicts.get(idOf('container:web2'))).toBe('reachable')
    expect(verdicts.get(idOf('container:db'))).toBe('blocked')
    expect(lit.has(idOf('container:web2'))).toBe(true)
    expect(lit.has(idOf('container:db'))).toBe(false)
    expect(lit.has(idOf('container:web1'))).toBe(true)
    expect(verdicts.has(idOf('container:web1'))).toBe(false)
  })

  it('tells what is reached by a published port alone from what is reached itself', () => {
    const { verdicts, words } = overlayFor('container:web1')
    expect(verdicts.get(idOf('container:slirp1'))).toBe('door')
    expect(words.get(idOf('container:slirp1'))).toContain('published port')
    expect(verdicts.get(idOf('port:*:5432/tcp'))).toBe('blocked')
  })

  it('says of the chip in a lane what it says of the shared namespace that the chip stands for', () => {
    const { verdicts } = overlayFor('container:web1')
    const chips = scene.nodes.filter(({ kind, label }) => kind === 'visitor' && label.includes('proxy'))
    expect(chips.map(({ id }) => verdicts.get(id))).toEqual(['reachable', 'reachable'])
  })

  it('keeps the boxes of what is lit readable', () => {
    const { lit } = overlayFor('container:web1')
    expect(lit.has(idOf('network:frontend'))).toBe(true)
    expect(lit.has(idOf('network:strictnet'))).toBe(false)
  })
})

describe('outside', () => {
  it('tells what any neighbour reaches from what needs a route by this host', () => {
    const { verdicts, lit } = overlayFor('outside')
    expect(verdicts.get(idOf('container:printer'))).toBe('reachable')
    expect(verdicts.get(idOf('container:web1'))).toBe('routed')
    expect(verdicts.get(idOf('port:*:8080/tcp'))).toBe('reachable')
    expect(verdicts.get(idOf('port:127.0.0.1:18080/tcp'))).toBe('blocked')
    expect(lit.has(idOf('segment:eth0'))).toBe(true)
  })

  it('counts a door into a namespace for everybody in it', () => {
    const { verdicts } = overlayFor('outside')
    expect(verdicts.get(idOf('container:proxy'))).toBe('door')
    expect(verdicts.get(idOf('container:sidecar'))).toBe('door')
    expect(verdicts.get(idOf('container:shop-web'))).toBe('door')
  })

  it('calls nothing unreachable when the interfaces are not known', () => {
    const blind = { ...outsideOf(createReach(model)), sources: [], sourcesUnknownBecause: 'not read' }
    const overlay = overlayOf({
      topology,
      url: { ...EMPTY_URL, reach: { hostId: null, from: 'outside', to: null } },
      reach: { ...NOTHING_ASKED, outside: answered(blind) },
      words: en,
    })?.(scene)
    expect(new Set(overlay?.verdicts.values())).toEqual(new Set(['unknown']))
  })
})

describe('a pair', () => {
  it('is followed hop by hop', () => {
    const { way, lit } = overlayFor('container:web1', 'container:iso1')
    expect(way?.tone).toBe('reachable')
    expect(way?.stop).toBeNull()
    expect(way?.steps.map(({ text }) => text)).toEqual(['1', '2', '3', '4', '5'])
    for (const ref of ['container:web1', 'network:frontend', 'host', 'network:isolated', 'container:iso1'])
      expect(lit.has(idOf(ref))).toBe(true)
    expect(lit.has(idOf('container:web2'))).toBe(false)
  })

  it('ends where it is stopped, with the reason', () => {
    const { way } = overlayFor('container:web1', 'container:strict1')
    const lane = indexScene(scene).byId.get(idOf('network:strictnet'))
    expect(way?.tone).toBe('blocked')
    expect(way?.stop?.words).toContain('strict')
    expect(Math.abs((way?.stop?.at.x ?? 0) - (lane?.x ?? 0))).toBeLessThan(20)
  })

  it('runs along the straight: every line of it is level or upright', () => {
    for (const to of ['container:iso1', 'container:web2', 'container:proxy', 'container:legacy', 'host'])
      for (const line of overlayFor('container:web1', to).way?.lines ?? [])
        for (const [index, point] of line.entries()) {
          const before = line[index - 1] ?? point
          const isStraight = Math.abs(before.x - point.x) < 0.5 || Math.abs(before.y - point.y) < 0.5
          expect([to, index, line, isStraight]).toEqual([to, index, line, true])
        }
  })

  it('becomes elements with ids of their own', () => {
    const elements = overlayElements(scene, overlayFor('container:web1', 'container:strict1'), 1)
    const ids = elements.map(({ data }) => data.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.some(id => scene.nodes.some(node => node.id === id))).toBe(false)
    for (const { group, data } of elements)
      if (group === 'edges') {
        expect(ids).toContain(data['source'])
        expect(ids).toContain(data['target'])
      }
  })
})

it('signs are as large as can be seen, and no larger than what they are on', () => {
  const overlay = overlayFor('container:web1')
  const size = (scale: number) =>
    overlayElements(scene, overlay, scale).find(({ data }) => data['owner'] === idOf('container:web2'))?.data['w']
  expect(Number(size(3))).toBeGreaterThan(Number(size(1)))
  expect(Number(size(100))).toBeLessThanOrEqual(indexScene(scene).byId.get(idOf('container:web2'))?.height ?? 0)
})
