import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffReport, patchReport } from './report-patch'
import type { Finding, FindingsReport } from './types'

const finding = (id: string, message = 'as ever'): Finding => ({
  id,
  ruleId: 'privileged',
  severity: 'high',
  confidence: 'high',
  hostId: 'h',
  subject: { kind: 'container', id, name: id },
  title: 'Privileged',
  message,
  evidence: [],
  fix: { podman: null, quadlet: null },
  references: [],
  suppressed: null,
})
const report = (findings: Finding[], notExamined = ['host firewall']): FindingsReport => ({ findings, notExamined })
const plain = <T>(value: T): T => structuredClone(value)

const reports = fc
  .uniqueArray(fc.record({ id: fc.integer({ min: 0, max: 30 }), version: fc.integer({ min: 0, max: 2 }) }), {
    selector: one => one.id,
  })
  .map(all => report(all.map(({ id, version }) => finding(`f${id}`, `words ${version}`))))

test('a report patched by the difference to another is the other', () => {
  fc.assert(
    fc.property(reports, reports, (before, after) => {
      expect(patchReport(plain(before), plain(diffReport(before, after)))).toEqual(after)
    }),
  )
})

test('says only what is new, and where it stands', () => {
  const before = report(['a', 'b', 'c', 'd'].map(id => finding(id)))
  const after = report([finding('a'), finding('new'), finding('b'), finding('d')])
  expect(diffReport(before, after).parts).toEqual([[0, 1], finding('new'), [1, 1], [3, 1]])
  expect(diffReport(before, plain(before)).parts).toEqual([[0, 4]])
})

test('keeps what did not change as the same objects', () => {
  const before = report([finding('a'), finding('b')])
  const after = patchReport(before, diffReport(before, report([finding('b'), finding('c')])))
  expect(after?.findings[0]).toBe(before.findings[1])
})

test('a patch of another report is refused', () => {
  const two = report([finding('a'), finding('b')])
  for (const part of [
    [1, 2],
    [-1, 1],
    [0, 0],
    [5, 1],
  ] as const)
    expect(patchReport(two, { parts: [part], notExamined: [] })).toBeNull()
})
