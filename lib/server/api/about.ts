/** GET /api/v1/about */
import { problemResponse } from '../problem'
import { type Call, json } from './handler'
import { readQuery } from './query'

export function aboutAnswer({ hub, url }: Call): Response {
  const query = readQuery(url, [])
  if (!query.ok) return problemResponse(query.problem)
  return json(hub.about())
}
