/** What every route handler does first and last: ask again who is there, find the hub, and turn failures into problems. */
import { problem, problemResponse } from '../problem'
import { getRunning } from '../registry'
import type { Hub } from '../types'
import { isWallRead } from '../wall-pass'

export interface Call {
  hub: Hub
  url: URL
  request: Request
  /** Milliseconds that the caller's proof is good for; null = no end. */
  expiresIn: number | null
}

/**
 * Runs `answer` for a caller who may read. The guard in front of Next has asked already; asking here too means that a hole in
 * one of them is not a hole.
 */
export async function serve(request: Request, answer: (call: Call) => Response | Promise<Response>): Promise<Response> {
  const running = getRunning()
  if (!running) return problemResponse(problem(503, 'The server is not started.'), { 'retry-after': '2' })
  const { headers } = request
  const credentials = { authorization: headers.get('authorization'), cookie: headers.get('cookie') }
  const verdict = running.auth.check(credentials, 'handler')
  const url = new URL(request.url)
  const status = !verdict.ok ? verdict.status : verdict.scope === 'wall' && !isWallRead(url.pathname) ? 401 : null
  if (status !== null || !verdict.ok)
    return problemResponse(problem(status ?? 401, 'Send the token as "Authorization: Bearer …".'))
  try {
    return await answer({ hub: running.hub, url, request, expiresIn: verdict.expiresIn })
  } catch (error) {
    running.onError(error)
    return problemResponse(problem(500, 'Something went wrong here. The log says what.'))
  }
}

export const json = (value: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json; charset=utf-8', ...headers } })
