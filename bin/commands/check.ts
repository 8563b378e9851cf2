/** podwire check: the findings without a browser. */
import { examine } from '@/lib/exposure/engine'
import { SEVERITIES, severityRank } from '@/lib/exposure/severity'
import type { FindingsReport, Severity } from '@/lib/exposure/types'
import { outsideOf } from '@/lib/reach/outside'
import { reachOf } from '@/lib/reach/reach'
import { toCsv } from '@/lib/report/csv'
import { toSarif } from '@/lib/report/sarif'
import { toTable } from '@/lib/report/table'
import { counted } from '@/lib/report/text'
import { oneOf, READING, readArguments } from './input'
import { jsonText, pageOf, print, tell } from './output'
import { findSources, readAll, readConfig, type Reading } from './reading'

export const CHECK_USAGE = `Usage: podwire check [options]

Reads Podman hosts and prints what is exposed, worst first, each with what was seen and the lines that mend it.

  --host NAME|ID     this host alone; may be repeated (default: all that are found, as the server finds them)
  --recording FILE   a recording of podwire record instead of a live host
  --format FORMAT    table (default), json (as GET /api/v1/findings), sarif (2.1.0), csv
  --fail-on SEVERITY critical, high (default), medium, low, info
  --show-suppressed  lists suppressed findings in the table; json, sarif and csv always have them, marked
  --verbose          every finding in full, with evidence, both ways to mend it, and references
  --config FILE      the configuration file (default: PODWIRE_CONFIG)
  --help             this text

Exit: 0  nothing at or above --fail-on, and every host was read
      1  something at or above --fail-on
      2  bad input, or a host could not be read: what was not read is never clean
Suppressed findings do not count. Standard output carries the report alone.
`

const FORMATS = ['table', 'json', 'sarif', 'csv'] as const

/** Resolves to the exit code. */
export async function check(args: readonly string[], version: string): Promise<number> {
  const options = {
    ...READING,
    'fail-on': { type: 'string' },
    'show-suppressed': { type: 'boolean' },
    verbose: { type: 'boolean', short: 'v' },
  } as const
  const { values } = readArguments(args, options, 0)
  if (values.help) {
    await print(CHECK_USAGE)
    return 0
  }
  const format = oneOf('--format', values.format, FORMATS, 'table')
  const failOn = oneOf('--fail-on', values['fail-on'], SEVERITIES, 'high')
  const config = readConfig(values)
  const found = await findSources(values, config.recording)
  try {
    const readings = await readAll(found.sources)
    const today = new Date().toISOString().slice(0, 10)
    const acceptance = { today, exceptions: config.exceptions, problem: null }
    const models = readings.map(({ model }) => model)
    const report = withWhatWasNotRead(examine(models, { acceptance }), [
      ...found.unusable.map(({ name, reason }) => `${name} was never read: ${reason}`),
      ...found.problems,
    ])
    await print(
      textOf(format, report, readings, version, {
        verbose: values.verbose === true,
        showSuppressed: values['show-suppressed'] === true,
      }),
    )
    const unread = [
      ...readings.flatMap(({ model: { host } }) =>
        host.status === 'unreachable' ? [{ name: host.name, reason: host.problem ?? 'it does not answer' }] : [],
      ),
      ...found.unusable,
    ]
    for (const { name, reason } of unread) tell(`${name} was not read: ${reason}`)
    return verdict(report, failOn, unread.length)
  } finally {
    await found.stop()
  }
}

const withWhatWasNotRead = (report: FindingsReport, lines: readonly string[]): FindingsReport => ({
  ...report,
  notExamined: [...report.notExamined, ...lines],
})

function textOf(
  format: (typeof FORMATS)[number],
  report: FindingsReport,
  readings: readonly Reading[],
  version: string,
  options: { verbose: boolean; showSuppressed: boolean },
): string {
  const hosts = readings.map(({ model }) => model.host)
  switch (format) {
    case 'json':
      return jsonText(report)
    case 'sarif':
      return jsonText(toSarif(report, hosts, version))
    case 'csv':
      return toCsv(report, hosts)
    case 'table':
      return toTable(
        report,
        readings.map(({ model, recordedAt }) => ({
          host: model.host,
          outside: outsideOf(reachOf(model)),
          recordedAt,
        })),
        { ...pageOf(process.stdout, process.env), ...options },
      )
  }
}

function verdict({ findings }: FindingsReport, failOn: Severity, unread: number): number {
  const counts = findings.filter(
    ({ severity, suppressed }) => suppressed === null && severityRank[severity] <= severityRank[failOn],
  )
  if (counts.length > 0) {
    tell(`${counted(counts.length, 'finding')} at or above ${failOn}`)
    return 1
  }
  return unread > 0 ? 2 : 0
}
