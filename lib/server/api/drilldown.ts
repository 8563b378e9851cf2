/** GET /api/v1/containers/{id}, /networks/{name} and /pods/{id} */
import type { Finding } from '@/lib/exposure/types'
import type { Host } from '@/lib/topology/types'
import { problem, problemResponse } from '../problem'
import type { Surroundings } from '../types'
import { type Call, json } from './handler'
import { readQuery } from './query'
import { hostsNamed, resolveObject } from './resolve'
import { aroundContainer, aroundNetwork, aroundPod } from './surroundings'

/** One kind of object: where a host keeps them, and what stands round one. */
interface Kind<T> {
  word: 'container' | 'network' | 'pod'
  list: (host: Host) => readonly T[]
  around: (host: Host, object: T, findings: readonly Finding[]) => Surroundings
}

function drill<T extends { id: string; name: string }>({ hub, url }: Call, kind: Kind<T>, text: string): Response {
  const query = readQuery(url, ['host'])
  if (!query.ok) return problemResponse(query.problem)
  const { hosts } = hub.topology()
  const { host } = query.values
  const among = host === undefined ? hosts : hostsNamed(hosts, host)
  if (among.length === 0) return problemResponse(problem(404, 'There is no such host.'))
  const found = resolveObject(among, kind.list, text)
  if (!found) return problemResponse(problem(404, `There is no such ${kind.word}, or more than one.`))
  return json({ [kind.word]: found.object, ...kind.around(found.host, found.object, hub.findings().findings) })
}

export const containerAnswer = (call: Call, id: string): Response =>
  drill(call, { word: 'container', list: host => host.containers, around: aroundContainer }, id)

export const networkAnswer = (call: Call, name: string): Response =>
  drill(call, { word: 'network', list: host => host.networks, around: aroundNetwork }, name)

export const podAnswer = (call: Call, id: string): Response =>
  drill(call, { word: 'pod', list: host => host.pods, around: aroundPod }, id)
