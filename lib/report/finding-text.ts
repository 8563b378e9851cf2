/** One finding for a terminal: what it is, what was seen, and the lines that mend it. */
import type { Finding } from '@/lib/exposure/types'
import type { Host } from '@/lib/topology/types'
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

export function findingLines(finding: Finding, host: Host | undefined, page: Page, verbose: boolean): string[] {
  const { severity, ruleId, confidence, message, evidence } = finding
  const head = `  ${page.paint(SEVERITY_MARK[severity], severity.padEnd(8))} ${page.paint('bold', ruleId)}`
  const doubt = confidence === 'high' ? '' : ` (Confidence: ${confidence}.)`
  const shown = verbose ? evidence : evidence.slice(0, MOST_EVIDENCE)
  const more = evidence.length - shown.length
  const seen = shown.map(({ field, value }) => printable(`${field} = ${value}`))
  if (more > 0) seen.push(`${more} more`)
  return [
    head,
    ...indented(wrap(printable(message + doubt), Math.max(20, page.width - INDENT)), INDENT),
    ...beside('seen', seen.join('; '), page),
    ...fixesOf(finding, host, verbose).flatMap(([label, fix]) => fixLines(label, fix, page)),
    ...(verbose && finding.references.length > 0
      ? beside('see', finding.references.map(printable).join('; '), page)
      : []),
  ]
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
  const byRule = new Map<string, { severity: Finding['severity']; names: string[] }>()
  for (const { ruleId, severity, subject } of findings) {
    const known = byRule.get(ruleId)
    if (known) known.names.push(subject.name)
    else byRule.set(ruleId, { severity, names: [subject.name] })
  }
  const column = Math.max(...[...byRule.keys()].map(widthOf), 0)
  return [...byRule].flatMap(([ruleId, { severity, names }]) => {
    const head = `  ${paint(SEVERITY_MARK[severity], severity.padEnd(8))} `
    const text = printable([...new Set(names)].join(', '))
    const left = column + 2 + 2 + 9
    // Beside the rule where there is room, else below it.
    if (width - left < 20) return [head + ruleId, ...indented(wrap(text, width - 4), 4)]
    const [first = '', ...rest] = wrap(text, width - left)
    return [`${head}${ruleId.padEnd(column)}  ${first}`, ...indented(rest, left)]
  })
}
