import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { assembleTopology, buildTopology } from './build'
import { diffTopology } from './diff'
import { applyPatch, PatchError } from './patch'
import { container, engineId, network, snapshot } from './testing'
import type { PatchOperation, Topology } from './types'

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    container(`c${String(index).padStart(4, '0')}`, {
      networks: { app: [`10.89.${index >> 8}.${index & 255}`] },
      ports: [{ hostPort: 10_000 + index }],
    }),
  )
const topology = (spec: Partial<HostSnapshot>): Topology =>
  assembleTopology([buildTopology(snapshot({ networks: [network('app')], ...spec }))], 1, '2026-01-01T00:00:00.000Z')

const paths = (operations: PatchOperation[]): string[] => operations.map(({ op, path }) => `${op} ${path}`)

test('a new container is one addition to each list that it is in, at its place', () => {
  const before = topology({ containers: many(20) })
  const after = topology({ containers: [...many(20), container('c0007b', { mode: 'pasta' })] })
  expect(paths(diffTopology(before, after))).toEqual(['add /hosts/0/namespaces/8', 'add /hosts/0/containers/8'])
})

test('a removed container is one removal from each', () => {
  const before = topology({ containers: many(20) })
  const after = topology({ containers: many(20).toSpliced(3, 1) })
  expect(paths(diffTopology(before, after))).toEqual(['remove /hosts/0/namespaces/3', 'remove /hosts/0/containers/3'])
})

test('a container that stops changes the fields that changed', () => {
  const before = topology({ containers: [container('web', { networks: { app: ['10.89.0.2'] }, ports: [{}] })] })
  const after = topology({
    containers: [container('web', { state: 'exited', networks: { app: ['10.89.0.2'] }, ports: [{}] })],
  })
  expect(paths(diffTopology(before, after))).toEqual([
    'remove /hosts/0/namespaces/1/attachments/0/addresses/0',
    'replace /hosts/0/namespaces/1/published/0/forwarded',
    'replace /hosts/0/namespaces/1/published/0/because',
    'replace /hosts/0/containers/0/state',
    'replace /hosts/0/containers/0/startedAt',
  ])
})

test('a renamed container moves, and nothing else is written', () => {
  const before = topology({ containers: many(9) })
  const after = topology({
    containers: many(9).map(one =>
      one.summary.name === 'c0002' ? { ...one, summary: { ...one.summary, name: 'zebra' } } : one,
    ),
  })
  expect(paths(diffTopology(before, after))).toEqual([
    'remove /hosts/0/namespaces/2',
    'add /hosts/0/namespaces/9',
    'remove /hosts/0/containers/2',
    'add /hosts/0/containers/8',
  ])
})

test('ages, revision and time are no change', () => {
  const model = buildTopology(snapshot())
  const a = assembleTopology([model], 1, '2026-01-01T00:00:00.000Z')
  const b = assembleTopology([model], 2, '2026-01-01T00:00:09.000Z', new Map([['root', 9]]))
  expect(diffTopology(a, b)).toEqual([])
})

test('what no operation leads through keeps its identity', () => {
  const before = topology({ containers: many(5) })
  const after = topology({
    containers: many(5).map((one, index) =>
      index === 2 ? { ...one, summary: { ...one.summary, health: 'healthy' } } : one,
    ),
  })
  const patched = applyPatch(before, diffTopology(before, after))
  expect(patched).toEqual(after)
  const [old, fresh] = [before.hosts[0], patched.hosts[0]]
  expect(fresh).not.toBe(old)
  expect(fresh?.namespaces).toBe(old?.namespaces)
  expect(fresh?.networks).toBe(old?.networks)
  expect(fresh?.containers.map((one, index) => one === old?.containers[index])).toEqual([true, true, false, true, true])
  expect(applyPatch(before, [])).toBe(before)
})

test('lists whose entries repeat are replaced as a whole', () => {
  const twice = container('web', { networks: { app: [] }, id: engineId('same') })
  const before = topology({ containers: [twice] })
  const [host] = before.hosts
  const tripled = {
    ...before,
    hosts: host ? [{ ...host, containers: [...host.containers, ...host.containers, ...host.containers] }] : [],
  }
  expect(paths(diffTopology(before, tripled))).toEqual(['replace /hosts/0/containers'])
  expect(applyPatch(before, diffTopology(before, tripled))).toEqual(tripled)
})

test('the examples of RFC 6902, appendix A', () => {
  const apply = (document: unknown, ...operations: PatchOperation[]) => applyPatch(document, operations)
  expect(apply({ foo: 'bar' }, { op: 'add', path: '/baz', value: 'qux' })).toEqual({ baz: 'qux', foo: 'bar' })
  expect(apply({ foo: ['bar', 'baz'] }, { op: 'add', path: '/foo/1', value: 'qux' })).toEqual({
    foo: ['bar', 'qux', 'baz'],
  })
  expect(apply({ baz: 'qux', foo: 'bar' }, { op: 'remove', path: '/baz' })).toEqual({ foo: 'bar' })
  expect(apply({ foo: ['bar', 'qux', 'baz'] }, { op: 'remove', path: '/foo/1' })).toEqual({ foo: ['bar', 'baz'] })
  expect(apply({ baz: 'qux' }, { op: 'replace', path: '/baz', value: 'boo' })).toEqual({ baz: 'boo' })
  expect(apply({ foo: 'bar' }, { op: 'add', path: '/child', value: { grandchild: {} } })).toEqual({
    foo: 'bar',
    child: { grandchild: {} },
  })
  expect(() => apply({ foo: 'bar' }, { op: 'add', path: '/baz/bat', value: 'qux' })).toThrow(PatchError)
  expect(apply({ '/': 9, '~1': 10 }, { op: 'replace', path: '/~01', value: 11 })).toEqual({ '/': 9, '~1': 11 })
  expect(apply({ foo: ['bar'] }, { op: 'add', path: '/foo/-', value: ['abc'] })).toEqual({ foo: ['bar', ['abc']] })
  expect(apply({ a: 1 }, { op: 'replace', path: '', value: [1] })).toEqual([1])
})

test.each<[string, PatchOperation]>([
  ['an index behind the end', { op: 'add', path: '/list/3', value: 0 }],
  ['replacing behind the end', { op: 'replace', path: '/list/2', value: 0 }],
  ['removing behind the end', { op: 'remove', path: '/list/-' }],
  ['a leading zero', { op: 'remove', path: '/list/00' }],
  ['a name in a list', { op: 'replace', path: '/list/length', value: 0 }],
  ['a missing member', { op: 'replace', path: '/no', value: 0 }],
  ['an inherited member', { op: 'remove', path: '/toString' }],
  ['a way through a plain value', { op: 'add', path: '/text/0', value: 0 }],
  ['a way through what is inherited', { op: 'add', path: '/__proto__/polluted', value: 0 }],
  ['no pointer', { op: 'add', path: 'list', value: 0 }],
  ['removing everything', { op: 'remove', path: '' }],
])('refused: %s', (_, operation) => {
  const document = { list: [1, 2], text: 'x' }
  expect(() => applyPatch(document, [operation])).toThrow(PatchError)
  expect(document).toEqual({ list: [1, 2], text: 'x' })
})

test('a member named __proto__ is a member, and changes no prototype', () => {
  const patched = applyPatch<Record<string, unknown>>({}, [
    { op: 'add', path: '/__proto__', value: { polluted: true } },
  ])
  expect(Object.getPrototypeOf(patched)).toBe(Object.prototype)
  expect(Object.hasOwn(patched, '__proto__')).toBe(true)
  expect('polluted' in {}).toBe(false)
})

test('values that were added are not shared with what is changed later', () => {
  const value = { a: [1] }
  const operations: PatchOperation[] = [
    { op: 'add', path: '/x', value },
    { op: 'add', path: '/x/a/1', value: 2 },
  ]
  expect(applyPatch<unknown>({}, operations)).toEqual({ x: { a: [1, 2] } })
  expect(value).toEqual({ a: [1] })
})

test('few changes make few operations', () => {
  const all = many(40)
  const before = topology({ containers: all })
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 39 }), { maxLength: 6 }), gone => {
      const after = topology({ containers: all.filter((_, index) => !gone.includes(index)) })
      expect(diffTopology(before, after)).toHaveLength(2 * gone.length)
      expect(diffTopology(after, before)).toHaveLength(2 * gone.length)
    }),
  )
})
