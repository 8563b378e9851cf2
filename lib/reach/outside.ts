/** What a machine outside can connect to, and from which segment: doors, sockets of the host itself, containers. */
import { refOfListener, refOfPort } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import { isReservation } from '@/lib/topology/reservations'
import { readBindAddress } from '@/lib/topology/scope'
import type { Listener } from '@/lib/topology/types'
import { outsideEnds, speakerOf } from './ends'
import { explain } from './explain'
import { judgementTable, type TableJudgement } from './judgements'
import { cidrsOf, judge, onParent } from './networks'
import type { Reach } from './reach'
import { endOf, type ReachEnd } from './refs'
import { familiesOf, sameAddress, within } from './subnets'
import type { Judgement } from './types'

/**
 * door       a published port, at any of the host's addresses
 * listener   a socket of the host's own namespace
 * container  a listening TCP port at any of the container's own addresses
 */
export interface OutsideTarget {
  kind: 'door' | 'listener' | 'container'
  /** "port:*:8080/tcp", "listener:0.0.0.0:22/tcp", "container:printer" */
  ref: string
  /** Whose it is: "container:web"; "host" for the host's own sockets. */
  owner: string
}

export interface OutsideSource {
  /** "neighbour:eth0", or "routed:eth0" for one that routes container subnets by this host. */
  from: string
  interface: string
  routed: boolean
  /** One index into `judgements` per target. */
  verdicts: number[]
}

export interface ReachOutside {
  hostId: string
  targets: OutsideTarget[]
  sources: OutsideSource[]
  /** Why nobody knows what the sources are; null when they are known, also when there are none. */
  sourcesUnknownBecause: string | null
  judgements: TableJudgement[]
  /** What is missing, and why; empty when everything is known. */
  notKnown: string[]
}

type Said = { judgement: Judgement } | { unknown: string }

interface Asked {
  target: OutsideTarget
  judgeFrom: (source: ReachEnd) => Said
}

/** Pure. Cost: neighbours × (doors + sockets + containers). */
export function outsideOf(reach: Reach): ReachOutside {
  const { host } = reach.context
  const asked = [...doors(reach), ...hostSockets(reach), ...containers(reach)]
  const own = host.namespaces.find(({ kind }) => kind === 'host')
  const table = judgementTable(reason => explain(reason, { from: 'a neighbour', to: 'it' }))
  const sources = outsideEnds(reach).map(({ end, interface: name, routed }): OutsideSource => {
    const verdicts = asked.map(({ judgeFrom }) => {
      const said = judgeFrom(end)
      return 'unknown' in said ? table.addWords('unknown', [said.unknown]) : table.add(said.judgement)
    })
    return { from: end.ref, interface: name, routed, verdicts }
  })
  const blind = host.interfaces === null ? `the interfaces of this host: ${host.probe.reason ?? 'not read'}` : null
  const notKnown = [
    ...(blind === null ? [] : [blind]),
    ...(own?.listeners === null ? [`what listens on the host: ${own.listenersUnknownBecause ?? 'not read'}`] : []),
  ]
  return {
    hostId: host.id,
    targets: asked.map(({ target }) => target),
    sources,
    sourcesUnknownBecause: blind,
    judgements: table.judgements,
    notKnown,
  }
}

function doors(reach: Reach): Asked[] {
  return reach.context.doors.map(door => ({
    target: { kind: 'door', ref: formatRef(refOfPort(door.port)), owner: refOf(reach, door.port.ownerId) },
    judgeFrom: source => ({ judgement: reach.door(source, door) }),
  }))
}

const refOf = (reach: Reach, containerId: string | null): string => {
  const container = containerId === null ? undefined : reach.context.containersById.get(containerId)
  return container ? `container:${container.name}` : 'host'
}

/** What listens in the host's own namespace; where that is not known, its containers with that as the reason. */
function hostSockets(reach: Reach): Asked[] {
  const { host } = reach.context
  const namespace = host.namespaces.find(({ kind }) => kind === 'host')
  const self = reach.end({ kind: 'host' })
  if (namespace === undefined || self === null) return []
  const { listeners, listenersUnknownBecause } = namespace
  if (listeners === null)
    return namespace.memberIds.map(id => ({
      target: { kind: 'container', ref: refOf(reach, id), owner: refOf(reach, id) },
      judgeFrom: () => ({ unknown: `what listens there is not known: ${listenersUnknownBecause ?? 'not read'}` }),
    }))
  const published = host.namespaces.flatMap(each => each.published)
  return listeners
    .filter(listener => !isReservation(listener, published))
    .map(listener => ({
      target: { kind: 'listener', ref: formatRef(refOfListener(listener)), owner: refOf(reach, listener.containerId) },
      judgeFrom: source => toSocket(reach, source, reach.direct(source, self), listener),
    }))
}

const isWildcard = (address: string) => readBindAddress(address).scope === 'wildcard'

/** A neighbour that gets to the host reaches those of its sockets that listen where it gets to. */
function toSocket(reach: Reach, source: ReachEnd, toHost: Judgement, { address }: Listener): Said {
  const { path } = toHost
  if (source.endpoint.kind !== 'neighbour') return { judgement: toHost }
  const { interface: face, routed } = source.endpoint
  if (readBindAddress(address).scope === 'loopback')
    return { judgement: judge('blocked', { code: 'door-loopback', address }, path) }
  if (toHost.verdict !== 'reachable') return { judgement: toHost }
  const here = face.addresses.map(cidr => cidr.split('/')[0] ?? cidr)
  if (isWildcard(address)) {
    const families = familiesOf(address)
    if (here.some(one => (one.includes(':') ? families.ipv6 : families.ipv4))) return { judgement: toHost }
    if (families.ipv6) return { unknown: 'it listens on ::, and whether that takes IPv4 as well is not known' }
    return { judgement: judge('blocked', { code: 'host-without-address', interface: face.name }, path) }
  }
  if (here.some(one => sameAddress(one, address))) return { judgement: toHost }
  const subnets = reach.context.host.networks.flatMap(network => (onParent(network) ? [] : cidrsOf(network)))
  if (routed && within(address, subnets)) return { judgement: toHost }
  return { judgement: judge('blocked', { code: 'door-elsewhere', address, interface: face.name }, path) }
}

function containers(reach: Reach): Asked[] {
  const { host } = reach.context
  const own = host.namespaces.find(({ kind }) => kind === 'host')?.id
  return host.containers.flatMap((container): Asked[] => {
    const end = endOf(reach.context, container)
    if (end === null || container.namespaceId === own) return []
    // A pod's infra container is no more than the pod, which its members speak for.
    const namespace = reach.context.namespacesById.get(container.namespaceId)
    if (container.isInfra && namespace !== undefined && speakerOf(host, namespace) !== container) return []
    return [
      {
        target: { kind: 'container', ref: end.ref, owner: end.ref },
        judgeFrom: source => ({ judgement: reach.direct(source, end) }),
      },
    ]
  })
}
