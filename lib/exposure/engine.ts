/** Runs the table of rules over the models of all hosts, and makes a report of what they say. */
import type { HostModel } from '@/lib/topology/types'
import { fingerprint, identityOf } from './fingerprint'
import { outsideRank } from './path'
import { RULES } from './rules'
import { defaultSettings } from './settings'
import { derive, severityRank } from './severity'
import { acceptanceOf, inForce } from './suppress'
import type { Acceptance, Finding, FindingsReport, Rule, RuleHit, RuleResult, Settings } from './types'
import { type HostView, viewOf } from './view'

export interface ExamineOptions {
  /** Instead of those of the table that are enabled by default. */
  rules?: readonly Rule[]
  settings?: Partial<Settings>
  /** Which findings are accepted; without it none is. */
  acceptance?: Acceptance
}

interface Ranked {
  finding: Finding
  outside: number
}

/** Never examined, whatever the inputs: neither Podman nor the kernel's tables say it without root. */
const ALWAYS_UNKNOWN = 'host firewall'

/** Every rule of the table that is on unless asked otherwise. */
export const enabledRules = (): readonly Rule[] => RULES.filter(rule => rule.enabledByDefault)

/**
 * Examines every host. Pure; equal models give equal reports. Findings come worst first: by severity, then those that are
 * reached from outside, then by name; accepted ones are among them, marked.
 */
export function examine(models: readonly HostModel[], options: ExamineOptions = {}): FindingsReport {
  const rules = options.rules ?? enabledRules()
  const settings = { ...defaultSettings, ...options.settings }
  const ranked: Ranked[] = []
  const notExamined = new Set([ALWAYS_UNKNOWN])
  const file = options.acceptance && inForce(options.acceptance)
  const ruleIds = new Set([...RULES, ...rules].map(rule => rule.id))
  for (const model of models) {
    const view = viewOf(model)
    const say = (line: string) => notExamined.add(models.length > 1 ? `${model.host.name}: ${line}` : line)
    for (const line of unread(view)) say(line)
    const found = rules.map(rule => ({ rule, result: rule.examine(view, settings) }))
    for (const { result } of found) for (const line of result.unknown) say(line)
    const replaced = replacedBy(found.map(one => one.result))
    const acceptance = file && acceptanceOf(view, file, ruleIds)
    for (const { rule, result } of found) {
      const parts = replaced.get(rule.id)
      const seen = new Set<string>()
      for (const hit of result.hits) {
        if (parts?.has(hit.subject.id)) continue
        const identity = identityOf(model.host.id, rule.id, hit.subject, hit.evidence)
        if (seen.has(identity)) continue
        seen.add(identity)
        const finding = findingOf(view, rule, hit, identity)
        finding.suppressed = acceptance?.suppressedBy(finding) ?? null
        ranked.push({ finding, outside: outsideRank(view, hit.subject) })
      }
    }
    for (const line of acceptance?.notes ?? []) say(line)
  }
  for (const line of file?.notes ?? []) notExamined.add(line)
  ranked.sort(worstFirst)
  return { findings: ranked.map(one => one.finding), notExamined: [...notExamined] }
}

/** Ids of the subjects that a rule need not tell of any more, by rule. */
function replacedBy(results: readonly RuleResult[]): ReadonlyMap<string, ReadonlySet<string>> {
  const subjects = new Map<string, Set<string>>()
  for (const { hits } of results) {
    for (const { replaces, subject } of hits) {
      for (const id of replaces ?? []) {
        const known = subjects.get(id)
        if (known) known.add(subject.id)
        else subjects.set(id, new Set([subject.id]))
      }
    }
  }
  return subjects
}

/** What is missing of a host as a whole. */
function unread({ host }: HostView): string[] {
  const lines: string[] = []
  if (host.status === 'unreachable') lines.push(`${host.name} was never read: ${host.problem ?? 'it does not answer'}`)
  if (host.status === 'stale')
    lines.push(`${host.name} is as it was ${host.ageSeconds} s ago: ${host.problem ?? 'it does not answer'}`)
  if (!host.probe.available) lines.push(`kernel of ${host.name}: ${host.probe.reason ?? 'not read'}`)
  return lines
}

function findingOf(view: HostView, rule: Rule, hit: RuleHit, identity: string): Finding {
  const { severity, words } = derive(hit.severity, view.host.rootless, hit.latent ?? false)
  return {
    id: fingerprint(identity),
    ruleId: rule.id,
    severity,
    confidence: hit.confidence,
    hostId: view.host.id,
    subject: hit.subject,
    title: rule.title,
    message: words === '' ? hit.message : `${hit.message} ${words}`,
    evidence: hit.evidence,
    fix: hit.fix,
    references: rule.references,
    suppressed: null,
    ...(hit.path && { path: hit.path }),
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const worstFirst = (a: Ranked, b: Ranked): number =>
  severityRank[a.finding.severity] - severityRank[b.finding.severity] ||
  a.outside - b.outside ||
  compare(a.finding.subject.name, b.finding.subject.name) ||
  compare(a.finding.ruleId, b.finding.ruleId) ||
  compare(a.finding.hostId, b.finding.hostId) ||
  compare(a.finding.id, b.finding.id)
