/** What changed between two reports: most findings stay as they are, also in their order. Pure. */
import type { Finding, FindingsReport } from './types'

/** [from, count]: so many findings of the old list as they are. Else one that is new, or new in its words. */
export type FindingsPart = readonly [from: number, count: number] | Finding

export interface ReportPatch {
  /** The new list, in order. */
  parts: FindingsPart[]
  notExamined: string[]
}

const texts = new WeakMap<Finding, string>()
function textOf(finding: Finding): string {
  const known = texts.get(finding)
  if (known !== undefined) return known
  const text = JSON.stringify(finding)
  texts.set(finding, text)
  return text
}

/** The patch that makes `after` of `before`. Both must not be changed later: their text is remembered. */
export function diffReport(before: FindingsReport, after: FindingsReport): ReportPatch {
  const places = new Map(before.findings.map((finding, index) => [finding.id, index]))
  const parts: FindingsPart[] = []
  for (const finding of after.findings) {
    const place = places.get(finding.id)
    const old = place === undefined ? undefined : before.findings[place]
    if (place === undefined || old === undefined || (old !== finding && textOf(old) !== textOf(finding))) {
      parts.push(finding)
      continue
    }
    const last = parts.at(-1)
    if (isRun(last) && last[0] + last[1] === place) parts[parts.length - 1] = [last[0], last[1] + 1]
    else parts.push([place, 1])
  }
  return { parts, notExamined: after.notExamined }
}

const isRun = (part: FindingsPart | undefined): part is readonly [number, number] => Array.isArray(part)

/** The new report; what did not change are the same objects. null when the patch is not one of this report. */
export function patchReport(before: FindingsReport, { parts, notExamined }: ReportPatch): FindingsReport | null {
  const findings: Finding[] = []
  for (const part of parts) {
    if (!isRun(part)) findings.push(part)
    else {
      const kept = before.findings.slice(part[0], part[0] + part[1])
      if (kept.length !== part[1] || part[1] < 1) return null
      findings.push(...kept)
    }
  }
  return { findings, notExamined }
}
