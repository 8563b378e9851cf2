/** Findings as people read them: what repeats is one line. For the page, the command line and whoever reads the API. */
import { severityRank } from './severity'
import type { Finding } from './types'

/** cause = one rule, however many it hits; subject = all about one thing. */
export type Grouping = 'cause' | 'subject'

export interface FindingGroup {
  key: string
  /** The rule's title, or the subject's name. */
  title: string
  /** Worst first; never empty. */
  findings: readonly [Finding, ...Finding[]]
  /** Names, each once, in the order of the findings. */
  subjects: readonly string[]
}

/** Severity, then what is a way from outside to the host; equal ones keep the order of the report. */
const worstFirst = (a: Finding, b: Finding): number =>
  severityRank[a.severity] - severityRank[b.severity] || Number(b.path !== undefined) - Number(a.path !== undefined)

const keyOf = (finding: Finding, by: Grouping): string =>
  by === 'cause' ? finding.ruleId : `${finding.hostId} ${finding.subject.kind} ${finding.subject.id}`

/** Groups in the order of their worst finding. Accepted findings are grouped like others: filter them first. */
export function groupFindings(findings: readonly Finding[], by: Grouping): FindingGroup[] {
  const groups = new Map<string, [Finding, ...Finding[]]>()
  for (const finding of findings.toSorted(worstFirst)) {
    const key = keyOf(finding, by)
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return [...groups].map(([key, group]) => ({
    key,
    title: by === 'cause' ? group[0].title : group[0].subject.name,
    findings: group,
    subjects: [...new Set(group.map(one => one.subject.name))],
  }))
}
