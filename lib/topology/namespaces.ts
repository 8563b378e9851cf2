/**
 * Which containers share a network namespace. Two sources: what the records say (mode, pod, path), and the inode of the
 * namespace that a running process really is in. Where both speak the inode wins, and the contradiction is noted.
 */
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import { type Claim, claimOf, isLive } from './claims'
import type { Notes } from './notes'
import { bySummary } from './order'
import type { NamespaceKind } from './types'

/** One real network namespace, in terms of the snapshot. */
export interface NamespacePlan {
  /** Last part of the id: "host", "rootless", "path:…", or the owner's full id. */
  key: string
  kind: NamespaceKind
  /** null for host, rootless and path. */
  owner: ContainerRecord | null
  /** The owner's own claim, which says how far its networks and ports are to be trusted. */
  claim: Claim['kind']
  /** By name, then id. */
  members: ContainerRecord[]
  /** Inode, where a running member shows it. */
  netns: string | null
}

export interface NamespacePlans {
  /** The snapshot's containers by name, then id. */
  records: readonly ContainerRecord[]
  plans: readonly NamespacePlan[]
  /** By the container's full id. */
  planOf: ReadonlyMap<string, NamespacePlan>
}

/** Longer chains of `container:` are no configuration but an accident. */
const MAX_HOPS = 16
const HOST = 'host'
const ROOTLESS = 'rootless'

/** One container on the way to its namespace. */
interface Place {
  record: ContainerRecord
  claim: Claim
  /** Of its namespace, as far as is known by now: to begin with, its own id. */
  key: string
}

type PlacesById = ReadonlyMap<string, Place>

/** Groups the containers of a snapshot by network namespace. The host's own namespace is always there. */
export function planNamespaces(snapshot: HostSnapshot, notes: Notes): NamespacePlans {
  const records = [...snapshot.containers].sort(bySummary)
  const places = placesOf(snapshot, records, notes)
  const byId: PlacesById = new Map(places.map(place => [place.record.summary.id, place]))
  goByConfiguration(places, followJoins(places, byId, notes))
  const host = hostInode(snapshot, places)
  moveToInodes(places, byId, host, notes)

  const plans = new Map<string, NamespacePlan>()
  plans.set(HOST, { key: HOST, kind: 'host', owner: null, claim: 'host', members: [], netns: host })
  const planOf = new Map<string, NamespacePlan>()
  for (const { record, key } of places) {
    let plan = plans.get(key)
    if (plan === undefined) plans.set(key, (plan = newPlan(key, byId.get(key))))
    plan.members.push(record)
    if (plan.kind !== 'host') plan.netns ??= record.summary.netns
    planOf.set(record.summary.id, plan)
    if (plan.owner === record && plan.claim === 'undecided')
      notes.add(record.summary.id, 'what its network namespace is attached to is not known')
  }
  if (hasRootlessBridges(snapshot, plans.values()))
    plans.set(ROOTLESS, { key: ROOTLESS, kind: 'rootless', owner: null, claim: 'host', members: [], netns: null })
  return { records, plans: [...plans.values()], planOf }
}

function placesOf(snapshot: HostSnapshot, records: readonly ContainerRecord[], notes: Notes): Place[] {
  const pods = new Map(snapshot.pods.map(pod => [pod.summary.id, pod]))
  return records.map(record => {
    const { id, podId } = record.summary
    const pod = podId === null ? undefined : pods.get(podId)
    return { record, claim: claimOf(record, pod, text => notes.add(id, text)), key: id }
  })
}

/** Joiner → the one at the end of its chain of joins. Whose chain ends nowhere stands at its end itself. */
function followJoins(places: readonly Place[], byId: PlacesById, notes: Notes): ReadonlyMap<Place, Place> {
  const roots = new Map<Place, Place>()
  for (const place of places) {
    if (place.claim.kind !== 'join') continue
    const end = endOfChain(place, byId)
    roots.set(place, 'root' in end ? end.root : place)
    if ('broken' in end) notes.add(place.record.summary.id, end.broken)
  }
  return roots
}

function endOfChain(start: Place, byId: PlacesById): { root: Place } | { broken: string } {
  const seen = new Set([start])
  let current = start
  for (let hops = 0; hops <= MAX_HOPS; hops++) {
    const { claim } = current
    if (claim.kind !== 'join') return { root: current }
    const next = byId.get(claim.target)
    if (next === undefined)
      // Whoever joins a container that dangles is still with that one.
      return current === start ? { broken: `container:${claim.target.slice(0, 12)} does not exist` } : { root: current }
    if (next === start) return { broken: 'its network mode leads back to itself' }
    if (seen.has(next)) return { broken: 'its network mode leads into a circle' }
    seen.add(next)
    current = next
  }
  return { broken: `its network mode leads through more than ${MAX_HOPS} containers` }
}

/** To the namespace that the modes have. */
function goByConfiguration(places: readonly Place[], roots: ReadonlyMap<Place, Place>): void {
  let sandboxes: ReadonlyMap<string, string> | null = null
  for (const place of places) {
    const root = place.claim.kind === 'join' ? (roots.get(place) ?? place) : place
    const { claim } = root
    if (claim.kind === 'host') place.key = HOST
    else if (claim.kind === 'path') {
      sandboxes ??= ownersOfSandboxes(places)
      place.key = sandboxes.get(claim.path) ?? `path:${claim.path}`
    } else place.key = root.record.summary.id
  }
}

/** `ns:PATH` may name the file that Podman itself made for a running container. */
function ownersOfSandboxes(places: readonly Place[]): Map<string, string> {
  const owners = new Map<string, string>()
  for (const { record, claim } of places)
    if (record.detail?.sandboxKey && ownsNamespace(claim)) owners.set(record.detail.sandboxKey, record.summary.id)
  return owners
}

/** True when Podman made a namespace for it. */
const ownsNamespace = ({ kind }: Claim): boolean =>
  kind === 'private' || kind === 'none' || kind === 'pasta' || kind === 'slirp4netns'

/** The inode of the host's namespace: as proven by the probe, else what all host-mode containers agree on. */
function hostInode(snapshot: HostSnapshot, places: readonly Place[]): string | null {
  if (snapshot.probe.hostNetns !== null) return snapshot.probe.hostNetns
  const seen = new Set<string>()
  for (const { record, claim } of places)
    if (record.summary.netns !== null && claim.kind === 'host') seen.add(record.summary.netns)
  const [inode] = seen
  return seen.size === 1 && inode !== undefined ? inode : null
}

/** Corrects keys by the inodes of running containers; whoever is nowhere known becomes an orphan. */
function moveToInodes(places: readonly Place[], byId: PlacesById, host: string | null, notes: Notes): void {
  const homes = homesByInode(places, byId, host)
  // Where an owner moves, those who are with it by configuration alone (stopped ones) move too.
  const moved = new Map<string, string>()
  for (const { record, key } of places) {
    const { id, netns } = record.summary
    const home = netns === null || key !== id ? undefined : homes.get(netns)
    if (home !== undefined && home !== id) moved.set(id, home)
  }
  for (const place of places) {
    const { id, netns } = place.record.summary
    const configured = place.key
    if (netns === null || (configured === HOST && host === null)) {
      place.key = moved.get(configured) ?? configured
      continue
    }
    const home = homes.get(netns) ?? id
    homes.set(netns, home)
    place.key = home
    const claim = place.claim.kind
    if (home === configured || claim === 'path' || claim === 'undecided') continue
    const where = home === id ? 'one of its own' : home === HOST ? "the host's" : `that of ${nameOf(byId, home)}`
    notes.add(id, `runs in another network namespace than its mode says: ${where}`)
    if (home === id) place.claim = { kind: 'orphan' }
  }
}

/**
 * Inode → namespace. The host's comes first, then those that Podman made, then what is left; so the firmest claim names it.
 * One namespace of the configuration has one inode: that of its owner, else that of its first running member.
 */
function homesByInode(places: readonly Place[], byId: PlacesById, host: string | null): Map<string, string> {
  const homes = new Map<string, string>()
  if (host !== null) homes.set(host, HOST)
  const settled = new Set([HOST])
  const settle = (chosen: (place: Place) => boolean) => {
    for (const place of places) {
      const { key } = place
      const { netns } = place.record.summary
      if (netns === null || !chosen(place) || homes.has(netns) || settled.has(key)) continue
      homes.set(netns, key)
      settled.add(key)
    }
  }
  const isOwner = ({ record, key }: Place) => record.summary.id === key
  settle(place => isOwner(place) && ownsNamespace(place.claim))
  settle(place => isOwner(place) && !ownsNamespace(place.claim))
  // An owner that is seen elsewhere leaves no namespace behind for those who meant to join it.
  settle(place => !isOwner(place) && (byId.get(place.key)?.record.summary.netns ?? null) === null)
  return homes
}

const nameOf = (byId: PlacesById, key: string) => byId.get(key)?.record.summary.name ?? key

function newPlan(key: string, place: Place | undefined): NamespacePlan {
  const claim = place?.claim.kind ?? 'path'
  const owner = place === undefined || claim === 'path' ? null : place.record
  return { key, kind: kindOf(claim), owner, claim, members: [], netns: owner?.summary.netns ?? null }
}

function kindOf(claim: Claim['kind']): NamespaceKind {
  switch (claim) {
    case 'host':
    case 'none':
    case 'private':
    case 'pasta':
    case 'slirp4netns':
    case 'path':
      return claim
    // A join that owns a namespace leads nowhere.
    case 'join':
    case 'undecided':
    case 'orphan':
      return 'private'
  }
}

/** A user's bridges live in one namespace of that user, which is there as soon as one container uses them. */
function hasRootlessBridges(snapshot: HostSnapshot, plans: Iterable<NamespacePlan>): boolean {
  if (snapshot.rootless !== true) return false
  for (const { claim, owner } of plans)
    if (claim === 'private' && owner && isLive(owner)) {
      const { summary, detail } = owner
      if (summary.networks.length > 0 || (detail?.attachments?.length ?? 0) > 0) return true
    }
  return false
}
