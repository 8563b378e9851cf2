/** GET /api/v1/schema */
import { problemResponse } from '../problem'
import { jsonSchemaDocument } from '../schema'
import { type Call, json } from './handler'
import { readQuery } from './query'

export function schemaAnswer({ url }: Call): Response {
  const query = readQuery(url, [])
  if (!query.ok) return problemResponse(query.problem)
  return json(jsonSchemaDocument(), { 'content-type': 'application/schema+json; charset=utf-8' })
}
