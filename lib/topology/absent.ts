/** What quadlet files declare and is not there, wired as what runs is: in the same networks, pods and namespaces. */
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import type { DeclaredUnit } from '@/lib/quadlet/types'
import { infraId, networkOf, podOf, wiringOf } from './declared'
import { recordOfUnit, type Wiring } from './declared-container'
import { containerId, unitId } from './ids'
import { Notes } from './notes'
import { buildParts } from './parts'
import type { Declared, Namespace, Unit } from './types'

const NOTHING: Declared = { networks: [], namespaces: [], pods: [], containers: [] }

/**
 * Files of which the service makes one container, pod or network, and none is there. What Podman skips makes none, and what
 * nobody may read is not known; templates and kubes do not say what they make.
 */
const isAbsent = ({ kind, present, thingIds, isTemplate, problems }: Unit): boolean =>
  (kind === 'container' || kind === 'pod' || kind === 'network') &&
  present === 'no' &&
  thingIds.length === 0 &&
  !isTemplate &&
  problems.every(({ effect }) => effect !== 'skipped' && effect !== 'unread')

/** `units` are the contract's of this snapshot; `known` are the ids of its namespaces. */
export function buildDeclared(snapshot: HostSnapshot, units: readonly Unit[], known: ReadonlySet<string>): Declared {
  const hostId = snapshot.connection.id
  const absentIds = new Set(units.filter(isAbsent).map(({ id }) => id))
  if (absentIds.size === 0 || snapshot.units?.known !== true) return NOTHING
  const files = new Map<string, DeclaredUnit>()
  // Of two files of one name the first in Podman's order is the unit.
  for (const { unit } of snapshot.units.units) if (!files.has(unit.name)) files.set(unit.name, unit)
  const absent = [...files.values()].filter(({ path }) => absentIds.has(unitId(hostId, path)))
  const { beside, unitOf, doubts } = besides(snapshot, absent, files, units)
  const parts = buildParts(beside, new Notes())
  const made = new Map([...unitOf].map(([id, unit]) => [id, unitId(hostId, unit.path)]))
  const unitIdOf = (id: string) => made.get(id.slice(id.indexOf(':', hostId.length + 1) + 1))
  const ofUnit = <T extends { id: string }>(things: Iterable<T>) =>
    [...things].flatMap(thing => {
      const from = unitIdOf(thing.id)
      return from === undefined ? [] : [{ ...thing, unitId: from }]
    })
  return {
    networks: ofUnit(parts.networks),
    namespaces: parts.namespaces.filter(({ id }) => !known.has(id)).map(one => withDoubt(one, doubts)),
    pods: ofUnit(parts.pods),
    containers: ofUnit(parts.containers.values()).map(
      ({ id, name, namespaceId, podId, isInfra, privileged, capabilities, unitId: from }) => ({
        id,
        name,
        namespaceId,
        podId,
        isInfra,
        privileged,
        capabilities,
        unitId: from,
      }),
    ),
  }
}

const withDoubt = (namespace: Namespace, doubts: ReadonlyMap<string, string>): Namespace => {
  const because = doubts.get(namespace.ownerId ?? '')
  if (because === undefined) return namespace
  return { ...namespace, published: namespace.published.map(port => ({ ...port, forwarded: 'unknown', because })) }
}

interface Besides {
  /** What is absent, with those of the running ones that it joins. */
  beside: HostSnapshot
  /** By the engine's id that it has in there. */
  unitOf: ReadonlyMap<string, DeclaredUnit>
  /** Why the wiring of a container is not known, by its id. */
  doubts: ReadonlyMap<string, string>
}

function besides(
  snapshot: HostSnapshot,
  absent: readonly DeclaredUnit[],
  files: ReadonlyMap<string, DeclaredUnit>,
  units: readonly Unit[],
): Besides {
  const hostId = snapshot.connection.id
  const there = idsThatAreThere(snapshot, units)
  const defaults = {
    rootless: snapshot.rootless ?? false,
    podman: snapshot.podmanVersion,
    rootlessNetworkCmd: snapshot.info?.rootlessNetworkCmd ?? null,
    defaultNetwork: snapshot.info?.defaultNetwork ?? null,
  }
  const unitOf = new Map<string, DeclaredUnit>()
  const doubts = new Map<string, string>()
  const records: ContainerRecord[] = []
  for (const unit of absent) {
    unitOf.set(unit.name, unit)
    if (unit.kind === 'network') continue
    const declared = wiringOf(unit, files, defaults)
    const wiring: Wiring = {
      ...declared,
      mode: declared.mode.replace(/^container:(.*)$/s, (mode, id: string) =>
        there.has(id) ? `container:${there.get(id)}` : mode,
      ),
      podId: there.get(declared.podId ?? '') ?? declared.podId,
    }
    unitOf.set(wiring.id, unit)
    const doubt = doubtOf(unit, wiring, snapshot)
    const record = recordOfUnit(unit, wiring)
    if (doubt === null) records.push(record)
    else {
      doubts.set(containerId(hostId, wiring.id), doubt)
      records.push({ summary: { ...record.summary, networks: [] }, detail: null, problem: doubt })
    }
  }
  const pods = absent.filter(({ kind }) => kind === 'pod').map(unit => podOf(unit, records))
  return {
    beside: {
      ...snapshot,
      containers: [...records, ...joined(snapshot, records)],
      networks: [...snapshot.networks, ...absent.filter(({ kind }) => kind === 'network').map(networkOf)],
      pods: [...snapshot.pods, ...pods],
      // netavark writes its rules when a container starts: that there are none now says nothing.
      probe: { ...snapshot.probe, firewall: { known: false, because: 'it does not run' } },
    },
    unitOf,
    doubts,
  }
}

/** Why nobody can tell from the file what it is attached to. */
function doubtOf(unit: DeclaredUnit, { mode, problems }: Wiring, { rootless }: HostSnapshot): string | null {
  if (problems[0] !== undefined) return problems[0]
  if (mode === 'bridge' && unit.networks.some(({ name, value }) => name === null && value.kind !== 'private'))
    return 'the name of a network is decided when it starts'
  const isDefault = unit.networks.every(({ value }) => value.kind === 'private')
  return rootless === null && isDefault && unit.pod === null ? 'whether this Podman is rootless is not known' : null
}

/** By the ids and names that files use: the engine's ids of what is there. */
function idsThatAreThere(snapshot: HostSnapshot, units: readonly Unit[]): Map<string, string> {
  const hostId = snapshot.connection.id
  const fileNames = new Set(units.map(({ name }) => name))
  const ids = new Map<string, string>()
  for (const { summary } of snapshot.containers) if (!fileNames.has(summary.name)) ids.set(summary.name, summary.id)
  const containers = new Map(snapshot.containers.map(({ summary: { id } }) => [containerId(hostId, id), id]))
  for (const { kind, name, thingIds } of units) {
    const [thing = ''] = thingIds
    const own = containers.get(thing)
    if (kind === 'container' && own !== undefined) ids.set(name, own)
    if (kind !== 'pod') continue
    const pod = snapshot.pods.find(({ summary }) => thing.endsWith(`:pod:${summary.id}`))
    if (pod === undefined) continue
    ids.set(name, pod.summary.id)
    const infra = pod.detail?.infraId ?? pod.summary.infraId
    if (infra !== null) ids.set(infraId(name), infra)
  }
  return ids
}

/** The running ones that these join, and whom those join; copies, so that what was made of the originals is not forgotten. */
function joined(snapshot: HostSnapshot, records: readonly ContainerRecord[]): ContainerRecord[] {
  const byId = new Map(snapshot.containers.map(record => [record.summary.id, record]))
  const taken = new Map<string, ContainerRecord>()
  const take = ({ detail }: ContainerRecord) => {
    const target = /^container:(.*)$/s.exec(detail?.networkMode ?? '')?.[1] ?? ''
    const record = byId.get(target)
    if (record === undefined || taken.has(target)) return
    taken.set(target, { ...record })
    take(record)
  }
  records.forEach(take)
  return [...taken.values()]
}
