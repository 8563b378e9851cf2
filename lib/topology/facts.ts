/** What the exposure rules need and the contract does not publish. */
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import type { ContainerMount, VolumeSummary } from '@/lib/podman/types'
import type { Known } from '@/lib/probe/types'
import { containerId, namespaceId, networkId } from './ids'
import type { NamespacePlan } from './namespaces'
import type { Notes } from './notes'
import { compareText } from './order'
import type { ContainerFacts, HostFacts } from './types'

interface Remembered {
  volumes: HostSnapshot['volumes']
  facts: ContainerFacts
}

/** By the record, which is the same object until the engine tells something new of its container. */
const remembered = new WeakMap<ContainerRecord, Remembered>()

/** `records`: the snapshot's containers in order; `plans`: their namespaces. */
export function buildFacts(
  snapshot: HostSnapshot,
  { records, plans }: { records: readonly ContainerRecord[]; plans: readonly NamespacePlan[] },
  notes: Notes,
): HostFacts {
  const hostId = snapshot.connection.id
  const volumes = new Map((snapshot.volumes ?? []).map(volume => [volume.name, volume]))
  const factsOnce = (record: ContainerRecord): ContainerFacts => {
    const incomplete = incompleteOf(record, notes)
    const known = remembered.get(record)
    if (known?.volumes === snapshot.volumes && sameTexts(known.facts.incomplete, incomplete)) return known.facts
    const facts = factsOf(record, incomplete, volumes)
    remembered.set(record, { volumes: snapshot.volumes, facts })
    return facts
  }
  const { info, probe } = snapshot
  return {
    containers: Object.fromEntries(records.map(record => [containerId(hostId, record.summary.id), factsOnce(record)])),
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
    defaultRoutes: Object.fromEntries(
      plans.flatMap(({ key, netns }) => {
        const routes = netns === null ? undefined : probe.defaultRoutesByNetns?.[netns]
        return routes?.known ? [[namespaceId(hostId, key), routes.value] as const] : []
      }),
    ),
    ...(probe.interfaceForwarding?.known ? { interfaceForwarding: probe.interfaceForwarding.value } : {}),
    ...(probe.portForwards?.known ? { portForwards: probe.portForwards.value } : {}),
    rootlessNetworkCmd: info?.rootlessNetworkCmd ?? null,
    rootlessPortForwarder: info?.rootlessPortForwarder ?? null,
    networkBackend: info?.networkBackend ?? null,
    volumesUnknown: snapshot.volumes === null || snapshot.volumesAreOld === true,
    ...(snapshot.units?.known ? { units: snapshot.units.units, unitNotes: snapshot.units.notes } : {}),
  }
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
