/** One finding for a terminal: what it is, what was seen, and the lines that mend it. */
import { groupFindings } from '@/lib/exposure/grouping'
import { RULES } from '@/lib/exposure/rules'
import type { Finding } from '@/lib/exposure/types'
import type { Host } from '@/lib/topology/types'
import type { SourceLine } from './locate'
import { type Page, SEVERITY_MARK } from './style'
import { printable, printableLines, widthOf, wrap } from './text'

/** Where the text of a finding begins. */
const INDENT = 4
const LABEL = 6
/** More of it is for those who ask for everything. */
const MOST_EVIDENCE = 4

export const indented = (lines: readonly string[], by: number): string[] => lines.map(line => ' '.repeat(by) + line)

/** A label in a column of its own, and text that wraps beside it. */
function beside(label: string, text: string, { width, paint }: Page): string[] {
  const column = INDENT + LABEL
  return wrap(text, Math.max(20, width - column)).map(
    (line, index) =>
      `${' '.repeat(INDENT)}${paint('dim', index === 0 ? label.padEnd(LABEL) : ' '.repeat(LABEL))}${line}`,
  )
}

interface Telling {
  verbose: boolean
  /** Name of a subject above, of which the same was told in full; null when this is the first. */
  as: string | null
  /** Fixes of this subject that are told already; grows. */
  mended: Set<string>
  /** Where a file says it; null when none does. */
  at: SourceLine | null
}

export function findingLines(
  finding: Finding,
  host: Host | undefined,
  page: Page,
  { verbose, as, mended, at }: Telling,
): string[] {
  const { severity, ruleId, confidence, message, evidence, path } = finding
  const { paint } = page
  const head = `  ${paint(SEVERITY_MARK[severity], severity.padEnd(8))} ${paint('bold', ruleId)}`
  const doubt = confidence === 'high' ? '' : ` (Confidence: ${confidence}.)`
  const likeness = printable(`, as ${as ?? ''} above${doubt}`)
  const isShort = as !== null && 11 + widthOf(ruleId) + widthOf(likeness) <= page.width
  const text = as === null ? message + doubt : isShort ? '' : `As ${as} above.${doubt}`
  const shown = verbose ? evidence : evidence.slice(0, MOST_EVIDENCE)
  const more = evidence.length - shown.length
  const seen = shown.map(({ field, value }) => printable(`${field} = ${value}`))
  if (more > 0) seen.push(`${more} more`)
  return [
    head + (isShort ? likeness : ''),
    ...indented(wrap(printable(text), Math.max(20, page.width - INDENT)), INDENT),
    ...(at === null ? [] : beside('at', printable(`${at.file}:${at.line}`), page)),
    ...(path === undefined ? [] : beside('way', path.map(({ label }) => printable(label)).join(' → '), page)),
    ...beside('seen', seen.join('; '), page),
    ...mendingLines(finding, host, page, verbose, mended),
    ...(verbose && finding.references.length > 0
      ? beside('see', finding.references.map(printable).join('; '), page)
      : []),
  ]
}

function mendingLines(
  finding: Finding,
  host: Host | undefined,
  page: Page,
  verbose: boolean,
  mended: Set<string>,
): string[] {
  const fixes = fixesOf(finding, host, verbose)
  const general = RULES.find(({ id }) => id === finding.ruleId)?.fix
  if (fixes.length === 0) return general === undefined ? [] : beside('mend', general, page)
  const others = fixes.filter(([, fix]) => !mended.has(fix))
  for (const [, fix] of others) mended.add(fix)
  return others.length === 0
    ? beside('fix', 'the same', page)
    : others.flatMap(([label, fix]) => fixLines(label, fix, page))
}

/** For a container that systemd runs the quadlet is where a change stays; for others the command. */
function fixesOf({ fix, subject }: Finding, host: Host | undefined, verbose: boolean): [label: string, fix: string][] {
  const podman: [string, string][] = fix.podman === null ? [] : [['fix', fix.podman]]
  const quadlet: [string, string][] = fix.quadlet === null ? [] : [['unit', fix.quadlet]]
  const isUnit = host?.containers.some(
    ({ id, namespaceId, unit }) => (id === subject.id || namespaceId === subject.id) && unit !== null,
  )
  const both = isUnit ? [...quadlet, ...podman] : [...podman, ...quadlet]
  return verbose ? both : both.slice(0, 1)
}

/** Not wrapped, for it is there to be copied: a line that is broken by hand is another command. */
const fixLines = (label: string, fix: string, { paint }: Page): string[] =>
  printableLines(fix).map(
    (line, index) =>
      `${' '.repeat(INDENT)}${paint('dim', index === 0 ? label.padEnd(LABEL) : ' '.repeat(LABEL))}${paint('green', line)}`,
  )

/** Rules and whom they hit: "published-but-silent  web, db, proxy". */
export function inShort(findings: readonly Finding[], { width, paint }: Page): string[] {
  const groups = groupFindings(findings, 'cause')
  const column = Math.max(...groups.map(({ key }) => widthOf(key)), 0)
  return groups.flatMap(({ key: ruleId, findings: [{ severity }], subjects }) => {
    const head = `  ${paint(SEVERITY_MARK[severity], severity.padEnd(8))} `
    const text = printable(subjects.join(', '))
    const left = column + 2 + 2 + 9
    // Beside the rule where there is room, else below it.
    if (width - left < 20) return [head + ruleId, ...indented(wrap(text, width - 4), 4)]
    const [first = '', ...rest] = wrap(text, width - left)
    return [`${head}${ruleId.padEnd(column)}  ${first}`, ...indented(rest, left)]
  })
}
