/** Findings: what is exposed, the evidence, and the fix. Shapes of GET /api/v1/findings (docs/api.md). */
import type { HostView } from './view'

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
  /** The way from outside to what is handed over, in order; only of findings that are about such a way. */
  path?: FindingHop[]
}

/** One step of a finding's way. */
export interface FindingHop {
  kind: 'segment' | 'interface' | 'door' | 'namespace' | 'power' | 'host'
  /** Of the topology; of interfaces, segments and doors their reference, of a power its rule. "" = it is not on the map. */
  id: string
  label: string
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

/** A finding that an admin accepts, as the configuration file has it. */
export interface Exception {
  ruleId: string
  /** Patterns of the subject's and of the host's name: `*` is any text, `?` one character. */
  subject: string
  host: string
  reason: string
  /** YYYY-MM-DD, the last day that it holds; null = for good. */
  until: string | null
  /** Of the configuration file; null when it is not known. */
  line: number | null
}

/** What is accepted, and the day it is. Without it nothing is silenced, annotations included. */
export interface Acceptance {
  /** YYYY-MM-DD */
  today: string
  /** Of the configuration file; annotations come with the models. */
  exceptions: readonly Exception[]
  /** Why the exceptions are not known, in words: nothing is accepted then, and the report says so. */
  problem: string | null
}

/** One severity, or one for rootful and one for rootless engines. */
export type Scale = Severity | { rootful: Severity; rootless: Severity }

/** What a rule returns; the engine of lib/exposure adds id, hostId and the derived parts. */
export interface RuleHit {
  subject: Subject
  /** For a live rootful and rootless subject; the engine picks, and lowers it by a step when `latent`. */
  severity: Scale
  confidence: Confidence
  message: string
  /** `field` says where and outlives re-creation: it is part of the fingerprint. `value` may change. */
  evidence: Evidence[]
  fix: { podman: string | null; quadlet: string | null }
  path?: FindingHop[]
  /** The subject does not run: true again as soon as it does. */
  latent?: boolean
  /** Ids of rules whose hits on the same subject are parts of this one, and are dropped. */
  replaces?: readonly string[]
}

export interface RuleResult {
  hits: RuleHit[]
  /** Subjects that the inputs do not decide, with the reason; ends in notExamined. */
  unknown: string[]
}

/** What the rules may be told beyond the model. */
export interface Settings {
  /** TCP ports that a datastore or an admin interface usually stands on, and what it is. */
  sensitivePorts: ReadonlyMap<number, string>
  /** More host ports than this, published by one owner, are a wide range. */
  wideRange: number
  /** Podwire's own listener; null where it does not listen (command line). `hostId` is null when it is not proven. */
  self: {
    hostId: string | null
    listen: string
    loopback: boolean
    authenticated: boolean
    anyHostName: boolean
  } | null
}

/** One rule = one file under lib/exposure/rules and one line in the table. docs/rules.md is generated from it. */
export interface Rule {
  id: string
  title: string
  /** The worst it gets, by rootful and rootless. */
  severity: Scale
  /** When it holds, in one sentence or two. */
  when: string
  /** What mends it, in general. */
  fix: string
  /** Who may well leave it so; null when nobody. */
  falsePositives: string | null
  references: string[]
  enabledByDefault: boolean
  /** Pure. Subjects that were not read completely are not in the view's lists, see view.ts. */
  examine(view: HostView, settings: Settings): RuleResult
}
