/** GET /api/v1/what-if and /api/v1/what-if/modes: a change of one container's network, computed and not made. */
import type { HostSnapshot } from '@/lib/collector/types'
import { buildTopology } from '@/lib/topology/build'
import type { HostModel } from '@/lib/topology/types'
import {
  NETWORK_FORMS,
  parseNetworkChoice,
  parsePublish,
  parseTarget,
  parseUnpublish,
  PUBLISH_FORMS,
  TARGET_FORMS,
  UNPUBLISH_FORMS,
} from '@/lib/whatif/parse'
import type { PortChoice, Target } from '@/lib/whatif/types'
import { comparePrivateAndHost, whatIf } from '@/lib/whatif/whatif'
import { type Problem, problem, problemResponse } from '../problem'
import { type Call, json } from './handler'
import { oneHost } from './one-host'
import { readQuery } from './query'

/** Made once for each snapshot, which is the same object until something changes. */
const models = new WeakMap<HostSnapshot, HostModel>()
function modelOf(snapshot: HostSnapshot): HostModel {
  const known = models.get(snapshot) ?? buildTopology(snapshot)
  models.set(snapshot, known)
  return known
}

const isProblem = (value: object): value is Problem => 'status' in value

export function whatIfAnswer({ hub, url }: Call): Response {
  const query = readQuery(url, ['host', 'container', 'network', 'publish', 'unpublish'])
  if (!query.ok) return problemResponse(query.problem)
  const { host, container, network, publish, unpublish } = query.values
  const target = readTarget(container)
  if (isProblem(target)) return problemResponse(target)
  const choice = network === undefined ? null : parseNetworkChoice(network)
  if (network !== undefined && choice === null)
    return problemResponse(problem(400, `The parameter "network" is one of ${NETWORK_FORMS}.`, 'network'))
  const published = readPorts('publish', publish, parsePublish, PUBLISH_FORMS)
  if (isProblem(published)) return problemResponse(published)
  const withdrawn = readPorts('unpublish', unpublish, parseUnpublish, UNPUBLISH_FORMS)
  if (isProblem(withdrawn)) return problemResponse(withdrawn)
  return ofHost(hub.snapshots(), host, snapshot =>
    whatIf(snapshot, { target, network: choice, ports: [...published, ...withdrawn] }, { before: modelOf(snapshot) }),
  )
}

export function modesAnswer({ hub, url }: Call): Response {
  const query = readQuery(url, ['host', 'container'])
  if (!query.ok) return problemResponse(query.problem)
  const target = readTarget(query.values.container)
  if (isProblem(target)) return problemResponse(target)
  return ofHost(hub.snapshots(), query.values.host, snapshot =>
    comparePrivateAndHost(snapshot, target, { before: modelOf(snapshot) }),
  )
}

function ofHost(
  snapshots: readonly HostSnapshot[],
  host: string | undefined,
  answer: (snapshot: HostSnapshot) => object | null,
): Response {
  const one = oneHost(snapshots, ({ connection }) => connection, host)
  if ('problem' in one) return problemResponse(one.problem)
  const found = answer(one.found)
  return found === null ? problemResponse(problem(404, 'There is no such container or pod on this host.')) : json(found)
}

function readTarget(text: string | undefined): Target | Problem {
  const target = text === undefined ? null : parseTarget(text)
  return target ?? problem(400, `The parameter "container" is needed: ${TARGET_FORMS}.`, 'container')
}

/** Several are separated by commas. */
function readPorts(
  parameter: string,
  text: string | undefined,
  parse: (one: string) => PortChoice | null,
  forms: string,
): PortChoice[] | Problem {
  const ports: PortChoice[] = []
  for (const one of text?.split(',') ?? []) {
    const choice = parse(one)
    if (choice === null) return problem(400, `The parameter "${parameter}" is a list of ${forms}.`, parameter)
    ports.push(choice)
  }
  return ports
}
