/** Findings: what is exposed, the evidence, and the fix. Shapes of GET /api/v1/findings (docs/api.md). */
import type { HostModel } from '@/lib/topology/types'

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info'
export type Confidence = 'high' | 'medium' | 'low'

export interface Finding {
  /** Fingerprint: survives re-creation of the container under the same name. */
  id: string
  ruleId: string
  severity: Severity
  confidence: Confidence
  hostId: string
  subject: Subject
  title: string
  message: string
  evidence: Evidence[]
  fix: { podman: string | null; quadlet: string | null }
  references: string[]
  suppressed: { by: string; reason: string; until: string | null } | null
}

export interface Subject {
  kind: 'container' | 'namespace' | 'network' | 'host'
  id: string
  name: string
}

/** An API or kernel field and the value that was seen there. */
export interface Evidence {
  field: string
  value: string
}

export interface FindingsReport {
  findings: Finding[]
  /** What no rule looked at, in words ("host firewall", "web: inspect answered 500", …). Never empty. */
  notExamined: string[]
}

/** What a rule returns; the engine of lib/exposure adds id, hostId and the derived parts. */
export interface RuleHit {
  subject: Subject
  severity: Severity
  confidence: Confidence
  message: string
  evidence: Evidence[]
  fix: { podman: string | null; quadlet: string | null }
}

/** One rule = one file under lib/exposure/rules and one line in the table. */
export interface Rule {
  id: string
  title: string
  references: string[]
  /** Pure. `unknown` names subjects that the inputs do not decide, with the reason; it ends in notExamined. */
  examine(model: HostModel): { hits: RuleHit[]; unknown: string[] }
}
