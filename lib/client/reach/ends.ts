/** From what is selected to what can be asked about, and back. */
import { hostNamespace, type Resolved, resolveRef } from '@/lib/topology/lookup'
import type { Ref } from '@/lib/topology/ref'
import { containersIn, namespaceById, podById } from '@/lib/topology/lookup'
import { type ReachRef, formatReachRef } from '@/lib/reach/refs'
import type { Host, Namespace, Topology } from '@/lib/topology/types'
import type { LinkedReach, UrlState } from '../url'
import type { Words } from '../words/catalogue'

function ofNamespace(host: Host, namespace: Namespace | null): ReachRef | null {
  if (namespace === null) return null
  if (namespace.id === hostNamespace(host)?.id) return { kind: 'host' }
  const members = containersIn(host, namespace)
  const speaker = members.find(({ isInfra }) => !isInfra) ?? members[0]
  return speaker === undefined ? null : { kind: 'container', name: speaker.name }
}

/** The end that a thing is, or stands for; null for networks and what else is none. */
export function reachRefOf(host: Host, thing: Resolved): ReachRef | null {
  switch (thing.kind) {
    case 'host':
      return { kind: 'host' }
    case 'container':
      return { kind: 'container', name: thing.container.name }
    case 'namespace':
      return ofNamespace(host, thing.namespace)
    case 'pod':
      return ofNamespace(host, thing.pod.namespaceId === null ? null : namespaceById(host, thing.pod.namespaceId))
    case 'segment':
      return { kind: 'neighbour', name: thing.interface.name }
    case 'port':
      return ofNamespace(host, thing.doors[0]?.namespace ?? null)
    case 'listener':
      return { kind: 'host' }
    case 'interface':
    case 'network':
    case 'unit':
      return null
  }
}

/** What to select for an end. */
export function refOfEnd(end: ReachRef): Ref {
  switch (end.kind) {
    case 'host':
      return { kind: 'host' }
    case 'container':
      return { kind: 'container', name: end.name }
    case 'neighbour':
    case 'routed':
      return { kind: 'segment', name: end.name }
  }
}

/** An end in words: "web1", "the host", "a neighbour on eth0". A pod's infra container goes by the pod's name. */
export function endWords(host: Host, end: ReachRef, words: Words['reach']): string {
  switch (end.kind) {
    case 'host':
      return host.name
    case 'container': {
      const found = host.containers.find(({ name }) => name === end.name)
      const pod = found?.isInfra && found.podId !== null ? podById(host, found.podId) : null
      return pod === null ? end.name : words.pod(pod.name)
    }
    case 'neighbour':
      return words.neighbour(end.name)
    case 'routed':
      return words.router(end.name)
  }
}

/** The host that is asked about: the named one, else the first that has such an end, else the first. */
export function reachHost(topology: Topology, { hostId, from }: LinkedReach): Host | null {
  if (hostId !== null) return topology.hosts.find(({ id }) => id === hostId) ?? null
  const having = topology.hosts.find(host => from !== 'outside' && resolveRef(host, refOfEnd(from)) !== null)
  return having ?? topology.hosts[0] ?? null
}

/** The host of the matrix: that of the question or the selection, else the one in sight, else the first. */
export function matrixHost(topology: Topology, url: UrlState): Host | null {
  const wanted = url.reach?.hostId ?? url.host ?? url.select?.hostId ?? null
  return topology.hosts.find(({ id }) => id === wanted) ?? topology.hosts[0] ?? null
}

export const sameEnd = (a: ReachRef | null, b: ReachRef | null): boolean =>
  a === b || (a !== null && b !== null && formatReachRef(a) === formatReachRef(b))
