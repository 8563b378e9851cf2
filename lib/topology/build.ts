/** Snapshot → model. Pure: the same snapshot gives the same JSON, whatever the order of its lists. */
import type { HostSnapshot } from '@/lib/collector/types'
import type { Connection } from '@/lib/podman/types'
import type { Known, ProbeInterface } from '@/lib/probe/types'
import { buildDeclared } from './absent'
import { buildFacts } from './facts'
import { enginesUnknownBecause, nestedIn } from './inner-engines'
import { DEFAULT_NETWORK } from './networks'
import { Notes } from './notes'
import { byNameThenId, compareText } from './order'
import { buildParts } from './parts'
import type { Host, HostModel, Interface, Topology } from './types'
import { buildUnits } from './units'

export interface BuildOptions {
  /** Age of the snapshot's data in seconds; the builder has no clock. Default 0. */
  ageSeconds?: number
}

/** The model of one host. Ids start with the connection's id. */
export function buildTopology(snapshot: HostSnapshot, options: BuildOptions = {}): HostModel {
  const { connection, info, probe } = snapshot
  const notes = new Notes()
  const { engine, plans, pods, containers, namespaces, networks } = buildParts(snapshot, notes)
  const units = buildUnits(snapshot)
  const host: Host = {
    id: connection.id,
    name: connection.name,
    machine: snapshot.machine,
    source: SOURCE[connection.transport],
    rootless: snapshot.rootless,
    status: snapshot.status,
    ageSeconds: options.ageSeconds ?? 0,
    problem: snapshot.problem,
    engine:
      engine.podman === null
        ? null
        : {
            podman: engine.podman,
            netavark: engine.netavark,
            defaultNetwork: info?.defaultNetwork ?? DEFAULT_NETWORK,
          },
    probe: { available: probe.available, reason: probe.reason },
    interfaces: buildInterfaces(probe.interfaces),
    networks,
    namespaces,
    pods,
    containers: [...containers.values()],
    nestedIn: nestedIn(snapshot),
    enginesUnknownBecause: enginesUnknownBecause(snapshot.probe),
    ...units,
    declared:
      units.units === null ? null : buildDeclared(snapshot, units.units, new Set(namespaces.map(({ id }) => id))),
  }
  return { host, facts: buildFacts(snapshot, plans.plans, containers, notes) }
}

const SOURCE: Record<Connection['transport'], Host['source']> = {
  unix: 'socket',
  ssh: 'ssh',
  tcp: 'tcp',
  recording: 'recording',
}

/** By the list, which is the same one until the probe finds another; they are made of nothing else. */
const interfacesOf = new WeakMap<readonly ProbeInterface[], Interface[]>()

function buildInterfaces(interfaces: Known<readonly ProbeInterface[]>): Interface[] | null {
  if (!interfaces.known) return null
  const known = interfacesOf.get(interfaces.value)
  if (known) return known
  const made = interfaces.value
    .map(({ name, kind, addresses, up, master }) => ({ name, kind, addresses: [...addresses], up, master }))
    .sort((a, b) => compareText(a.name, b.name))
  interfacesOf.set(interfaces.value, made)
  return made
}

/**
 * The contract's topology of several hosts, sorted by name then id. `ages` replaces ageSeconds by host id (seconds at
 * `generatedAt`, which is ISO 8601).
 */
export function assembleTopology(
  models: readonly HostModel[],
  revision: number,
  generatedAt: string,
  ages?: ReadonlyMap<string, number>,
): Topology {
  const hosts = models.map(({ host }) => {
    const ageSeconds = ages?.get(host.id) ?? host.ageSeconds
    return ageSeconds === host.ageSeconds ? host : { ...host, ageSeconds }
  })
  return { schemaVersion: 1, revision, generatedAt, hosts: hosts.sort(byNameThenId) }
}
