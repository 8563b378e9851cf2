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

/** Groups the containers of a snapshot by network namespace. The host's own namespace is always there. */
export function planNamespaces(snapshot: HostSnapshot, notes: Notes): NamespacePlans {
  const records = [...snapshot.containers].sort(bySummary)
  const byId = new Map(records.map(record => [record.summary.id, record]))
  const claims = readClaims(snapshot, records, notes)
  const keys = keysByConfiguration(records, claims, followJoins(records, byId, claims, notes))
  const host = hostInode(snapshot, records, claims)
  moveToInodes(records, byId, claims, keys, host, notes)

  const plans = new Map<string, NamespacePlan>()
  plans.set(HOST, { key: HOST, kind: 'host', owner: null, claim: 'host', members: [], netns: host })
  const planOf = new Map<string, NamespacePlan>()
  for (const record of records) {
    const key = keys.get(record.summary.id) ?? record.summary.id
    const plan = plans.get(key) ?? newPlan(key, byId.get(key) ?? null, claims)
    plans.set(key, plan)
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

function readClaims(snapshot: HostSnapshot, records: readonly ContainerRecord[], notes: Notes): Map<string, Claim> {
  const pods = new Map(snapshot.pods.map(pod => [pod.summary.id, pod]))
  const claims = new Map<string, Claim>()
  for (const record of records) {
    const { id, podId } = record.summary
    const pod = podId === null ? undefined : pods.get(podId)
    const claim = claimOf(record, pod, text => notes.add(id, text))
    claims.set(id, claim)
  }
  return claims
}

/** Joiner → the one at the end of its chain of joins. Whose chain ends nowhere stands at its end itself. */
function followJoins(
  records: readonly ContainerRecord[],
  byId: ReadonlyMap<string, ContainerRecord>,
  claims: ReadonlyMap<string, Claim>,
  notes: Notes,
): Map<string, string> {
  const roots = new Map<string, string>()
  for (const { summary } of records) {
    if (claims.get(summary.id)?.kind !== 'join') continue
    const end = endOfChain(summary.id, byId, claims)
    roots.set(summary.id, 'root' in end ? end.root : summary.id)
    if ('broken' in end) notes.add(summary.id, end.broken)
  }
  return roots
}

function endOfChain(
  start: string,
  byId: ReadonlyMap<string, ContainerRecord>,
  claims: ReadonlyMap<string, Claim>,
): { root: string } | { broken: string } {
  const seen = new Set([start])
  let current = start
  for (let hops = 0; hops <= MAX_HOPS; hops++) {
    const claim = claims.get(current)
    if (claim?.kind !== 'join') return { root: current }
    if (!byId.has(claim.target))
      // Whoever joins a container that dangles is still with that one.
      return current === start ? { broken: `container:${claim.target.slice(0, 12)} does not exist` } : { root: current }
    if (claim.target === start) return { broken: 'its network mode leads back to itself' }
    if (seen.has(claim.target)) return { broken: 'its network mode leads into a circle' }
    seen.add(claim.target)
    current = claim.target
  }
  return { broken: `its network mode leads through more than ${MAX_HOPS} containers` }
}

/** Container → namespace, as the modes have it. */
function keysByConfiguration(
  records: readonly ContainerRecord[],
  claims: ReadonlyMap<string, Claim>,
  roots: ReadonlyMap<string, string>,
): Map<string, string> {
  let sandboxes: ReadonlyMap<string, string> | null = null
  const keys = new Map<string, string>()
  for (const { summary } of records) {
    const root = roots.get(summary.id) ?? summary.id
    const claim = claims.get(root)
    if (claim?.kind === 'host') keys.set(summary.id, HOST)
    else if (claim?.kind === 'path') {
      sandboxes ??= ownersOfSandboxes(records, claims)
      keys.set(summary.id, sandboxes.get(claim.path) ?? `path:${claim.path}`)
    } else keys.set(summary.id, root)
  }
  return keys
}

/** `ns:PATH` may name the file that Podman itself made for a running container. */
function ownersOfSandboxes(
  records: readonly ContainerRecord[],
  claims: ReadonlyMap<string, Claim>,
): Map<string, string> {
  const owners = new Map<string, string>()
  for (const { summary, detail } of records)
    if (detail?.sandboxKey && ownsNamespace(claims.get(summary.id))) owners.set(detail.sandboxKey, summary.id)
  return owners
}

/** True when Podman made a namespace for it. */
const ownsNamespace = (claim: Claim | undefined): boolean =>
  claim?.kind === 'private' || claim?.kind === 'none' || claim?.kind === 'pasta' || claim?.kind === 'slirp4netns'

/** The inode of the host's namespace: as proven by the probe, else what all host-mode containers agree on. */
function hostInode(
  snapshot: HostSnapshot,
  records: readonly ContainerRecord[],
  claims: ReadonlyMap<string, Claim>,
): string | null {
  if (snapshot.probe.hostNetns !== null) return snapshot.probe.hostNetns
  const seen = new Set<string>()
  for (const { summary } of records)
    if (summary.netns !== null && claims.get(summary.id)?.kind === 'host') seen.add(summary.netns)
  const [inode] = seen
  return seen.size === 1 && inode !== undefined ? inode : null
}

/** Corrects `keys` by the inodes of running containers; whoever is nowhere known becomes an orphan in `claims`. */
function moveToInodes(
  records: readonly ContainerRecord[],
  byId: ReadonlyMap<string, ContainerRecord>,
  claims: Map<string, Claim>,
  keys: Map<string, string>,
  host: string | null,
  notes: Notes,
): void {
  const homes = homesByInode(records, byId, claims, keys, host)
  // Where an owner moves, those who are with it by configuration alone (stopped ones) move too.
  const moved = new Map<string, string>()
  for (const { summary } of records) {
    const home = summary.netns === null ? undefined : homes.get(summary.netns)
    if (home !== undefined && keys.get(summary.id) === summary.id) moved.set(summary.id, home)
  }
  for (const { summary } of records) {
    const { id, netns } = summary
    const configured = keys.get(id) ?? id
    if (netns === null || (configured === HOST && host === null)) {
      keys.set(id, moved.get(configured) ?? configured)
      continue
    }
    const home = homes.get(netns) ?? id
    homes.set(netns, home)
    keys.set(id, home)
    const claim = claims.get(id)?.kind
    if (home === configured || claim === 'path' || claim === 'undecided') continue
    const where = home === id ? 'one of its own' : home === HOST ? "the host's" : `that of ${nameOf(byId, home)}`
    notes.add(id, `runs in another network namespace than its mode says: ${where}`)
    if (home === id) claims.set(id, { kind: 'orphan' })
  }
}

/**
 * Inode → namespace. The host's comes first, then those that Podman made, then what is left; so the firmest claim names it.
 * One namespace of the configuration has one inode: that of its owner, else that of its first running member.
 */
function homesByInode(
  records: readonly ContainerRecord[],
  byId: ReadonlyMap<string, ContainerRecord>,
  claims: ReadonlyMap<string, Claim>,
  keys: ReadonlyMap<string, string>,
  host: string | null,
): Map<string, string> {
  const homes = new Map<string, string>()
  if (host !== null) homes.set(host, HOST)
  const settled = new Set([HOST])
  const settle = (chosen: (id: string, key: string) => boolean) => {
    for (const { summary } of records) {
      const key = keys.get(summary.id) ?? summary.id
      if (summary.netns === null || homes.has(summary.netns) || settled.has(key) || !chosen(summary.id, key)) continue
      homes.set(summary.netns, key)
      settled.add(key)
    }
  }
  settle((id, key) => id === key && ownsNamespace(claims.get(id)))
  settle((id, key) => id === key)
  // An owner that is seen elsewhere leaves no namespace behind for those who meant to join it.
  settle((_, key) => (byId.get(key)?.summary.netns ?? null) === null)
  return homes
}

const nameOf = (byId: ReadonlyMap<string, ContainerRecord>, key: string) => byId.get(key)?.summary.name ?? key

function newPlan(key: string, owner: ContainerRecord | null, claims: ReadonlyMap<string, Claim>): NamespacePlan {
  const claim = owner === null ? 'path' : (claims.get(key)?.kind ?? 'undecided')
  return {
    key,
    kind: kindOf(claim),
    owner: claim === 'path' ? null : owner,
    claim,
    members: [],
    netns: claim === 'path' ? null : (owner?.summary.netns ?? null),
  }
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
