/** GET /api/v1/topology */
import { problemResponse } from '../problem'
import { unlessKnown } from './etag'
import { type Call, json } from './handler'
import { readQuery } from './query'

export function topologyAnswer({ hub, url, request }: Call): Response {
  const query = readQuery(url, [])
  if (!query.ok) return problemResponse(query.problem)
  const topology = hub.topology()
  // Weak: the same revision may be sent with other ages.
  return unlessKnown(request, `W/"${topology.revision}"`, headers => json(topology, headers))
}
