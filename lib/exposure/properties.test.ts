/** What holds of every report, over arbitrary hosts: dangling references, broken answers, hostile names. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { anySnapshot } from '@/lib/topology/arbitrary'
import { buildTopology } from '@/lib/topology/build'
import { examine } from './engine'
import { RULES } from './rules'
import { severityRank } from './severity'

const all = { rules: RULES }

// Whoever searches further asks for thousands of runs.
vi.setConfig({ testTimeout: 120_000 })

test('a report is worst first, without doubles, and a container that was not read has no other finding', () => {
  fc.assert(
    fc.property(anySnapshot, snapshot => {
      const model = buildTopology(snapshot)
      const { findings, notExamined } = examine([model], all)
      expect(notExamined).toContain('host firewall')
      expect(new Set(notExamined).size).toBe(notExamined.length)
      expect(new Set(findings.map(one => one.id)).size).toBe(findings.length)
      const ranks = findings.map(one => severityRank[one.severity])
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
      const unread = new Set(
        model.host.containers
          .filter(one => (model.facts.containers[one.id]?.incomplete.length ?? 1) > 0)
          .map(one => one.id),
      )
      for (const finding of findings) {
        if (unread.has(finding.subject.id)) expect(finding.ruleId).toBe('inspect-incomplete')
        if (finding.subject.kind === 'container')
          expect(model.host.containers.some(one => one.id === finding.subject.id)).toBe(true)
      }
      const told = findings.filter(one => one.ruleId === 'inspect-incomplete')
      expect(told.length > 0).toBe(unread.size > 0)
    }),
  )
})

test('equal hosts give equal reports, and examining changes nothing', () => {
  fc.assert(
    fc.property(anySnapshot, snapshot => {
      const model = buildTopology(snapshot)
      const before = JSON.stringify(model)
      const report = examine([model], all)
      expect(JSON.stringify(model)).toBe(before)
      expect(examine([buildTopology(snapshot)], all)).toEqual(report)
    }),
  )
})

test('no fix holds a control character beyond its own line ends', () => {
  fc.assert(
    fc.property(anySnapshot, snapshot => {
      for (const { fix } of examine([buildTopology(snapshot)], all).findings)
        for (const text of [fix.podman, fix.quadlet]) expect(text ?? '').not.toMatch(/[^\P{Cc}\n]/u)
    }),
  )
})
