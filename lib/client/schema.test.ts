import { describe, expect, it } from 'vitest'
import { examine } from '@/lib/exposure/engine'
import { assembleTopology } from '@/lib/topology/build'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { readJson } from './guards'
import { isAbout, isFindingsReport, isPatch, isPing, isTopology } from './schema'

/** Every copy of a JSON value with one part of it deleted, or replaced by something of another kind. */
function* damaged(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) {
      for (const broken of damaged(one)) yield value.with(index, broken)
      yield value.with(index, Symbol('other'))
    }
    yield {}
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      for (const broken of damaged(one)) yield { ...value, [key]: broken }
      const { [key]: _, ...rest } = value as Record<string, unknown>
      yield rest
    }
    yield []
  } else yield Symbol('other')
}

const ping = { revision: 1, serverTime: 't', build: 'b', hosts: [{ id: 'root', status: 'live', ageSeconds: 0 }] }
const about = {
  version: '1',
  build: 'b',
  demo: { recording: 'r', hint: 'h' },
  unsupported: [{ name: 'n', uri: 'ssh://x', reason: 'r' }],
}
const operation = { op: 'remove', path: '/hosts/0' }
const patch = { from: 1, revision: 2, generatedAt: 't', operations: [operation] }

describe('what the page takes from the server', () => {
  it.each(recordingNames())('is the topology and the findings of %s', async name => {
    const model = await modelOfRecording(name)
    const topology = JSON.stringify(assembleTopology([model], 1, '2026-11-21T00:00:00Z'))
    expect(readJson(isTopology, topology)).toEqual(JSON.parse(topology))
    const findings = JSON.stringify(examine([model]))
    expect(readJson(isFindingsReport, findings)).toEqual(JSON.parse(findings))
  })

  it('is nothing that misses a part, or has one of another kind', async () => {
    const model = await modelOfRecording('podman-6.1.1-quadlet')
    const topology: unknown = JSON.parse(JSON.stringify(assembleTopology([model], 1, '')))
    let count = 0
    for (const broken of damaged(topology)) {
      // A label more or less is no damage.
      if (JSON.stringify(broken) === JSON.stringify(topology) || isOnlyLabels(topology, broken)) continue
      count += 1
      if (isTopology(broken)) throw new Error(`passed: ${JSON.stringify(broken).slice(0, 2000)}`)
    }
    expect(count).toBeGreaterThan(500)
    for (const [guard, whole] of [
      [isPing, ping],
      [isAbout, about],
      [isPatch, patch],
      [isFindingsReport, JSON.parse(JSON.stringify(examine([model])))],
    ] as const) {
      expect(guard(whole)).toBe(true)
      for (const broken of damaged(whole)) expect(guard(broken)).toBe(false)
    }
  })

  it('knows the three operations of a patch', () => {
    const withOperation = (one: object) => isPatch({ ...patch, operations: [one] })
    expect(withOperation({ op: 'add', path: '/a', value: null })).toBe(true)
    expect(withOperation({ op: 'replace', path: '/a', value: { any: 'thing' } })).toBe(true)
    expect(withOperation({ op: 'add', path: '/a' })).toBe(false)
    expect(withOperation({ op: 'move', path: '/a', from: '/b' })).toBe(false)
  })

  it('is not taken for more than it says when names are those of objects', () => {
    expect(isAbout(Object.create(about))).toBe(false)
    expect(readJson(isPing, '{"__proto__": {"revision": 1}}')).toBeNull()
    expect(readJson(isPing, 'null')).toBeNull()
    expect(readJson(isPing, '<html>')).toBeNull()
  })
})

/** Whether two topologies are the same but for labels of containers. */
function isOnlyLabels(a: unknown, b: unknown): boolean {
  const plain = (key: string, value: unknown) =>
    key === 'labels' &&
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(one => typeof one === 'string')
      ? {}
      : typeof value === 'symbol'
        ? 'symbol'
        : value
  return JSON.stringify(a, plain) === JSON.stringify(b, plain)
}
