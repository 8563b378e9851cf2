/** GET /api/v1/topology */
import { toDot } from '@/lib/export/dot'
import { toMermaid } from '@/lib/export/mermaid'
import type { Topology } from '@/lib/topology/types'
import { problem, problemResponse } from '../problem'
import { unlessKnown } from './etag'
import { type Call, json } from './handler'
import { readQuery } from './query'

type Headers = Readonly<Record<string, string>>

/** Types of plain text, so that a browser shows them: https://www.iana.org/assignments/media-types/text/vnd.graphviz */
const FORMATS = {
  json,
  mermaid: (topology: Topology, headers: Headers) => text(toMermaid(topology), 'text/vnd.mermaid', headers),
  dot: (topology: Topology, headers: Headers) => text(toDot(topology), 'text/vnd.graphviz', headers),
}

const text = (body: string, type: string, headers: Headers): Response =>
  new Response(body, { headers: { 'content-type': `${type}; charset=utf-8`, ...headers } })

const isFormat = (name: string): name is keyof typeof FORMATS => Object.hasOwn(FORMATS, name)

/** Weak: the same revision may be sent with other ages. */
export const topologyEtag = (revision: number): string => `W/"${revision}"`

export function topologyAnswer({ hub, url, request }: Call): Response {
  const query = readQuery(url, ['format'])
  if (!query.ok) return problemResponse(query.problem)
  const { format = 'json' } = query.values
  if (!isFormat(format))
    return problemResponse(problem(400, `Unknown format; accepted: ${Object.keys(FORMATS).join(', ')}.`, 'format'))
  const topology = hub.topology()
  const etag = format === 'json' ? topologyEtag(topology.revision) : `W/"${topology.revision}-${format}"`
  return unlessKnown(request, etag, headers => FORMATS[format](topology, headers))
}
