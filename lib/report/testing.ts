/** Builders for the tests of this folder. */
import type { Finding, FindingsReport } from '@/lib/exposure/types'

export const finding = (given: Partial<Finding> = {}): Finding => ({
  id: 'f00d',
  ruleId: 'privileged',
  severity: 'critical',
  confidence: 'high',
  hostId: 'root',
  subject: { kind: 'container', id: 'root:c:1', name: 'web' },
  title: 'Privileged container',
  message: 'web is privileged.',
  evidence: [{ field: 'HostConfig.Privileged', value: 'true' }],
  fix: { podman: '# create web again without: --privileged', quadlet: '[Container]\n# remove it' },
  references: ['CIS Docker Benchmark 5.5'],
  suppressed: null,
  ...given,
})

export const report = (...findings: Finding[]): FindingsReport => ({ findings, notExamined: ['host firewall'] })

/** Everything that has no business in a terminal or a spreadsheet, as a name could have it. */
export const HOSTILE = '\u001b[2J\u009b31m\rre\u202Egnad\u0000er'

/** What a terminal would obey: control characters but the line feed, and marks of direction. */
export const OBEYED = /(?!\n)[\p{Cc}\p{Cf}]/u
