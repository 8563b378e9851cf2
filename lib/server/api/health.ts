/** GET /healthz, /readyz and /metrics: for supervisors and Prometheus. */
import { problem, problemResponse } from '../problem'
import { type Call, json } from './handler'
import { readQuery } from './query'

/** The process can serve, or this would not be answered. */
export const healthzAnswer = (): Response => json({ status: 'ok' })

/** Not ready says why, and when to ask again. */
export function readyzAnswer({ hub, url }: Call): Response {
  const query = readQuery(url, [])
  if (!query.ok) return problemResponse(query.problem)
  const because = hub.unready()
  if (because.length === 0) return json({ status: 'ready' })
  return problemResponse(problem(503, because.join(' ')), { 'retry-after': '2' })
}

export async function metricsAnswer({ hub, url }: Call): Promise<Response> {
  const query = readQuery(url, [])
  if (!query.ok) return problemResponse(query.problem)
  return new Response(await hub.metrics(), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  })
}
