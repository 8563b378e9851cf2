/** GET /api/v1/findings */
import { problem, problemResponse } from '../problem'
import { type Call, json } from './handler'
import { readQuery } from './query'
import { hostsNamed } from './resolve'

const FORMATS = ['json']

export function findingsAnswer({ hub, url }: Call): Response {
  const query = readQuery(url, ['host', 'format'])
  if (!query.ok) return problemResponse(query.problem)
  const { host, format = 'json' } = query.values
  if (!FORMATS.includes(format))
    return problemResponse(problem(400, `Unknown format; accepted: ${FORMATS.join(', ')}.`, 'format'))
  const report = hub.findings()
  if (host === undefined) return json(report)
  const [only, second] = hostsNamed(hub.topology().hosts, host)
  if (!only || second) return problemResponse(problem(404, 'There is no such host, or more than one.'))
  return json({ ...report, findings: report.findings.filter(finding => finding.hostId === only.id) })
}
