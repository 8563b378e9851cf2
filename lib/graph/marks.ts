/** The worst finding on each thing. */
import type { FindingsReport, Severity, Subject } from '@/lib/exposure/types'

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info']

export type Mark = Severity | 'unknown' | null

/** Between info and low: not knowing is no alarm, and no all-clear either. */
const WEIGHT: Record<Severity | 'unknown' | 'none', number> = {
  critical: 6,
  high: 5,
  medium: 4,
  low: 3,
  unknown: 2,
  info: 1,
  none: 0,
}

export const weightOf = (mark: Mark): number => WEIGHT[mark ?? 'none']

export function worstOf(marks: Iterable<Mark>): Mark {
  let worst: Mark = null
  for (const mark of marks) if (weightOf(mark) > weightOf(worst)) worst = mark
  return worst
}

export interface Marks {
  of(kind: Subject['kind'], id: string): Mark
}

/** Suppressed findings leave no mark. */
export function gatherMarks(report: FindingsReport): Marks {
  const worst: Record<Subject['kind'], Map<string, Mark>> = {
    container: new Map(),
    namespace: new Map(),
    network: new Map(),
    host: new Map(),
  }
  for (const { subject, severity, suppressed } of report.findings) {
    if (suppressed !== null) continue
    const marks = worst[subject.kind]
    if (weightOf(severity) > weightOf(marks.get(subject.id) ?? null)) marks.set(subject.id, severity)
  }
  return { of: (kind, id) => worst[kind].get(id) ?? null }
}
