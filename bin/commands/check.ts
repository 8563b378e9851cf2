/** podwire check: the findings without a browser. */
import { enabledRules, examine } from '@/lib/exposure/engine'
import { SEVERITIES, severityRank } from '@/lib/exposure/severity'
import type { FindingsReport, Severity } from '@/lib/exposure/types'
import { outsideOf } from '@/lib/reach/outside'
import { reachOf } from '@/lib/reach/reach'
import { toCsv } from '@/lib/report/csv'
import { type LineOf, lineOfFinding } from '@/lib/report/locate'
import { toSarif } from '@/lib/report/sarif'
import { toTable } from '@/lib/report/table'
import { counted } from '@/lib/report/text'
import { readDeclared } from './files'
import { CommandError, oneOf, READING, readArguments } from './input'
import { jsonText, pageOf, print, tell } from './output'
import { findSources, readAll, readConfig, type Reading } from './reading'

export const CHECK_USAGE = `Usage: podwire check [options] [FILE|FOLDER ...]

Reads Podman hosts and prints what is exposed, worst first, each with what was seen and the lines that mend it. With files or folders
it reads those, as quadlets, and no host: what would be exposed if all of them ran.

  --host NAME|ID     this host alone; may be repeated (default: all that are found, as the server finds them; engines
                     inside of containers too, where PODWIRE_NESTED names them: qm@root)
  --recording FILE   a recording of podwire record instead of a live host
  --format FORMAT    table (default), json (as GET /api/v1/findings), sarif (2.1.0), csv
  --fail-on SEVERITY critical, high (default), medium, low, info
  --show-suppressed  lists suppressed findings in the table; json, sarif and csv always have them, marked
  --verbose          every finding in full, with evidence, both ways to mend it, and references
  --config FILE      the configuration file (default: PODWIRE_CONFIG)
  --podman VERSION   of the host that files are meant for; what depends on it is not examined without
  --netavark VERSION the same: it decides who reaches whom
  --rootless         files are a user's own, not the system's
  --help             this text

Exit: 0  nothing at or above --fail-on, and every host or file was read
      1  something at or above --fail-on
      2  bad input, or a host could not be read: what was not read is never clean
Suppressed findings do not count. Standard output carries the report alone.
`

/** null when it is not given. */
function versionOf(option: string, value: string | undefined, example: string): string | null {
  if (value === undefined) return null
  if (!/^\d{1,4}\.\d{1,4}(\.\d{1,4})?$/.test(value))
    throw new CommandError(`${option} is ${JSON.stringify(value)}: accepted is a version such as ${example}`)
  return value
}

/** Files are not compared with themselves. */
const COMPARING = new Set(['unit-network-differs', 'unit-wiring-differs', 'unit-file-newer'])
const RULES_OF_FILES = enabledRules().filter(({ id }) => !COMPARING.has(id))

const FORMATS = ['table', 'json', 'sarif', 'csv'] as const

/** Resolves to the exit code. */
export async function check(args: readonly string[], version: string): Promise<number> {
  const options = {
    ...READING,
    'fail-on': { type: 'string' },
    'show-suppressed': { type: 'boolean' },
    verbose: { type: 'boolean', short: 'v' },
    podman: { type: 'string' },
    netavark: { type: 'string' },
    rootless: { type: 'boolean' },
  } as const
  const { values, positionals } = readArguments(args, options, Infinity)
  if (values.help) {
    await print(CHECK_USAGE)
    return 0
  }
  const format = oneOf('--format', values.format, FORMATS, 'table')
  const failOn = oneOf('--fail-on', values['fail-on'], SEVERITIES, 'high')
  const config = readConfig(values)
  const acceptance = { today: new Date().toISOString().slice(0, 10), exceptions: config.exceptions, problem: null }
  const shown = { verbose: values.verbose === true, showSuppressed: values['show-suppressed'] === true }
  if (positionals.length > 0) {
    for (const option of ['host', 'recording'] as const)
      if (values[option] !== undefined)
        throw new CommandError(`--${option} and the file ${JSON.stringify(positionals[0])} exclude each other`)
    const about = {
      rootless: values.rootless === true,
      podman: versionOf('--podman', values.podman, '5.4.2'),
      netavark: versionOf('--netavark', values.netavark, '1.14.0'),
    }
    const { model, unread } = await readDeclared(positionals, about)
    const report = withWhatWasNotRead(examine([model], { acceptance, rules: RULES_OF_FILES }), unread)
    const lineOf: LineOf = finding => lineOfFinding(model.host, finding)
    await print(textOf(format, report, [{ model, recordedAt: null }], version, { ...shown, lineOf }))
    for (const line of unread) tell(`not read: ${line}`)
    return verdict(report, failOn, unread.length)
  }
  for (const option of ['podman', 'netavark', 'rootless'] as const)
    if (values[option] !== undefined) throw new CommandError(`--${option} is for files`)
  const found = await findSources(values, config.recording, config.nested)
  try {
    const readings = await readAll(found.sources)
    const models = readings.map(({ model }) => model)
    const report = withWhatWasNotRead(examine(models, { acceptance }), [
      ...found.unusable.map(({ name, reason }) => `${name} was never read: ${reason}`),
      ...found.problems,
    ])
    await print(textOf(format, report, readings, version, shown))
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
  options: { verbose: boolean; showSuppressed: boolean; lineOf?: LineOf },
): string {
  const hosts = readings.map(({ model }) => model.host)
  switch (format) {
    case 'json':
      return jsonText(report)
    case 'sarif':
      return jsonText(toSarif(report, hosts, version, options.lineOf))
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
