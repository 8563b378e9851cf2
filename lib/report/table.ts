/** The report for a terminal, for somebody with ten minutes: what is open, then what to mend first, with the lines to paste. */
import { type FindingGroup, groupFindings } from '@/lib/exposure/grouping'
import { SEVERITIES, severityRank } from '@/lib/exposure/severity'
import type { Finding, FindingsReport } from '@/lib/exposure/types'
import type { ReachOutside } from '@/lib/reach/outside'
import type { Host } from '@/lib/topology/types'
import { findingLines, indented, inShort } from './finding-text'
import { severityWords } from './counts'
import type { LineOf } from './locate'
import { openingsOf, type Opening } from './outside'
import { type Page, SEVERITY_MARK } from './style'
import { clipped, counted, padded, printable, widthOf, wrap } from './text'

export interface ExaminedHost {
  host: Host
  outside: ReachOutside
  /** When a recording was made, ISO 8601; null for a live host. */
  recordedAt: string | null
}

export interface TableOptions extends Page {
  /** Every finding in full, both ways to mend it, and references. */
  verbose: boolean
  showSuppressed: boolean
  /** For findings about files: where they say it. Every finding is told then, for each has a line of its own. */
  lineOf?: LineOf
}

/** Subjects whose worst is medium are told in full up to this many; the rest in short. */
const MOST_MEDIUM = 12

/** Lines, each ended by a newline. Nothing that an engine names is in there raw. */
export function toTable(report: FindingsReport, hosts: readonly ExaminedHost[], options: TableOptions): string {
  const active = report.findings.filter(({ suppressed }) => suppressed === null)
  const sections = [
    ...hosts.map(each => hostLines(each, active, options)),
    ...findingSections(active, hosts, options),
    notExaminedLines(report, options),
    suppressedLines(report, options),
  ]
  return `${sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.map(line => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`
}

function hostLines({ host, outside, recordedAt }: ExaminedHost, findings: readonly Finding[], page: Page): string[] {
  const { engine } = host
  const words = [
    engine === null ? null : `Podman ${engine.podman}`,
    host.rootless === null ? null : host.rootless ? 'rootless' : 'rootful',
    engine?.netavark ? `netavark ${engine.netavark}` : null,
    counted(host.containers.filter(({ isInfra }) => !isInfra).length, 'container'),
    counted(host.networks.length, 'network'),
    recordedAt === null ? null : `recorded ${recordedAt}`,
  ].filter(word => word !== null)
  const name = printable(host.name)
  if (host.status === 'unreachable')
    return [
      ...titled(name, ': not read', page),
      ...indented(wrap(printable(host.problem ?? 'It does not answer.'), page.width - 2), 2),
    ]
  return [
    ...titled(name, `: ${printable(words.join(', '))}`, page),
    ...headline(
      findings.filter(({ hostId }) => hostId === host.id),
      page,
    ),
    '',
    ...outsideLines(host, outside, page),
  ]
}

function headline(findings: readonly Finding[], { width, paint }: Page): string[] {
  if (findings.length === 0) return ['No finding.']
  const text = `${counted(findings.length, 'finding')}: ${severityWords(findings)}`
  return wrap(text, width).map(line =>
    SEVERITIES.reduce(
      (painted, severity) =>
        painted.replace(new RegExp(String.raw`\d+ ${severity}\b`), words => paint(SEVERITY_MARK[severity], words)),
      line,
    ),
  )
}

/** A title and the rest of its line, which may wrap. */
const titled = (title: string, rest: string, { width, paint }: Page): string[] =>
  wrap(`${title}${rest}`, width).map((line, index) =>
    index === 0 && line.startsWith(title) ? paint('bold', title) + line.slice(title.length) : line,
  )

function outsideLines(host: Host, outside: ReachOutside, page: Page): string[] {
  const openings = openingsOf(host, outside)
  const faces = [...new Set(outside.sources.filter(({ routed }) => !routed).map(one => one.interface))]
  const title = 'Open to the outside'
  const where = printable(faces.join(', '))
  if (outside.sourcesUnknownBecause !== null)
    return titled(title, `: not known; ${printable(outside.sourcesUnknownBecause)}`, page)
  if (faces.length === 0) return titled(title, ': nothing, for no interface of the host stands on a segment.', page)
  const unknown = outside.notKnown.flatMap(line => bullet(`not known: ${line}`, page))
  if (openings.length === 0)
    return [
      ...titled(title, `: nothing${unknown.length === 0 ? '' : ' that is known'}, from ${where}.`, page),
      ...unknown,
    ]
  const most = Math.min(28, Math.floor(page.width / 3))
  const column = Math.min(most, Math.max(...openings.map(({ owner }) => widthOf(printable(owner)))))
  return [
    ...titled(title, `, to machines on ${where}`, page),
    ...openings.flatMap(opening => openingLines(opening, column, page)),
    ...unknown,
  ]
}

function openingLines({ owner, what, verdict, from, because }: Opening, column: number, page: Page): string[] {
  const where = from === null ? '' : ` from ${from.join(', ')}`
  const doubt = verdict === 'unknown' ? `, perhaps: ${because}` : ''
  const lines = wrap(printable(`${what}${where}${doubt}`), Math.max(20, page.width - column - 4))
  const name = padded(clipped(printable(owner), column), column)
  return lines.map((line, index) => `  ${index === 0 ? name : ' '.repeat(column)}  ${line}`)
}

const isMinor = ({ severity }: Finding): boolean => severityRank[severity] > severityRank.medium

function findingSections(
  active: readonly Finding[],
  hosts: readonly ExaminedHost[],
  options: TableOptions,
): string[][] {
  const tellsAll = options.verbose || options.lineOf !== undefined
  const told = tellsAll ? active : active.filter(finding => !isMinor(finding))
  const groups = groupFindings(told, 'subject')
  const urgent = groups.filter(({ findings: [worst] }) => severityRank[worst.severity] < severityRank.medium)
  const others = groups.filter(group => !urgent.includes(group))
  const shown = tellsAll ? groups : [...urgent, ...others.slice(0, MOST_MEDIUM)]
  const left = [
    ...others.filter(group => !shown.includes(group)).flatMap(({ findings }) => findings),
    ...active.filter(finding => !told.includes(finding)),
  ]
  const short = [...titled('In short', ' (--verbose tells all of it)', options), ...inShort(left, options)]
  const explained = new Map<string, string>()
  return [...shown.map(group => groupLines(group, hosts, options, explained)), ...(left.length === 0 ? [] : [short])]
}

/** `explained` remembers whose finding told first what a rule is about; those that follow say what is their own. */
function groupLines(
  { findings }: FindingGroup,
  hosts: readonly ExaminedHost[],
  options: TableOptions,
  explained: Map<string, string>,
): string[] {
  const [{ subject, hostId, severity }] = findings
  const mended = new Set<string>()
  const host = hosts.find(one => one.host.id === hostId)?.host
  const place = hosts.length > 1 && subject.kind !== 'host' ? ` on ${host?.name ?? hostId}` : ''
  const title = `${SUBJECT_WORDS[subject.kind]} ${subject.name}${place}`
  return [
    options.paint(SEVERITY_MARK[severity], '■ ') + options.paint('bold', clipped(printable(title), options.width - 2)),
    ...findings.flatMap(finding => {
      const first = options.verbose ? undefined : explained.get(finding.ruleId)
      if (first === undefined) explained.set(finding.ruleId, finding.subject.name)
      return findingLines(finding, host, options, {
        verbose: options.verbose,
        as: first ?? null,
        mended,
        at: options.lineOf?.(finding) ?? null,
      })
    }),
  ]
}

/** A namespace that is nobody's alone is a pod's, or goes by its kind. */
const SUBJECT_WORDS: Record<Finding['subject']['kind'], string> = {
  container: 'Container',
  namespace: 'Pod',
  network: 'Network',
  host: 'Host',
}

function notExaminedLines({ notExamined }: FindingsReport, page: Page): string[] {
  return [page.paint('bold', 'Not examined'), ...notExamined.flatMap(line => bullet(line, page))]
}

const bullet = (text: string, { width }: Page): string[] =>
  wrap(printable(text), Math.max(20, width - 4)).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`)

function suppressedLines({ findings }: FindingsReport, { showSuppressed, paint, width }: TableOptions): string[] {
  const suppressed = findings.filter(finding => finding.suppressed !== null)
  if (suppressed.length === 0) return []
  const count = `${counted(suppressed.length, 'finding')} suppressed`
  if (!showSuppressed) return [`${count}; --show-suppressed lists ${suppressed.length === 1 ? 'it' : 'them'}.`]
  const lines = suppressed.flatMap(({ ruleId, severity, subject, suppressed: why }) => {
    const until = why?.until ? `, until ${why.until}` : ''
    const reason = wrap(printable(`${why?.reason ?? ''} (${why?.by ?? ''}${until})`), Math.max(20, width - 4))
    return [
      `  ${paint(SEVERITY_MARK[severity], severity.padEnd(8))} ${ruleId}  ${printable(subject.name)}`,
      ...indented(reason, 4),
    ]
  })
  return [paint('bold', count), ...lines]
}
