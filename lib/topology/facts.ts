/** What the exposure rules need and the contract does not publish. */
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import type { ContainerMount, VolumeSummary } from '@/lib/podman/types'
import type { Known, ProbeDefaultRoute, ProbeFacts } from '@/lib/probe/types'
import { namespaceId, networkId } from './ids'
import { memoryOf } from './memory'
import type { NamespacePlan } from './namespaces'
import type { Notes } from './notes'
import { compareText } from './order'
import type { Container, ContainerFacts, HostFacts } from './types'

/** `containers`: those of the snapshot, in order; `plans`: their namespaces. */
export function buildFacts(
  snapshot: HostSnapshot,
  plans: readonly NamespacePlan[],
  containers: ReadonlyMap<ContainerRecord, Container>,
  notes: Notes,
): HostFacts {
  const hostId = snapshot.connection.id
  const volumes = new Map((snapshot.volumes ?? []).map(volume => [volume.name, volume]))
  const factsOnce = (record: ContainerRecord): ContainerFacts => {
    const incomplete = incompleteOf(record, notes)
    const memory = memoryOf(record)
    const known = memory.facts
    if (known?.from === snapshot.volumes && sameTexts(known.made.incomplete, incomplete)) return known.made
    const made = factsOf(record, incomplete, volumes)
    memory.facts = { from: snapshot.volumes, made }
    return made
  }
  const byContainer = table<ContainerFacts>()
  for (const [record, { id }] of containers) byContainer[id] = factsOnce(record)
  const { info, probe } = snapshot
  return {
    containers: byContainer,
    networks: Object.fromEntries(
      snapshot.networks
        .map(({ id, options, labels, routes, ipv6Enabled }) => {
          const facts = { options, labels, routes, ipv6Enabled }
          return [networkId(hostId, id), facts] as const
        })
        .sort(([a], [b]) => compareText(a, b)),
    ),
    forwarding: valueOf(probe.forwarding),
    firewall: valueOf(probe.firewall),
    routes: valueOf(probe.routes),
    defaultRoutes: defaultRoutesOf(plans, probe, hostId),
    ...(probe.interfaceForwarding?.known ? { interfaceForwarding: probe.interfaceForwarding.value } : {}),
    ...(probe.portForwards?.known ? { portForwards: probe.portForwards.value } : {}),
    rootlessNetworkCmd: info?.rootlessNetworkCmd ?? null,
    rootlessPortForwarder: info?.rootlessPortForwarder ?? null,
    networkBackend: info?.networkBackend ?? null,
    volumesUnknown: snapshot.volumes === null || snapshot.volumesAreOld === true,
    ...(snapshot.units?.known ? { units: snapshot.units.units, unitNotes: snapshot.units.notes } : {}),
  }
}

/** Without a prototype the engine keeps it as a table from the start, which a thousand keys fill much faster. */
const table = <T>(): Record<string, T> => Object.create(null)

function defaultRoutesOf(
  plans: readonly NamespacePlan[],
  probe: ProbeFacts,
  hostId: string,
): NonNullable<HostFacts['defaultRoutes']> {
  const byNamespace = table<readonly ProbeDefaultRoute[]>()
  for (const { key, netns } of plans) {
    const routes = netns === null ? undefined : probe.defaultRoutesByNetns?.[netns]
    if (routes?.known) byNamespace[namespaceId(hostId, key)] = routes.value
  }
  return byNamespace
}

const valueOf = <T>(fact: Known<T>): T | null => (fact.known ? fact.value : null)

function incompleteOf({ summary, detail }: ContainerRecord, notes: Notes): string[] {
  for (const problem of summary.problems) notes.add(summary.id, problem)
  for (const problem of detail?.problems ?? []) notes.add(summary.id, problem)
  return notes.of(summary.id)
}

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index])

function factsOf(
  { detail, problem }: ContainerRecord,
  incomplete: string[],
  volumes: ReadonlyMap<string, VolumeSummary>,
): ContainerFacts {
  return {
    networkMode: detail?.networkMode ?? '',
    incomplete,
    outdated: detail === null ? null : problem,
    boundingCaps: detail?.boundingCaps ?? null,
    securityOpt: detail?.securityOpt ?? [],
    pidMode: detail?.pidMode ?? null,
    ipcMode: detail?.ipcMode ?? null,
    usernsMode: detail?.usernsMode ?? null,
    readonlyRootfs: detail?.readonlyRootfs ?? null,
    mounts: detail?.mounts.map(mount => unmasked(mount, volumes)) ?? null,
    devices: detail?.devices ?? null,
    publishAllPorts: detail?.publishAllPorts ?? null,
    restartPolicy: detail?.restartPolicy ?? null,
    extraHosts: detail?.extraHosts ?? [],
    exposedPorts: detail?.exposedPorts ?? [],
    userModeOptions: detail?.userModeOptions ?? null,
    rootfs: detail?.rootfs ?? null,
    selinuxType: detail?.selinuxType ?? null,
    annotations: detail?.annotations ?? {},
    unaskedAnnotations: detail?.unaskedAnnotations ?? [],
  }
}

/** A volume of driver local with o=bind is the directory of the host that its device option names. */
function unmasked(
  { type, source, destination, writable, propagation, name }: ContainerMount,
  volumes: ReadonlyMap<string, VolumeSummary>,
) {
  const volume = name === null ? undefined : volumes.get(name)
  const words = volume?.driver === 'local' ? (volume.options.o ?? '').split(',') : []
  const device = words.includes('bind') || words.includes('rbind') ? volume?.options.device : undefined
  return device
    ? { type: 'bind', source: device, destination, writable, propagation }
    : { type, source, destination, writable, propagation }
}
