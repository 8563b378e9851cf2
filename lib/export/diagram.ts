/**
 * A topology as nodes and lines without places, for programs that find their own. A node is a network namespace rather than
 * a container: it is what has addresses and doors.
 */
import { foldDoors, type DoorRange } from '@/lib/topology/ranges'
import { containersIn, namespaceName, podById, refOfListener, refOfPort } from '@/lib/topology/lookup'
import { formatRef, type Ref } from '@/lib/topology/ref'
import type { Container, Host, Interface, Namespace, Network, Topology } from '@/lib/topology/types'

export type DiagramKind = 'interface' | 'door' | 'listener' | 'network' | 'namespace'

export interface DiagramNode {
  /** Letters and digits, unique in the diagram; never made from a name. */
  id: string
  kind: DiagramKind
  /** Free text, one entry a line. */
  lines: string[]
  /** A file speaks of it, and it is not there. */
  isDeclared: boolean
}

/**
 * leads   a door or socket of the host → who is behind it
 * member  a namespace – a network that it is attached to
 * parent  the interface that a macvlan or ipvlan network stands on – that network
 */
export interface DiagramLine {
  kind: 'leads' | 'member' | 'parent'
  from: string
  to: string
  /** Free text; "" = none. */
  label: string
}

export interface DiagramHost {
  id: string
  label: string
  nodes: DiagramNode[]
  lines: DiagramLine[]
}

const endpoint = (ref: Ref): string => formatRef(ref).slice(ref.kind.length + 1)

const span = (from: number, to: number) => (from === to ? String(from) : `${from}-${to}`)

function doorWords({ first, last }: DoorRange, isDeclared: boolean): string[] {
  const outside = endpoint(refOfPort(first)).replace(/\d+(?=\/\w+$)/, span(first.hostPort, last.hostPort))
  const words = [outside, `to ${span(first.containerPort, last.containerPort)}`]
  if (isDeclared) words.push('would open')
  if (first.forwarded === 'no') words.push('nobody answers')
  if (first.forwarded === 'unknown') words.push('unknown whether it is passed on')
  return words
}

const NOT_THERE = 'declared, not there'

const containerWords = ({ name, state }: Container) => (state === 'running' ? name : `${name} (${state})`)

/** Those that would join a running namespace are named in it. */
const joinersOf = ({ declared }: Host, { id }: Namespace): string[] =>
  declared?.containers.flatMap(({ namespaceId, name }) => (namespaceId === id ? `${name} (declared)` : [])) ?? []

/** A namespace that would be there. */
function declaredWords({ declared }: Host, { id, kind, podId }: Namespace): string[] {
  const members = declared?.containers.filter(({ namespaceId, isInfra }) => namespaceId === id && !isInfra) ?? []
  const pod = declared?.pods.find(one => one.id === podId)
  return [
    ...(pod === undefined ? [] : [`pod ${pod.name}`]),
    ...members.map(({ name }) => name),
    ...(kind === 'private' ? [] : [kind === 'none' ? 'no network' : kind]),
    NOT_THERE,
  ]
}

function namespaceWords(host: Host, namespace: Namespace): string[] {
  const all = containersIn(host, namespace)
  const shown = all.filter(one => !one.isInfra)
  const members = [...(shown.length > 0 ? shown : all).map(containerWords), ...joinersOf(host, namespace)]
  const pod = namespace.podId === null ? null : podById(host, namespace.podId)
  switch (namespace.kind) {
    case 'host':
      return ["the host's own network", ...members]
    case 'rootless':
      return ["the user's rootless network", ...members]
    case 'path':
      return [`namespace ${namespaceName(host, namespace)}`, ...members]
    case 'private':
    case 'none':
    case 'pasta':
    case 'slirp4netns': {
      const uplink = namespace.kind === 'private' ? [] : [namespace.kind === 'none' ? 'no network' : namespace.kind]
      return [...(pod === null ? [] : [`pod ${pod.name}`]), ...members, ...uplink]
    }
  }
}

function networkWords({ name, driver, mode, subnets, internal, isolation }: Network): string[] {
  const isolated = isolation.effective === 'none' || isolation.effective === 'unknown' ? [] : [isolation.effective]
  const kind = [mode === null ? driver : `${driver} ${mode}`, ...(internal ? ['internal'] : []), ...isolated]
  return [name, kind.join(', '), ...subnets.map(({ cidr }) => cidr)]
}

/** The host's own ways out: no loopback, no near ends of containers' cables, no bridges of networks. */
function uplinks(host: Host): Interface[] {
  const bridges = new Set(host.networks.flatMap(one => (one.driver === 'bridge' ? (one.interface ?? []) : [])))
  const parents = new Set(host.networks.flatMap(one => (one.driver === 'bridge' ? [] : (one.interface ?? []))))
  return (host.interfaces ?? []).filter(
    ({ name, kind, master, addresses }) =>
      parents.has(name) ||
      (kind !== 'loopback' && !(kind === 'veth' && master !== null) && !bridges.has(name) && addresses.length > 0),
  )
}

/** Unused ones of the host and the user have nothing to say. */
const isWorthShowing = (host: Host, { id, kind, memberIds, published, listeners }: Namespace) =>
  (kind !== 'host' && kind !== 'rootless') ||
  memberIds.length + published.length + (listeners?.length ?? 0) > 0 ||
  host.declared?.containers.some(({ namespaceId }) => namespaceId === id) === true

function diagramOfHost(host: Host, place: number): DiagramHost {
  const id = `h${place}`
  const nodes: DiagramNode[] = []
  const lines: DiagramLine[] = []
  const add = (kind: DiagramKind, words: string[], isDeclared = false): string => {
    const node = { id: `${id}n${nodes.length}`, kind, lines: words, isDeclared }
    nodes.push(node)
    return node.id
  }
  const interfaces = new Map(
    uplinks(host).map(one => [
      one.name,
      add('interface', [one.name, ...one.addresses.filter(address => !address.startsWith('fe80:'))]),
    ]),
  )
  const networks = new Map(host.networks.map(one => [one.id, add('network', networkWords(one))]))
  for (const one of host.declared?.networks ?? [])
    networks.set(one.id, add('network', [...networkWords(one), NOT_THERE], true))
  const byName = new Map([...(host.declared?.networks ?? []), ...host.networks].map(one => [one.name, one.id]))
  for (const { id: networkId, driver, interface: parent } of [...host.networks, ...(host.declared?.networks ?? [])]) {
    const [from, to] = [interfaces.get(parent ?? ''), networks.get(networkId)]
    if (driver !== 'bridge' && from !== undefined && to !== undefined)
      lines.push({ kind: 'parent', from, to, label: '' })
  }
  const there = host.namespaces.filter(one => isWorthShowing(host, one))
  const declared = (host.declared?.namespaces ?? []).filter(({ kind }) => kind !== 'rootless')
  for (const namespace of [...there, ...declared]) {
    const isDeclared = !host.namespaces.includes(namespace)
    const words = isDeclared ? declaredWords(host, namespace) : namespaceWords(host, namespace)
    const box = add('namespace', words, isDeclared)
    for (const { networkName, addresses } of namespace.attachments) {
      // A network that is named and does not exist is still said.
      const to = networks.get(byName.get(networkName) ?? '') ?? add('network', [networkName, 'no such network'])
      lines.push({ kind: 'member', from: box, to, label: addresses.join(' ') })
    }
    for (const range of foldDoors(namespace.published))
      lines.push({ kind: 'leads', from: add('door', doorWords(range, isDeclared), isDeclared), to: box, label: '' })
    if (namespace.kind !== 'host') continue
    for (const listener of namespace.listeners ?? []) {
      const words = [endpoint(refOfListener(listener)), ...(listener.process === null ? [] : [listener.process])]
      lines.push({ kind: 'leads', from: add('listener', words), to: box, label: '' })
    }
  }
  const engine = host.engine === null ? '' : `, Podman ${host.engine.podman}`
  const doubt = host.status === 'stale' || host.status === 'unreachable' ? `, ${host.status}` : ''
  return { id, label: `${host.name}${engine}${doubt}`, nodes, lines }
}

/** Each host apart: lines never lead from one to another. */
export const diagramOf = ({ hosts }: Pick<Topology, 'hosts'>): DiagramHost[] => hosts.map(diagramOfHost)

/** What has no glyph or turns the writing round, and halves of pairs: shown as what it is, so that one name cannot look like another. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/gu
const LONGEST = 300

/** Free text in one line that hides nothing. */
export const plainLine = (text: string): string =>
  (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text).replaceAll(
    INVISIBLE,
    character => `(U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`,
  )
