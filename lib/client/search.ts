/** What `/` finds: everything that has a name, an address, a port, an image or a unit. Pure. */
import {
  containersIn,
  hostNamespace,
  namespaceName,
  namespaceOf,
  refOfContainer,
  refOfInterface,
  refOfListener,
  refOfNamespace,
  refOfNetwork,
  refOfPod,
  refOfPort,
  refOfUnit,
} from '@/lib/topology/lookup'
import { foldDoors } from '@/lib/topology/ranges'
import { formatRef, type Ref } from '@/lib/topology/ref'
import type { Host, Topology } from '@/lib/topology/types'
import { endpointText, insideText, rangeText } from './ports'

export interface SearchEntry {
  hostId: string
  hostName: string
  ref: Ref
  title: string
  /** What else it is found by, for people: image, addresses, who is behind a door. */
  detail: string
  /** Lower case. */
  haystack: string
}

const entry = (host: Host, ref: Ref, title: string, ...rest: readonly (string | null)[]): SearchEntry => {
  const detail = rest.filter(text => text !== null && text !== '').join(' · ')
  return {
    hostId: host.id,
    hostName: host.name,
    ref,
    title,
    detail,
    haystack: `${title} ${detail} ${ref.kind}`.toLowerCase(),
  }
}

/** A range is found by who is behind it; its single ports only by their number. */
function* doorsIn(host: Host): Generator<SearchEntry> {
  const seen = new Set<string>()
  const isNew = (ref: Ref) => seen.size < seen.add(formatRef(ref)).size
  for (const namespace of host.namespaces) {
    const behind = containersIn(host, namespace).filter(container => !container.isInfra)
    const names = behind.map(({ name }) => name).join(' ')
    for (const range of foldDoors(namespace.published)) {
      const ref = refOfPort(range.first)
      if (isNew(ref)) yield entry(host, ref, rangeText(range), `→ ${insideText(range)}`, names)
    }
    for (const port of namespace.published) {
      const ref = refOfPort(port)
      if (isNew(ref)) yield entry(host, ref, endpointText(ref), `→ ${port.containerPort}`)
    }
  }
  for (const listener of hostNamespace(host)?.listeners ?? []) {
    const ref = refOfListener(listener)
    if (isNew(ref)) yield entry(host, ref, endpointText(ref), listener.process, 'listens on the host')
  }
}

function* entriesOf(host: Host): Generator<SearchEntry> {
  yield entry(
    host,
    { kind: 'host' },
    host.name,
    host.machine,
    host.engine === null ? null : `Podman ${host.engine.podman}`,
  )
  for (const container of host.containers) {
    const addresses = namespaceOf(host, container)?.attachments.flatMap(one => [
      ...one.addresses,
      one.mac ?? '',
      ...one.aliases,
    ])
    const ref = refOfContainer(host, container)
    yield entry(
      host,
      ref,
      container.name,
      container.image,
      addresses?.filter(Boolean).join(' ') ?? null,
      container.unit,
      container.state,
    )
  }
  for (const network of host.networks) {
    const subnets = network.subnets.flatMap(({ cidr, gateway }) => [cidr, gateway ?? '']).filter(Boolean)
    yield entry(host, refOfNetwork(host, network), network.name, network.driver, subnets.join(' '), network.interface)
  }
  for (const pod of host.pods) yield entry(host, refOfPod(host, pod), pod.name)
  yield* doorsIn(host)
  for (const one of host.interfaces ?? [])
    yield entry(host, refOfInterface(one), one.name, one.kind, one.addresses.join(' '))
  for (const { unitId, name } of [
    ...(host.declared?.networks ?? []),
    ...(host.declared?.pods ?? []),
    ...(host.declared?.containers.filter(({ isInfra }) => !isInfra) ?? []),
  ]) {
    const unit = host.units?.find(({ id }) => id === unitId)
    if (unit !== undefined) yield entry(host, refOfUnit(host, unit), name, unit.name, unit.service, 'declared')
  }
  for (const namespace of host.namespaces) {
    const shared = namespace.memberIds.length > 1 || namespace.kind === 'path' || namespace.kind === 'rootless'
    if (shared) yield entry(host, refOfNamespace(host, namespace), namespaceName(host, namespace), namespace.kind)
  }
}

export const buildSearchIndex = (topology: Topology): SearchEntry[] =>
  topology.hosts.flatMap(host => [...entriesOf(host)])

/** Lower is better; null when a word is nowhere. Every word must be found. */
function rankOf(one: SearchEntry, words: readonly string[]): number | null {
  if (!words.every(word => one.haystack.includes(word))) return null
  const title = one.title.toLowerCase()
  const [first = ''] = words
  if (title === first) return 0
  if (title.startsWith(first)) return 1
  if (title.includes(first)) return 2
  return 3
}

/** The best matches, at most `limit`; equal ones in the order of the index. */
export function search(index: readonly SearchEntry[], query: string, limit = 40): SearchEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  return index
    .flatMap(one => {
      const rank = rankOf(one, words)
      return rank === null ? [] : [{ one, rank }]
    })
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ one }) => one)
}
