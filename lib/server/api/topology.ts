/** GET /api/v1/topology */
import { problemResponse } from '../problem'
import { type Call, json } from './handler'
import { readQuery } from './query'

/** Weak: the same revision may be sent with other ages. Revisions are never used twice, also not over restarts. */
const etagOf = (revision: number): string => `W/"${revision}"`

/** RFC 9110 8.8.3.2: weak comparison, a list, or "*". */
const matches = (header: string | null, etag: string): boolean =>
  header !== null &&
  header
    .split(',')
    .map(part => part.trim().replace(/^W\//, ''))
    .some(part => part === '*' || part === etag.replace(/^W\//, ''))

export function topologyAnswer({ hub, url, request }: Call): Response {
  const query = readQuery(url, [])
  if (!query.ok) return problemResponse(query.problem)
  const topology = hub.topology()
  const etag = etagOf(topology.revision)
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers: { etag } })
  return json(topology, { etag })
}
