/** GET /api/v1/reach */
import { type Reach, createReach } from '@/lib/reach/reach'
import { parseReachRef, REACH_REF_FORMS, type ReachRef } from '@/lib/reach/refs'
import type { HostModel } from '@/lib/topology/types'
import { type Problem, problem, problemResponse } from '../problem'
import { type Call, json } from './handler'
import { readQuery } from './query'

const PROTOCOLS = ['tcp', 'udp', 'sctp']

/** Verdicts of a model are computed when they are first asked for, and kept while the model is the current one. */
const reachOf = new WeakMap<HostModel, Reach>()
const reachFor = (model: HostModel): Reach => {
  const known = reachOf.get(model) ?? createReach(model)
  reachOf.set(model, known)
  return known
}

export function reachAnswer({ hub, url }: Call): Response {
  const query = readQuery(url, ['host', 'from', 'to', 'port', 'protocol'])
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

  const models = hub.models()
  const among = host === undefined ? models : models.filter(one => one.host.id === host || one.host.name === host)
  const [model, second] = among
  if (model === undefined) return problemResponse(problem(404, 'There is no such host.'))
  if (second !== undefined)
    return problemResponse(
      host === undefined
        ? problem(400, 'There are several hosts: say which with "host".', 'host')
        : problem(404, 'There is more than one host of that name; use its id.'),
    )

  const reach = reachFor(model)
  if (to === null) {
    const row = reach.row(from)
    return row ? json(row) : problemResponse(noSuchEnd(model, [from]))
  }
  const only = {
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(protocol === undefined ? {} : { protocol }),
  }
  const pair = reach.pair(from, to, only)
  return pair ? json(pair) : problemResponse(noSuchEnd(model, [from, to]))
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
