/**
 * The host as it would be. The change is made where the engine and the kernel would show it, in the snapshot, so that the model
 * and every verdict on it come from the same stages as those of a host that is there.
 */
import type { ContainerRecord, HostSnapshot, PodRecord } from '@/lib/collector/types'
import type { ContainerAttachment, NetworkSummary, PortMapping } from '@/lib/podman/types'
import { freeAddresses, freeSubnet, usedAddresses } from './addresses'
import { type Settled, settle } from './engine'
import { applyToKernel } from './kernel'
import { changedPorts } from './ports'
import { remark, unlessRunning } from './remarks'
import type { Subject } from './subject'
import type { Change, Remark } from './types'

/** What the container becomes. */
export interface Plan {
  /** null = the network stays as it is. */
  settled: Settled | null
  /** Names of its networks; empty in every mode but bridge. */
  networks: readonly string[]
  ports: readonly PortMapping[]
}

export interface Applied {
  snapshot: HostSnapshot
  plan: Plan
  /** The network that would be made for it. */
  created: NetworkSummary | null
  remarks: Remark[]
}

/** Only for a change that refusalsOf() has nothing against. */
export function apply(snapshot: HostSnapshot, subject: Subject, change: Change): Applied {
  const settled = change.network === null ? null : settle(snapshot, change.network)
  const remarks: Remark[] = unlessRunning(subject)
  const created = settled?.kind === 'new' ? newNetwork(snapshot, settled, remarks) : null
  const networks = created === null ? snapshot.networks : [...snapshot.networks, created]
  const ports = portsAfter(subject, change, settled, remarks)
  const attachments = attachmentsAfter({ ...snapshot, networks }, subject, settled, remarks)
  const plan: Plan = { settled, networks: attachments.map(({ networkName }) => networkName), ports }
  const netns = netnsAfter(subject, settled)
  // Whatever is created again starts last.
  const started = latest(snapshot)
  const moved = (record: ContainerRecord): ContainerRecord => {
    const { summary } = record
    const own = record === subject.record
    if (!own && !subject.movers.has(summary.id)) return record
    const place = { netns: summary.netns === null ? null : netns, ports: own || summary.ports.length > 0 ? ports : [] }
    const times = subject.live ? { createdAt: started, startedAt: started } : {}
    if (!own) return { ...record, summary: { ...summary, ...place } }
    return {
      ...record,
      summary: { ...summary, ...place, ...times, networks: plan.networks },
      detail: record.detail && { ...record.detail, ...modeAfter(settled), attachments, portBindings: ports },
    }
  }
  const listed: HostSnapshot = {
    ...snapshot,
    networks,
    containers: snapshot.containers.map(moved),
    pods: snapshot.pods.map(pod => (pod === subject.pod ? podAfter(pod, plan) : pod)),
  }
  return { snapshot: applyToKernel(listed, snapshot, subject, { netns, plan }, remarks), plan, created, remarks }
}

const latest = ({ containers }: HostSnapshot): string | null =>
  containers
    .flatMap(({ summary }) => [summary.createdAt ?? '', summary.startedAt ?? ''])
    .reduce((a, b) => (a > b ? a : b), '') || null

/** An inode that no namespace has; null where nothing runs, or the host's is not known. */
function netnsAfter({ plan, hostPlan, record, live }: Subject, settled: Settled | null): string | null {
  if (settled === null) return plan.netns
  if (!live) return null
  return settled.kind === 'host' ? hostPlan.netns : `what-if ${record.summary.id}`
}

function modeAfter(settled: Settled | null) {
  if (settled === null) return {}
  const own = { sandboxKey: null, userModeOptions: null }
  switch (settled.kind) {
    case 'network':
    case 'new':
      return { networkMode: 'bridge', ...own }
    case 'host':
    case 'none':
    case 'pasta':
    case 'slirp4netns':
      return { networkMode: settled.kind, ...own }
  }
}

function portsAfter(
  { ports }: Subject,
  change: Change,
  settled: Settled | null,
  remarks: Remark[],
): readonly PortMapping[] {
  const changed = changedPorts(ports, change.ports)
  if (settled?.kind !== 'host' && settled?.kind !== 'none') return changed
  if (ports.length > 0) remarks.push(remark('ports-discarded', settled.kind))
  return []
}

function attachmentsAfter(
  snapshot: HostSnapshot,
  { record, movers, live }: Subject,
  settled: Settled | null,
  remarks: Remark[],
): readonly ContainerAttachment[] {
  if (settled === null) return record.detail?.attachments ?? []
  if (settled.kind !== 'network' && settled.kind !== 'new') return []
  const network = snapshot.networks.find(({ name }) => name === settled.name)
  if (network === undefined) return []
  const fixed = settled.kind === 'network' ? settled.address : null
  const used = usedAddresses(snapshot, movers)
  const chosen = freeAddresses(network, used)
  const other = (address: string) => fixed === null || address.includes(':') !== fixed.includes(':')
  const addresses = fixed === null ? chosen : [fixed, ...chosen.filter(other)]
  if (live && addresses.length === 0) remarks.push(remark('addresses-unknown', network.name))
  if (live && fixed === null && addresses.length > 0) remarks.push(remark('address', network.name))
  if (network.dnsEnabled) remarks.push(remark('names', network.name))
  const attachment = { networkName: network.name, networkId: network.id, mac: null, gateway: null, aliases: [] }
  return [{ ...attachment, addresses: live ? addresses : [] }]
}

/** As `podman network create NAME` makes it. The bridge's name is Podman's choice. */
function newNetwork(
  snapshot: HostSnapshot,
  { name, isolate, internal }: Extract<Settled, { kind: 'new' }>,
  remarks: Remark[],
): NetworkSummary {
  const cidr = freeSubnet(snapshot)
  remarks.push(remark('subnet', name, cidr ?? ''))
  return {
    id: `what-if-network-${name}`,
    name,
    driver: 'bridge',
    networkInterface: `what-if-${name}`,
    createdAt: null,
    subnets: cidr === null ? [] : [{ cidr, gateway: cidr.replace(/0\/24$/, '1'), leaseRange: null }],
    routes: [],
    ipv6Enabled: false,
    internal,
    dnsEnabled: true,
    labels: {},
    options: isolate === null ? {} : { isolate },
    ipamDriver: 'host-local',
  }
}

const podAfter = (pod: PodRecord, { settled, networks }: Plan): PodRecord => ({
  ...pod,
  summary: { ...pod.summary, networks: settled === null ? pod.summary.networks : networks },
  detail: pod.detail && {
    ...pod.detail,
    hostNetwork: settled === null ? pod.detail.hostNetwork : settled.kind === 'host',
    userModeOptions: settled === null ? pod.detail.userModeOptions : null,
  },
})
