/** Which things a filter picks, and what is left of a host without the others. Pure. */
import ipaddr from 'ipaddr.js'
import type { Finding } from '@/lib/exposure/types'
import { indexScene } from '@/lib/graph/find'
import type { Scene } from '@/lib/graph/types'
import { refOfContainer, refOfListener, refOfUnit } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import type { Host, Topology } from '@/lib/topology/types'
import { type Facets, facetsOf } from './facets'
import { focusOn } from './focus'
import { isFlag, type Term } from './parse'

const lower = (text: string) => text.toLowerCase()

/** `*` and `?` as in a shell, the whole text; without them any part of it, or for names of things exactly. */
function like(pattern: string, whole: boolean): (text: string) => boolean {
  const wanted = lower(pattern)
  if (!/[*?]/.test(wanted)) return text => (whole ? lower(text) === wanted : lower(text).includes(wanted))
  const source = wanted
    .replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.')
  const test = new RegExp(`^${source}$`, 'su')
  return text => test.test(lower(text))
}

function addressLike(value: string): (address: string) => boolean {
  if (!ipaddr.isValidCIDR(value)) return like(value, false)
  const range = ipaddr.parseCIDR(value)
  return text => {
    const [address = ''] = text.split('/')
    if (!ipaddr.isValid(address)) return false
    const parsed = ipaddr.parse(address)
    return parsed.kind() === range[0].kind() && parsed.match(range)
  }
}

function portLike(value: string): (asked: { port: number; protocol: string }) => boolean {
  const [ports = '', protocol] = value.split('/')
  const [from = 0, to = from] = ports.split('-').map(Number)
  return one => one.port >= from && one.port <= to && (protocol === undefined || one.protocol === protocol)
}

function labelLike(value: string): (label: readonly [string, string]) => boolean {
  const at = value.indexOf('=')
  const key = like(at < 0 ? value : value.slice(0, at), true)
  const wanted = at < 0 ? null : like(value.slice(at + 1), true)
  return ([name, text]) => key(name) && (wanted === null || wanted(text))
}

type Holds = (one: Facets) => boolean

function fieldHolds(field: Extract<Term, { kind: 'field' }>['field'], value: string): Holds {
  const part = like(value, false)
  const whole = like(value, true)
  switch (field) {
    case 'name':
      return one => one.names.some(part)
    case 'addr': {
      const test = addressLike(value)
      return one => one.addresses.some(test)
    }
    case 'port': {
      const test = portLike(value)
      return one => one.ports.some(test)
    }
    case 'image':
      return one => one.images.some(part)
    case 'net':
      return one => one.networks.some(whole)
    case 'pod':
      return one => one.pods.some(whole)
    case 'label': {
      const test = labelLike(value)
      return one => one.labels.some(test)
    }
    case 'state':
      return one => one.states.some(whole)
    case 'sev':
      return one => [...one.severities].some(whole)
    case 'unit':
      return one => one.units.some(part)
    case 'host':
      return one => whole(one.hostName)
    case 'is':
      return one => isFlag(value) && one.flags.has(value)
  }
}

function wordHolds(text: string): Holds {
  const part = like(text, false)
  return one =>
    [one.names, one.addresses, one.images, one.networks, one.pods, one.units].some(texts => texts.some(part)) ||
    ((one.kind === 'port' || one.kind === 'listener') && part(one.ref))
}

function holdsOn(host: Host, term: Term): Holds {
  switch (term.kind) {
    case 'word': {
      const holds = wordHolds(term.text)
      return one => holds(one) !== term.not
    }
    case 'field': {
      const any = term.values.map(value => fieldHolds(term.field, value))
      return one => any.some(holds => holds(one)) !== term.not
    }
    case 'focus':
      return focusOn(host, term)
    case 'wrong':
      return () => false
  }
}

export interface Matches {
  /** Whether the filter picks the thing of this reference. */
  has(hostId: string, ref: string): boolean
  /** Containers that match, of all that there are, without infra containers. */
  containers: number
  of: number
  /** Of the rest, what is named beside it. */
  networks: number
  doors: number
}

const keyOf = (hostId: string, ref: string) => `${hostId} ${ref}`

/** Null when there is no condition: then everything is in sight. */
export function matchFilter(
  { hosts }: Pick<Topology, 'hosts'>,
  findings: readonly Finding[],
  terms: readonly Term[],
): Matches | null {
  if (terms.length === 0) return null
  const picked = new Set<string>()
  const counts = { containers: 0, of: 0, networks: 0, doors: 0 }
  for (const host of hosts) {
    const holds = terms.map(term => holdsOn(host, term))
    for (const one of facetsOf(host, findings)) {
      if (one.counts) counts.of += 1
      const key = keyOf(host.id, one.ref)
      if (picked.has(key) || !holds.every(test => test(one))) continue
      picked.add(key)
      if (one.kind === 'container') counts.containers += one.counts ? 1 : 0
      else if (one.kind === 'network') counts.networks += 1
      else if (one.kind === 'port' || one.kind === 'listener') counts.doors += 1
    }
  }
  return { has: (hostId, ref) => picked.has(keyOf(hostId, ref)), ...counts }
}

/**
 * The hosts without what does not match, for drawing anew. A namespace stays whole: it is one box with one set of ports; its
 * networks stay with it. So do interfaces, which say where outside is.
 */
export function onlyMatching(topology: Topology, matches: Matches): Topology {
  return { ...topology, hosts: topology.hosts.map(host => reduced(host, matches)) }
}

function reduced(host: Host, matches: Matches): Host {
  const has = (ref: string) => matches.has(host.id, ref)
  const picked = host.containers.filter(one => has(formatRef(refOfContainer(host, one))))
  const pickedIds = new Set(picked.map(({ id }) => id))
  const kept = new Set(picked.map(({ namespaceId }) => namespaceId))
  for (const { id, published } of host.namespaces)
    if (published.some(port => has(formatRef({ kind: 'port', ...port })))) kept.add(id)
  const namespaces = host.namespaces.flatMap(one => {
    if (one.kind === 'host')
      return {
        ...one,
        memberIds: one.memberIds.filter(id => pickedIds.has(id)),
        listeners: one.listeners?.filter(listener => has(formatRef(refOfListener(listener)))) ?? null,
      }
    return kept.has(one.id) || one.kind === 'rootless' ? one : []
  })
  const members = new Set(namespaces.flatMap(({ memberIds }) => memberIds))
  const declared = reducedDeclared(host, has)
  const attached = new Set(
    [...namespaces, ...(declared?.namespaces ?? [])].flatMap(({ attachments }) =>
      attachments.map(one => one.networkName),
    ),
  )
  const containers = host.containers.filter(({ id }) => members.has(id))
  const networks = host.networks.filter(
    ({ id, name }) => attached.has(name) || has(`network:${name}`) || has(`network:${id}`),
  )
  // The bridge of a network that is not shown would pass for a way to the outside.
  const bridges = new Set(host.networks.flatMap(one => (one.driver === 'bridge' ? (one.interface ?? []) : [])))
  for (const one of networks) if (one.interface !== null) bridges.delete(one.interface)
  return {
    ...host,
    interfaces: host.interfaces?.filter(({ name }) => !bridges.has(name)) ?? null,
    namespaces,
    containers,
    networks,
    pods: host.pods.filter(({ containerIds }) => containerIds.some(id => members.has(id))),
    declared,
  }
}

/** What is declared stays with the network it would stand in; a pod with any of its members. */
function reducedDeclared(host: Host, has: (ref: string) => boolean): Host['declared'] {
  const { declared } = host
  if (declared === null) return null
  const picked = new Set((host.units ?? []).flatMap(unit => (has(formatRef(refOfUnit(host, unit))) ? unit.id : [])))
  const kept = new Set(
    [...declared.pods, ...declared.containers].flatMap(one => (picked.has(one.unitId) ? (one.namespaceId ?? []) : [])),
  )
  const namespaces = declared.namespaces.filter(
    ({ id, kind }) => kept.has(id) || (kind === 'rootless' && kept.size > 0),
  )
  const own = new Set(namespaces.map(({ id }) => id))
  const attached = new Set(namespaces.flatMap(({ attachments }) => attachments.map(one => one.networkName)))
  return {
    namespaces,
    networks: declared.networks.filter(({ name, unitId }) => attached.has(name) || picked.has(unitId)),
    pods: declared.pods.filter(({ namespaceId, unitId }) => picked.has(unitId) || own.has(namespaceId ?? '')),
    containers: declared.containers.filter(({ namespaceId, unitId }) => picked.has(unitId) || own.has(namespaceId)),
  }
}

/** Ids of the nodes and lines of a scene that stay bright: what matches, the boxes round it, and lines between such. */
export function keptIn(scene: Scene, matches: Matches): ReadonlySet<string> {
  const { byId } = indexScene(scene)
  const kept = new Set<string>()
  for (const node of scene.nodes) {
    const refs = node.ref === null || node.kind === 'fold' ? node.also : [formatRef(node.ref), ...node.also]
    const stays = node.kind === 'heading' || node.kind === 'host' || refs.some(ref => matches.has(node.hostId, ref))
    if (!stays) continue
    for (let at: string | null = node.id; at !== null && !kept.has(at); at = byId.get(at)?.parent ?? null) kept.add(at)
  }
  for (const edge of scene.edges) {
    // Outside is where the interface leads.
    if (edge.kind === 'uplink' && kept.has(edge.target)) kept.add(edge.source)
    if (kept.has(edge.source) && kept.has(edge.target)) kept.add(edge.id)
  }
  return kept
}
