import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { anySnapshot } from './arbitrary'
import { assembleTopology, buildTopology } from './build'
import { diffTopology } from './diff'
import {
  doorsOf,
  refOfContainer,
  refOfInterface,
  refOfListener,
  refOfNamespace,
  refOfNetwork,
  refOfPod,
  refOfPort,
  resolveRef,
} from './lookup'
import { applyPatch } from './patch'
import { formatRef, parseRef } from './ref'
import type { Topology } from './types'

// Many small models each; a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 })

const AT = '2026-01-01T00:00:00.000Z'
const topology = (...hosts: Parameters<typeof buildTopology>[0][]): Topology =>
  assembleTopology(
    hosts.map((host, index) => buildTopology({ ...host, connection: { ...host.connection, id: `h${index}` } })),
    1,
    AT,
  )

test('every container is a member of exactly one namespace, the one that it names', () => {
  fc.assert(
    fc.property(anySnapshot, snapshot => {
      const { host, facts } = buildTopology(snapshot)
      const members = host.namespaces.flatMap(namespace => namespace.memberIds.map(id => `${id} in ${namespace.id}`))
      expect(members.toSorted()).toEqual(host.containers.map(one => `${one.id} in ${one.namespaceId}`).toSorted())
      expect(host.containers).toHaveLength(snapshot.containers.length)
      expect(Object.keys(facts.containers).toSorted()).toEqual(host.containers.map(one => one.id).toSorted())
    }),
  )
})

test('what a namespace has is its owner’s, and the owner is a member', () => {
  fc.assert(
    fc.property(anySnapshot, snapshot => {
      const { host } = buildTopology(snapshot)
      const kinds = host.namespaces.map(one => one.kind)
      expect(kinds.filter(kind => kind === 'host')).toHaveLength(1)
      for (const one of host.namespaces) {
        if (one.ownerId === null) {
          expect(['host', 'path', 'rootless']).toContain(one.kind)
          expect([one.attachments, one.published]).toEqual([[], []])
        } else expect(one.memberIds).toContain(one.ownerId)
        if (one.kind !== 'private') expect(one.attachments).toEqual([])
        for (const door of one.published) {
          expect(door.ownerId).toBe(one.ownerId)
          expect(door.because).not.toBe('')
        }
        expect(one.listeners === null).toBe(one.listenersUnknownBecause !== null)
      }
    }),
  )
})

test('running containers of one inode are in one namespace, and those of two are in two', () => {
  fc.assert(
    fc.property(anySnapshot, snapshot => {
      const { host } = buildTopology(snapshot)
      const placeOf = new Map(host.containers.map(one => [one.id, one.namespaceId]))
      const places = new Map<string, Set<string | undefined>>()
      for (const { summary } of snapshot.containers) {
        if (summary.netns === null) continue
        const set = places.get(summary.netns) ?? new Set()
        places.set(summary.netns, set.add(placeOf.get(`root:container:${summary.id}`)))
      }
      // Host-mode containers that disagree leave the host's own inode open.
      if (snapshot.probe.hostNetns === null) return
      const all = [...places.values()].map(set => [...set])
      for (const set of all) expect(set).toHaveLength(1)
      expect(new Set(all.flat()).size).toBe(all.length)
    }),
  )
})

test('ids are unique over everything, and every list is in order whatever the order of the engine', () => {
  fc.assert(
    fc.property(anySnapshot, fc.infiniteStream(fc.nat()), (snapshot, random) => {
      const model = buildTopology(snapshot)
      const { host } = model
      const ids = [host, ...host.networks, ...host.pods, ...host.containers, ...host.namespaces].map(one => one.id)
      expect(new Set(ids).size).toBe(ids.length)
      const shuffled = <T>(list: readonly T[]): T[] =>
        list
          .map(one => ({ one, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one)
      const again = buildTopology({
        ...snapshot,
        containers: shuffled(snapshot.containers),
        networks: shuffled(snapshot.networks),
        pods: shuffled(snapshot.pods),
      })
      expect(JSON.stringify(again)).toBe(JSON.stringify(model))
    }),
  )
})

test('a reference to anything leads back to it, through its text', () => {
  fc.assert(
    fc.property(anySnapshot, snapshot => {
      const { host } = buildTopology(snapshot)
      const resolve = (ref: Parameters<typeof formatRef>[0]) => {
        const parsed = parseRef(formatRef(ref))
        return parsed && resolveRef(host, parsed)
      }
      expect(resolve({ kind: 'host' })).toEqual({ kind: 'host', host })
      for (const one of host.containers)
        expect(resolve(refOfContainer(host, one))).toEqual({ kind: 'container', container: one })
      for (const one of host.networks)
        expect(resolve(refOfNetwork(host, one))).toEqual({ kind: 'network', network: one })
      for (const one of host.pods) expect(resolve(refOfPod(host, one))).toEqual({ kind: 'pod', pod: one })
      for (const one of host.namespaces)
        expect(resolve(refOfNamespace(host, one))).toEqual({ kind: 'namespace', namespace: one })
      for (const one of host.interfaces ?? [])
        expect(resolve(refOfInterface(one))).toEqual({ kind: 'interface', interface: one })
      for (const door of doorsOf(host)) {
        const found = resolve(refOfPort(door.port))
        expect(found?.kind === 'port' && found.doors).toContainEqual(door)
      }
      for (const one of host.namespaces.find(({ kind }) => kind === 'host')?.listeners ?? []) {
        const found = resolve(refOfListener(one))
        expect(found?.kind === 'listener' && found.listeners).toContainEqual(one)
      }
    }),
  )
})

test('applying the difference of two topologies to the first gives the second', () => {
  fc.assert(
    fc.property(fc.array(anySnapshot, { maxLength: 2 }), fc.array(anySnapshot, { maxLength: 2 }), (before, after) => {
      const a = topology(...before)
      const b = topology(...after)
      const text = JSON.stringify(a)
      const operations = diffTopology(a, b)
      expect(applyPatch(a, operations)).toEqual(b)
      // Over the wire too, and without a trace on what it was applied to.
      expect(applyPatch(a, JSON.parse(JSON.stringify(operations)))).toEqual(b)
      expect(JSON.stringify(a)).toBe(text)
      expect(diffTopology(b, b)).toEqual([])
      expect(diffTopology(b, JSON.parse(JSON.stringify(b)))).toEqual([])
    }),
    { numRuns: 100 },
  )
})
