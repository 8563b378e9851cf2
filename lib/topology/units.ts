/** Quadlet files beside what of them is there. */
import type { ContainerRecord, HostSnapshot, UnitRecord } from '@/lib/collector/types'
import type { DeclaredUnit } from '@/lib/quadlet/types'
import { isLive } from './claims'
import { containerId, networkId, podId, unitId } from './ids'
import { readBindAddress } from './scope'
import type { Unit, UnitDoor } from './types'

/** systemd unit that runs the container; quadlets and `podman generate systemd` set it. */
const UNIT_LABEL = 'PODMAN_SYSTEMD_UNIT'

/** The systemd unit of a container; null when it has none. */
export const unitOf = ({ summary: { labels } }: ContainerRecord): string | null =>
  Object.hasOwn(labels, UNIT_LABEL) ? (labels[UNIT_LABEL] ?? null) : null

interface Things {
  /** Containers by the service that runs them. */
  byService: ReadonlyMap<string, readonly ContainerRecord[]>
  pods: ReadonlyMap<string, string>
  networks: ReadonlyMap<string, string>
  /** null = not read. */
  volumes: ReadonlySet<string> | null
  /** Services that a file of their own makes. */
  services: ReadonlySet<string>
  wasRead: boolean
}

/** Units of the contract, sorted by name; null with the reason when the files are not known. */
export function buildUnits(snapshot: HostSnapshot): { units: Unit[] | null; unitsUnknownBecause: string | null } {
  const { units: read } = snapshot
  if (read === undefined) return { units: null, unitsUnknownBecause: 'Nobody looked for quadlet files.' }
  if (!read.known) return { units: null, unitsUnknownBecause: read.because }
  const things = thingsOf(snapshot, read.units)
  return {
    units: read.units.map(record => unitOfRecord(snapshot.connection.id, record, things)),
    unitsUnknownBecause: null,
  }
}

function thingsOf(snapshot: HostSnapshot, units: readonly UnitRecord[]): Things {
  const hostId = snapshot.connection.id
  const byService = new Map<string, ContainerRecord[]>()
  for (const record of snapshot.containers) {
    const service = unitOf(record)
    if (service === null) continue
    const list = byService.get(service)
    if (list) list.push(record)
    else byService.set(service, [record])
  }
  return {
    byService,
    pods: new Map(snapshot.pods.map(({ summary }) => [summary.name, podId(hostId, summary.id)])),
    networks: new Map(snapshot.networks.map(({ name, id }) => [name, networkId(hostId, id)])),
    volumes: snapshot.volumes === null ? null : new Set(snapshot.volumes.map(({ name }) => name)),
    services: new Set(units.flatMap(({ unit }) => unit.service ?? [])),
    wasRead: snapshot.readAt !== null,
  }
}

function unitOfRecord(hostId: string, { unit, systemd, systemdUnknownBecause }: UnitRecord, things: Things): Unit {
  return {
    id: unitId(hostId, unit.path),
    name: unit.name,
    kind: unit.kind,
    path: unit.path,
    service: unit.service,
    isTemplate: unit.isTemplate,
    state: systemd,
    stateUnknownBecause: systemdUnknownBecause,
    makes: unit.resource,
    ...presenceOf(hostId, unit, things),
    lines: unit.lines.map(({ file, line, key, value }) => ({ file, line, key, value })),
    problems: unit.problems.map(({ file, line, message, accepted, effect }) => ({
      file,
      line,
      message,
      accepted,
      effect,
    })),
    doors: doorsOf(unit),
  }
}

/** Containers of a unit; of a template, those of instances that have no file of their own. */
function containersOf({ service, isTemplate }: DeclaredUnit, { byService, services }: Things): ContainerRecord[] {
  if (service === null) return []
  if (!isTemplate) return [...(byService.get(service) ?? [])]
  const prefix = service.slice(0, -'.service'.length)
  return [...byService].flatMap(([name, records]) => (name.startsWith(prefix) && !services.has(name) ? records : []))
}

/** A state that the engine does not know is no proof that nothing runs. */
function liveness(records: readonly ContainerRecord[]): Unit['present'] {
  if (records.some(isLive)) return 'yes'
  return records.some(({ summary }) => summary.state === 'unknown') ? 'unknown' : 'no'
}

type Presence = Pick<Unit, 'present' | 'thingIds'>

function presenceOf(hostId: string, unit: DeclaredUnit, things: Things): Presence {
  if (!things.wasRead) return { present: 'unknown', thingIds: [] }
  const named = (ids: ReadonlyMap<string, string>): Presence => {
    if (unit.resource === null) return { present: unit.isTemplate ? 'no' : 'unknown', thingIds: [] }
    const id = ids.get(unit.resource)
    return id === undefined ? { present: 'no', thingIds: [] } : { present: 'yes', thingIds: [id] }
  }
  switch (unit.kind) {
    case 'container':
    case 'kube': {
      // Without its service's name nobody can tell which containers are its own.
      if (unit.service === null) return { present: 'unknown', thingIds: [] }
      const records = containersOf(unit, things)
      const thingIds = records.map(({ summary }) => containerId(hostId, summary.id)).sort()
      return { present: liveness(records), thingIds }
    }
    case 'pod': {
      const infra = containersOf(unit, things).find(({ summary }) => summary.podId !== null)
      if (infra?.summary.podId == null) return podNamed(unit, things)
      return { present: liveness([infra]), thingIds: [podId(hostId, infra.summary.podId)] }
    }
    case 'network':
      return named(things.networks)
    case 'volume': {
      if (unit.resource === null || things.volumes === null) return { present: 'unknown', thingIds: [] }
      return { present: things.volumes.has(unit.resource) ? 'yes' : 'no', thingIds: [] }
    }
    case 'image':
    case 'build':
    case 'artifact':
      return { present: 'unknown', thingIds: [] }
  }
}

/** A pod of the right name without the label, or without an infra container: it is there, and whether it is the unit's is not told. */
function podNamed({ resource }: DeclaredUnit, { pods }: Things): Presence {
  const id = resource === null ? undefined : pods.get(resource)
  return id === undefined
    ? { present: resource === null ? 'unknown' : 'no', thingIds: [] }
    : { present: 'unknown', thingIds: [id] }
}

function doorsOf({ ports }: DeclaredUnit): UnitDoor[] {
  return ports.flatMap(({ ports: read, at }) =>
    read === 'decided later'
      ? []
      : read.map(port => ({ ...port, scope: readBindAddress(port.hostIp).scope, file: at.file, line: at.line })),
  )
}
