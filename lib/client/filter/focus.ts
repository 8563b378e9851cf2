/** What stands round a thing: one hop, two hops, or its way out. Pure. */
import { indexHost, membersOf, networkByName, resolveRef, type Resolved } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'
import { type Facets, isOpenDoor, isOpenListener } from './facets'
import type { FocusHow, Term } from './parse'

interface Around {
  namespaces: Set<string>
  networks: Set<string>
}

function startOf(thing: Resolved): Around {
  const at = (namespaces: readonly (string | null)[], networks: readonly string[] = []): Around => ({
    namespaces: new Set(namespaces.flatMap(id => id ?? [])),
    networks: new Set(networks),
  })
  switch (thing.kind) {
    case 'host':
      return at(thing.host.namespaces.flatMap(({ kind, id }) => (kind === 'host' ? id : [])))
    case 'container':
      return at([thing.container.namespaceId])
    case 'pod':
      return at([thing.pod.namespaceId])
    case 'namespace':
      return at([thing.namespace.id])
    case 'port':
      return at(thing.doors.map(({ namespace }) => namespace.id))
    case 'network':
      return at([], [thing.network.id])
    case 'unit':
    case 'listener':
    case 'interface':
    case 'segment':
      return at([])
  }
}

function networksOf(host: Host, namespaces: Iterable<string>): Set<string> {
  const index = indexHost(host)
  return new Set(
    [...namespaces].flatMap(id =>
      (index.namespaces.get(id)?.attachments ?? []).flatMap(one => networkByName(host, one.networkName)?.id ?? []),
    ),
  )
}

function widen(host: Host, { namespaces, networks }: Around): Around {
  const wider = new Set([...networks, ...networksOf(host, namespaces)])
  const { networks: byId } = indexHost(host)
  const members = [...wider].flatMap(id => membersOf(host, byId.get(id)?.name ?? '').map(one => one.namespace.id))
  return { namespaces: new Set([...namespaces, ...members]), networks: wider }
}

/** Namespaces that are on this network and on no other. */
const livingOnlyOn = (host: Host, name: string): Set<string> =>
  new Set(membersOf(host, name).flatMap(({ namespace: { id, attachments } }) => (attachments.length === 1 ? id : [])))

function around(host: Host, thing: Resolved, how: FocusHow): Around {
  const start = startOf(thing)
  switch (how) {
    case 'near':
      return widen(host, start)
    case 'near2':
      return widen(host, widen(host, start))
    case 'outside':
      return { ...start, networks: new Set([...start.networks, ...networksOf(host, start.namespaces)]) }
    case 'hide':
      return thing.kind === 'network' ? { ...start, namespaces: livingOnlyOn(host, thing.network.name) } : start
  }
}

/** Whether a door or socket leads in from outside. */
function leadsIn(host: Host, one: Facets): boolean {
  const namespace = indexHost(host).namespaces.get(one.namespaceId ?? '')
  const refOf = (kind: 'port' | 'listener') => one.kind === kind
  if (refOf('port'))
    return (namespace?.published ?? []).some(
      port => isOpenDoor(port) && formatRef({ kind: 'port', ...port }) === one.ref,
    )
  return (namespace?.listeners ?? []).some(
    listener => isOpenListener(listener) && formatRef({ kind: 'listener', ...listener }) === one.ref,
  )
}

/** Says of each thing of a host whether it belongs to the focus. Nothing does when the host has no such thing. */
export function focusOn(host: Host, { how, hostId, ref }: Extract<Term, { kind: 'focus' }>): (one: Facets) => boolean {
  const elsewhere = hostId !== null && hostId !== host.id
  const thing = elsewhere ? null : resolveRef(host, ref)
  if (thing === null) return () => how === 'hide'
  const self = formatRef(ref)
  const { namespaces, networks } = around(host, thing, how)
  const inside = (one: Facets): boolean =>
    one.ref === self ||
    (one.namespaceId !== null && namespaces.has(one.namespaceId)) ||
    (one.networkId !== null && networks.has(one.networkId))
  switch (how) {
    case 'near':
    case 'near2':
      return inside
    case 'outside':
      return one => {
        if (one.kind === 'interface') return true
        return inside(one) && (one.kind === 'port' || one.kind === 'listener' ? leadsIn(host, one) : true)
      }
    case 'hide':
      // Of one container among several in a namespace, the others stay.
      return one => one.ref !== self && !(one.kind !== 'container' && inside(one)) && !(isWhole(thing) && inside(one))
  }
}

const isWhole = ({ kind }: Resolved): boolean => kind === 'pod' || kind === 'namespace' || kind === 'network'
