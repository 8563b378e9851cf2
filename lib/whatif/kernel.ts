/** The kernel's side after a change: sockets that move, bridges that come and go, rules and switches that netavark writes. */
import type { HostSnapshot } from '@/lib/collector/types'
import type { NetworkSummary } from '@/lib/podman/types'
import type { Known, ProbeFacts, ProbeInterface, ProbeListener } from '@/lib/probe/types'
import { isLive } from '@/lib/topology/claims'
import { readBindAddress } from '@/lib/topology/scope'
import type { Plan } from './apply'
import { isReserved, isWildcard } from './listeners'
import { mappingsAt } from './ports'
import { remark } from './remarks'
import type { Subject } from './subject'
import type { Remark } from './types'

interface Moved {
  netns: string | null
  plan: Plan
}

/** `after` has the engine's side of the change already, `before` is the host as it is. */
export function applyToKernel(
  after: HostSnapshot,
  before: HostSnapshot,
  subject: Subject,
  moved: Moved,
  remarks: Remark[],
): HostSnapshot {
  if (!subject.live) return after
  const probe = withBridges(withListeners(after.probe, subject, moved, remarks), before, after, subject, remarks)
  return { ...after, probe: withoutRules(probe, subject) }
}

function withListeners(probe: ProbeFacts, subject: Subject, { netns, plan }: Moved, remarks: Remark[]): ProbeFacts {
  if (!probe.available) return probe
  const { hostListeners } = probe
  const rest = hostListeners.known
    ? hostListeners.value.filter(one => !isReserved(subject, one) || staysReserved(plan, one))
    : []
  const hostNow: Known<readonly ProbeListener[]> = hostListeners.known
    ? { ...hostListeners, value: rest }
    : hostListeners
  if (plan.settled === null) return { ...probe, hostListeners: hostNow }
  const own = ownListeners(probe, subject)
  if (!own.known) remarks.push(remark('listeners-unknown', subject.record.summary.name, own.because))
  else if (own.value.length > 0) remarks.push(remark('listeners-move', subject.record.summary.name))
  // In another namespace an address is another machine's, or nobody's.
  const portable = own.known ? own.value.filter(one => isPortable(one, remarks)) : []
  const leaves = subject.plan.kind === 'host'
  const staying = leaves ? rest.filter(one => one.containerId === null || !subject.movers.has(one.containerId)) : rest
  if (plan.settled.kind === 'host') {
    if (!hostNow.known) return { ...probe, hostListeners: hostNow }
    const open = leaves ? portable : portable.filter(one => isFree(one, staying, remarks))
    return { ...probe, hostListeners: { ...hostNow, value: [...staying, ...open] } }
  }
  const listed: Known<readonly ProbeListener[]> = own.known ? { ...own, value: portable } : own
  return {
    ...probe,
    hostListeners: hostNow.known ? { ...hostNow, value: staying } : hostNow,
    listenersByNetns: netns === null ? probe.listenersByNetns : { ...probe.listenersByNetns, [netns]: listed },
  }
}

const staysReserved = ({ settled, ports }: Plan, { port, protocol, address }: ProbeListener): boolean =>
  settled === null &&
  mappingsAt(ports, { hostPort: port, protocol }).some(
    ({ hostIp }) => hostIp === address || (isWildcard(hostIp) && isWildcard(address)),
  )

/** Sockets of its processes, and of those who move with it. */
function ownListeners(probe: ProbeFacts, { plan, movers }: Subject): Known<readonly ProbeListener[]> {
  const { hostListeners, listenersByNetns } = probe
  if (plan.kind === 'host') {
    if (!hostListeners.known) return hostListeners
    return {
      ...hostListeners,
      value: hostListeners.value.filter(({ containerId }) => containerId !== null && movers.has(containerId)),
    }
  }
  const listed =
    plan.netns !== null && Object.hasOwn(listenersByNetns, plan.netns) ? listenersByNetns[plan.netns] : undefined
  return listed ?? { known: false, because: 'its sockets were not read' }
}

function isPortable({ address, port, protocol }: ProbeListener, remarks: Remark[]): boolean {
  const { scope } = readBindAddress(address)
  if (scope === 'wildcard' || scope === 'loopback') return true
  remarks.push(remark('listener-address', `${address} port ${port}/${protocol}`))
  return false
}

function isFree(
  { address, port, protocol }: ProbeListener,
  others: readonly ProbeListener[],
  remarks: Remark[],
): boolean {
  const holder = others.find(
    one =>
      one.port === port &&
      one.protocol === protocol &&
      (one.address === address || isWildcard(one.address) || isWildcard(address)),
  )
  if (holder === undefined) return true
  remarks.push(remark('listener-taken', `${port}/${protocol}`, holder.process ?? 'a process of the host'))
  return false
}

const namesOf = (networks: readonly NetworkSummary[], snapshot: HostSnapshot): Set<string> => {
  const listed = new Set(networks.map(({ name }) => name))
  const live = snapshot.containers.filter(record => isLive(record) && record.detail?.networkMode === 'bridge')
  return new Set(live.flatMap(({ summary }) => summary.networks).filter(name => listed.has(name)))
}

const isBridge = ({ driver, options }: NetworkSummary): boolean => driver === 'bridge' && options.mode !== 'unmanaged'

/** Podman makes a bridge for the first container on a network, and takes it away after the last. */
function withBridges(
  probe: ProbeFacts,
  before: HostSnapshot,
  after: HostSnapshot,
  subject: Subject,
  remarks: Remark[],
): ProbeFacts {
  // A rootless engine's are in a namespace that the probe does not read.
  if (after.rootless !== false) return probe
  const bridges = after.networks.filter(isBridge)
  const was = namesOf(bridges, before)
  const is = namesOf(bridges, after)
  const others = namesOf(bridges, { ...before, containers: before.containers.filter(one => one !== subject.record) })
  const used = new Set(bridges.flatMap(({ name, networkInterface }) => (is.has(name) ? (networkInterface ?? []) : [])))
  const gone = new Set(
    bridges.flatMap(({ name, networkInterface }) =>
      was.has(name) && networkInterface !== null && !used.has(networkInterface) ? networkInterface : [],
    ),
  )
  // Its last member goes, if only to come back: the bridge is another then.
  const remade = new Set(
    bridges.flatMap(({ name, networkInterface }) => (others.has(name) ? [] : (networkInterface ?? []))),
  )
  const fresh = bridges.filter(({ name }) => is.has(name) && !was.has(name))
  const opens = fresh.some(({ internal }) => !internal)
  return {
    ...probe,
    ...withForwarding(probe, opens, remade, remarks),
    interfaces: withInterfaces(probe.interfaces, gone, fresh),
    // Where nothing ran there was nothing to write; what netavark would write now nobody has seen.
    firewall:
      was.size === 0 && is.size > 0 && probe.firewall.known && probe.firewall.value === 'none'
        ? { known: false, because: 'netavark writes its rules when the container starts' }
        : probe.firewall,
    routes: probe.routes.known
      ? { ...probe.routes, value: probe.routes.value.filter(route => !gone.has(route.interface ?? '')) }
      : probe.routes,
  }
}

function withInterfaces(
  interfaces: ProbeFacts['interfaces'],
  gone: ReadonlySet<string>,
  fresh: readonly NetworkSummary[],
): ProbeFacts['interfaces'] {
  if (!interfaces.known) return interfaces
  const left = interfaces.value.filter(
    ({ name, kind, master }) => !gone.has(name) && !(kind === 'veth' && gone.has(master ?? '')),
  )
  const there = new Set(left.map(({ name }) => name))
  const made = fresh.flatMap(({ networkInterface: name, subnets }): ProbeInterface[] => {
    if (name === null || there.has(name)) return []
    const addresses = subnets.flatMap(({ cidr, gateway }) =>
      gateway === null ? [] : `${gateway}/${cidr.split('/')[1] ?? ''}`,
    )
    return [{ name, index: 0, kind: 'bridge', mac: null, mtu: null, addresses, up: true, master: null, parent: null }]
  })
  return { ...interfaces, value: [...left, ...made] }
}

/**
 * netavark turns forwarding on for the first network that is not internal, which sets every interface's own switch anew:
 * what was read of them holds no longer.
 */
function withForwarding(
  probe: ProbeFacts,
  opens: boolean,
  remade: ReadonlySet<string>,
  remarks: Remark[],
): Pick<ProbeFacts, 'forwarding' | 'interfaceForwarding'> {
  const { forwarding, interfaceForwarding: switches } = probe
  const turnsOn = opens && forwarding.known && !forwarding.value.ipv4
  if (turnsOn) remarks.push(remark('forwarding'))
  const kept = switches?.known
    ? { ...switches, value: Object.fromEntries(Object.entries(switches.value).filter(([name]) => !remade.has(name))) }
    : switches
  return {
    forwarding: turnsOn ? { ...forwarding, value: { ...forwarding.value, ipv4: true } } : forwarding,
    ...(kept === undefined || turnsOn ? {} : { interfaceForwarding: kept }),
  }
}

/** Rules for its ports are written anew; in which order among those of its networks is not known. */
function withoutRules(probe: ProbeFacts, { ports }: Subject): ProbeFacts {
  const { portForwards } = probe
  if (!portForwards?.known) return probe
  const value = portForwards.value.filter(
    ({ first, last, protocol }) =>
      !ports.some(one => one.protocol === protocol && first <= one.hostPort + one.range - 1 && last >= one.hostPort),
  )
  return { ...probe, portForwards: { ...portForwards, value } }
}
