/** GET /api/v1/reach, /api/v1/reach/matrix, /api/v1/reach/outside */
import { matrixOf } from '@/lib/reach/matrix'
import { outsideOf } from '@/lib/reach/outside'
import { reachOf, type Reach } from '@/lib/reach/reach'
import { parseReachRef, REACH_REF_FORMS, type ReachRef } from '@/lib/reach/refs'
import { pairWithStop } from '@/lib/reach/stop'
import type { HostModel } from '@/lib/topology/types'
import { type Problem, problem, problemResponse } from '../problem'
import type { Call } from './handler'
import { unlessKnown } from './etag'
import { oneHost } from './one-host'
import { readQuery } from './query'

const PROTOCOLS = ['tcp', 'udp', 'sctp']

/** What was computed of a model, kept while the model is the current one. */
interface Computed {
  reach: Reach
  /** Of this process: a model may change in what the topology does not show, such as a sysctl, and verdicts with it. */
  serial: number
  matrix: string | null
  outside: string | null
}
const computed = new WeakMap<HostModel, Computed>()
let serials = 0
const computedOf = (model: HostModel): Computed => {
  const known = computed.get(model)
  if (known) return known
  serials += 1
  const made: Computed = { reach: reachOf(model), serial: serials, matrix: null, outside: null }
  computed.set(model, made)
  return made
}

export function reachAnswer(call: Call): Response {
  const query = readQuery(call.url, ['host', 'from', 'to', 'port', 'protocol'])
  if (!query.ok) return problemResponse(query.problem)
  const { host, from: fromText, to: toText, port, protocol } = query.values

  const from = readRef('from', fromText)
  if ('status' in from) return problemResponse(from)
  const to = toText === undefined ? null : readRef('to', toText)
  if (to && 'status' in to) return problemResponse(to)
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    return problemResponse(problem(400, 'The parameter "port" is a number from 1 to 65535.', 'port'))
  if (protocol !== undefined && !PROTOCOLS.includes(protocol))
    return problemResponse(problem(400, `Unknown protocol; accepted: ${PROTOCOLS.join(', ')}.`, 'protocol'))
  if (to === null && (port !== undefined || protocol !== undefined))
    return problemResponse(
      problem(400, 'This parameter needs "to" beside it.', port === undefined ? 'protocol' : 'port'),
    )

  return ofHost(call, host, (model, { reach }) => {
    if (to === null) {
      const row = reach.row(from)
      return row ? JSON.stringify(row) : noSuchEnd(model, [from])
    }
    const only = {
      ...(port === undefined ? {} : { port: Number(port) }),
      ...(protocol === undefined ? {} : { protocol }),
    }
    const pair = pairWithStop(reach, from, to, only)
    return pair ? JSON.stringify(pair) : noSuchEnd(model, [from, to])
  })
}

export const matrixAnswer = (call: Call): Response =>
  ofHostAlone(call, (_, one) => (one.matrix ??= JSON.stringify(matrixOf(one.reach))))

export const outsideAnswer = (call: Call): Response =>
  ofHostAlone(call, (_, one) => (one.outside ??= JSON.stringify(outsideOf(one.reach))))

type Answer = (model: HostModel, one: Computed) => string | Problem

function ofHostAlone(call: Call, answer: Answer): Response {
  const query = readQuery(call.url, ['host'])
  return query.ok ? ofHost(call, query.values.host, answer) : problemResponse(query.problem)
}

/** The answer for the one host that is meant, with the revision that it speaks of. */
function ofHost({ hub, request }: Call, host: string | undefined, answer: Answer): Response {
  const chosen = oneHost(hub.models(), each => each.host, host)
  if ('problem' in chosen) return problemResponse(chosen.problem)
  const model = chosen.found
  const one = computedOf(model)
  return unlessKnown(request, `W/"${hub.topology().revision}-${one.serial}"`, headers => {
    const body = answer(model, one)
    return typeof body === 'string'
      ? new Response(body, { headers: { 'content-type': 'application/json; charset=utf-8', ...headers } })
      : problemResponse(body)
  })
}

function readRef(parameter: string, text: string | undefined): ReachRef | Problem {
  if (text === undefined) return problem(400, `The parameter "${parameter}" is needed: ${REACH_REF_FORMS}.`, parameter)
  return parseReachRef(text) ?? problem(400, `The parameter "${parameter}" is one of ${REACH_REF_FORMS}.`, parameter)
}

function noSuchEnd(model: HostModel, refs: readonly ReachRef[]): Problem {
  const { interfaces } = model.host
  const blind = interfaces === null && refs.some(({ kind }) => kind === 'neighbour' || kind === 'routed')
  return problem(
    404,
    blind
      ? 'The interfaces of this host are not known here, so neighbours have no name.'
      : 'There is no such end on this host.',
  )
}
