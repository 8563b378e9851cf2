/** GET /healthz, /readyz and /metrics: for supervisors and Prometheus. */
import { problem, problemResponse } from '../problem'
import { type Call, json } from './handler'
import { readQuery } from './query'

/** The process can serve, or this would not be answered. */
export const healthzAnswer = (): Response => json({ status: 'ok' })

/** Ready once every host was read: before that the picture has holes that are none of the hosts'. */
export function readyzAnswer({ hub, url }: Call): Response {
  const query = readQuery(url, [])
  if (!query.ok) return problemResponse(query.problem)
  if (hub.ready()) return json({ status: 'ready' })
  const unread = hub.topology().hosts.filter(host => host.status === 'unreachable')
  const names = unread.map(host => host.name).join(', ')
  return problemResponse(problem(503, `Not every host was read yet: ${names || 'none was'}.`), { 'retry-after': '2' })
}

export async function metricsAnswer({ hub, url }: Call): Promise<Response> {
  const query = readQuery(url, [])
  if (!query.ok) return problemResponse(query.problem)
  return new Response(await hub.metrics(), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  })
}
