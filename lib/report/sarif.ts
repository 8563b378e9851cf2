/** Findings as SARIF 2.1.0, for code scanning dashboards: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { RULES } from '@/lib/exposure/rules'
import { worst } from '@/lib/exposure/severity'
import type { Finding, FindingsReport, Rule, Severity } from '@/lib/exposure/types'
import type { Host } from '@/lib/topology/types'
import type { LineOf, SourceLine } from './locate'

type ReportedHost = Pick<Host, 'id' | 'name' | 'status'>

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

const LEVEL: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
}

/**
 * GitHub takes more than 9.0 for critical, 7.0 for high, 4.0 for medium:
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
const SECURITY_SEVERITY: Record<Severity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
}

/**
 * One log with one run. Suppressed findings are in it, marked; what was not examined is told as notifications. `lineOf`: of
 * findings about files, where they say it.
 */
export function toSarif(
  report: FindingsReport,
  hosts: readonly ReportedHost[],
  version: string,
  lineOf: LineOf = () => null,
) {
  const rules = rulesOf(report)
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]))
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Podwire', version, semanticVersion: version, rules: rules.map(ruleOf) } },
        // Which runs follow each other: those of the same hosts.
        automationDetails: { id: `podwire/${hosts.map(({ name }) => segment(name)).join('+')}/` },
        invocations: [
          {
            executionSuccessful: hosts.every(({ status }) => status !== 'unreachable'),
            toolExecutionNotifications: report.notExamined.map(text => ({
              level: 'warning',
              message: { text: `Not examined: ${text}` },
            })),
          },
        ],
        results: report.findings.map(finding => resultOf(finding, indexOf, hosts, lineOf(finding))),
        columnKind: 'utf16CodeUnits',
      },
    ],
  }
}

/** Those that can be hit at all, and those that were. */
function rulesOf({ findings }: FindingsReport): Rule[] {
  const hit = new Set(findings.map(({ ruleId }) => ruleId))
  return RULES.filter(({ id, enabledByDefault }) => enabledByDefault || hit.has(id))
}

function ruleOf(rule: Rule) {
  const severity = worst(rule.severity)
  const references = rule.references.length === 0 ? '' : `\n\nReferences: ${rule.references.join('; ')}.`
  const leftSo = rule.falsePositives === null ? '' : `\n\nMay well be meant: ${rule.falsePositives}`
  return {
    id: rule.id,
    name: pascalCase(rule.id),
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.when },
    help: { text: `${rule.when}\n\nWhat mends it: ${rule.fix}${leftSo}${references}` },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { 'security-severity': SECURITY_SEVERITY[severity], tags: ['security', 'podman', 'network'] },
  }
}

const pascalCase = (id: string): string =>
  id
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

function resultOf(
  finding: Finding,
  indexOf: ReadonlyMap<string, number>,
  hosts: readonly ReportedHost[],
  at: SourceLine | null,
) {
  const { ruleId, severity, confidence, subject, message, evidence, fix, suppressed, path } = finding
  const host = hosts.find(({ id }) => id === finding.hostId)?.name ?? finding.hostId
  const ruleIndex = indexOf.get(ruleId)
  return {
    ruleId,
    // A finding of a rule that is in no table has none.
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVEL[severity],
    message: { text: fix.podman === null ? message : `${message}\n\nFix:\n${fix.podman}` },
    locations: [locationOf(finding, host, at)],
    partialFingerprints: { 'podwire/v1': finding.id, primaryLocationLineHash: `${finding.id}:1` },
    // Empty means "none", which absent would not.
    suppressions:
      suppressed === null ? [] : [{ kind: 'external', status: 'accepted', justification: justification(suppressed) }],
    properties: {
      'security-severity': SECURITY_SEVERITY[severity],
      severity,
      confidence,
      host,
      subject: { kind: subject.kind, name: subject.name },
      evidence,
      fix,
      ...(path === undefined ? {} : { path: path.map(({ kind, label }) => ({ kind, label })) }),
    },
  }
}

const justification = ({ by, reason, until }: NonNullable<Finding['suppressed']>): string =>
  `${reason} (${by}${until === null ? '' : `, until ${until}`})`

/** Where there is no file, a path that no file has; and the thing itself as a logical location within its host. */
function locationOf({ subject }: Finding, host: string, at: SourceLine | null) {
  const kind = subject.kind === 'namespace' ? 'pod' : subject.kind
  const path = kind === 'host' ? [host] : [host, kind, subject.name]
  return {
    physicalLocation: {
      artifactLocation: { uri: at === null ? ['podman', ...path].map(segment).join('/') : uriOf(at.file) },
      region: { startLine: at?.line ?? 1 },
    },
    logicalLocations: [{ name: subject.name, fullyQualifiedName: path.join('/'), kind }],
  }
}

/** Of a path below the working folder, or an absolute one. */
const uriOf = (file: string): string =>
  `${file.startsWith('/') ? 'file://' : ''}${file.split('/').map(segment).join('/')}`

/** A segment of a URI path; half a surrogate pair is no text that a URI could hold. */
const segment = (text: string): string => {
  const encoded = encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\uFFFD'))
  // These two would lead elsewhere.
  return encoded === '.' || encoded === '..' ? encoded.replaceAll('.', '%2E') : encoded
}
