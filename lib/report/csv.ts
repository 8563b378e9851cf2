/** Findings as RFC 4180, one a row; and what was not examined, lest an empty table reads as a clean host. */
import type { FindingsReport } from '@/lib/exposure/types'
import type { Host } from '@/lib/topology/types'
import { printable, printableLines } from './text'

export const CSV_COLUMNS = [
  'host',
  'severity',
  'confidence',
  'rule',
  'subject kind',
  'subject',
  'title',
  'message',
  'evidence',
  'fix (podman)',
  'fix (quadlet)',
  'references',
  'suppressed by',
  'suppression reason',
  'suppressed until',
  'fingerprint',
] as const

/** In place of a severity. */
export const NOT_EXAMINED = 'not examined'

/** What a spreadsheet takes for a formula, behind whatever blanks: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/

/** A cell that no spreadsheet runs and no terminal obeys; line breaks stay, within quotes. */
function cell(text: string): string {
  const safe = printableLines(text).join('\n')
  const inert = FORMULA.test(safe) ? `'${safe}` : safe
  return /[",\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

const row = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

/** The header and a row for each finding and each thing that was not examined; rows end with CRLF. */
export function toCsv({ findings, notExamined }: FindingsReport, hosts: readonly Pick<Host, 'id' | 'name'>[]): string {
  const names = new Map(hosts.map(({ id, name }) => [id, name]))
  const rows = findings.map(finding =>
    row([
      names.get(finding.hostId) ?? finding.hostId,
      finding.severity,
      finding.confidence,
      finding.ruleId,
      finding.subject.kind,
      finding.subject.name,
      finding.title,
      finding.message,
      finding.evidence.map(({ field, value }) => printable(`${field} = ${value}`)).join('\n'),
      finding.fix.podman ?? '',
      finding.fix.quadlet ?? '',
      finding.references.join('\n'),
      finding.suppressed?.by ?? '',
      finding.suppressed?.reason ?? '',
      finding.suppressed?.until ?? '',
      finding.id,
    ]),
  )
  const blank = CSV_COLUMNS.map(() => '')
  const unknown = notExamined.map(line =>
    row(blank.with(CSV_COLUMNS.indexOf('severity'), NOT_EXAMINED).with(CSV_COLUMNS.indexOf('message'), line)),
  )
  return [row(CSV_COLUMNS), ...rows, ...unknown].join('')
}
