/** Findings by what they are about, in the order of the report: worst first. */
import type { Finding } from '@/lib/exposure/types'
import { SEVERITIES } from '@/lib/exposure/severity'

export interface SubjectGroup {
  /** Sorted as in the report; never empty. */
  findings: readonly [Finding, ...Finding[]]
}

export function groupBySubject(findings: readonly Finding[]): SubjectGroup[] {
  const groups = new Map<string, [Finding, ...Finding[]]>()
  for (const finding of findings) {
    const { kind, id } = finding.subject
    const key = `${finding.hostId} ${kind} ${id}`
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return [...groups.values()].map(group => ({ findings: group }))
}

/** "2 critical, 1 high": the ones that there are. */
export const severityWords = (findings: readonly Finding[]): string =>
  SEVERITIES.map(severity => ({ severity, count: findings.filter(finding => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ')
