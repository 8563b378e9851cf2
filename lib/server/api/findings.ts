/** GET /api/v1/findings */
import type { FindingsReport } from '@/lib/exposure/types'
import { toCsv } from '@/lib/report/csv'
import { toSarif } from '@/lib/report/sarif'
import type { Host } from '@/lib/topology/types'
import { problem, problemResponse } from '../problem'
import { type Call, json } from './handler'
import { readQuery } from './query'
import { hostsNamed } from './resolve'

type Answer = (report: FindingsReport, hosts: readonly Host[], version: string) => Response

/** To be saved, under a name that nobody else decides. */
const file = (name: string, type: string, text: string): Response =>
  new Response(text, { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` } })

const FORMATS = {
  json: report => json(report),
  sarif: (report, hosts, version) =>
    file(
      'podwire-findings.sarif',
      'application/sarif+json; charset=utf-8',
      JSON.stringify(toSarif(report, hosts, version)),
    ),
  csv: (report, hosts) => file('podwire-findings.csv', 'text/csv; charset=utf-8; header=present', toCsv(report, hosts)),
} satisfies Record<string, Answer>

const isFormat = (text: string): text is keyof typeof FORMATS => Object.hasOwn(FORMATS, text)

export function findingsAnswer({ hub, url }: Call): Response {
  const query = readQuery(url, ['host', 'format'])
  if (!query.ok) return problemResponse(query.problem)
  const { host, format = 'json' } = query.values
  if (!isFormat(format))
    return problemResponse(problem(400, `Unknown format; accepted: ${Object.keys(FORMATS).join(', ')}.`, 'format'))
  const report = hub.findings()
  const { hosts } = hub.topology()
  const { version } = hub.about()
  if (host === undefined) return FORMATS[format](report, hosts, version)
  const [only, second] = hostsNamed(hosts, host)
  if (!only || second) return problemResponse(problem(404, 'There is no such host, or more than one.'))
  const findings = report.findings.filter(finding => finding.hostId === only.id)
  return FORMATS[format]({ ...report, findings }, [only], version)
}
