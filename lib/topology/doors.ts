/**
 * Whether the host passes connections to a published port on, and why. Measured by packets on Podman 4.3 to 6.1; what was
 * not measured is "unknown". Rules of netavark: https://github.com/containers/netavark/blob/v1.17.2/src/firewall/nft.rs
 */
import type { HostSnapshot } from '@/lib/collector/types'
import type { EngineInfo, NetworkSummary, Protocol } from '@/lib/podman/types'
import { isLive } from './claims'
import type { ProbeFacts, ProbeInterface, ProbePortForward } from '@/lib/probe/types'
import type { Engine } from './engine'
import { sameJson } from './json'
import type { NamespacePlan } from './namespaces'
import { type BindAddress, canonical } from './scope'
import type { Attachment, PublishedPort } from './types'

export type Verdict = Pick<PublishedPort, 'forwarded' | 'because'>

/** One network of the namespace; null when it is in no list. */
export interface Wire {
  attachment: Attachment
  network: NetworkSummary | null
}

/** What of the host decides about doors. */
export interface DoorHost {
  rootless: boolean | null
  /** "netavark", "cni", or null when neither is proven. */
  backend: string | null
  /** netavark's; null when not proven. */
  generation: Engine['generation']
  /** Its rules for published ports; null = not read. */
  forwards: readonly ProbePortForward[] | null
  /** Of rootless bridges: "rootlessport" | "pasta"; null when /info, which names it, failed. */
  portForwarder: string | null
  firewall: 'nftables' | 'iptables' | 'none' | null
  forwarding: { ipv4: boolean; ipv6: boolean } | null
  /** Addresses of the host's interfaces, canonical; null when unknown. */
  addresses: ReadonlySet<string> | null
}

const yes = (because: string): Verdict => ({ forwarded: 'yes', because })
const no = (because: string): Verdict => ({ forwarded: 'no', because })
const unknown = (because: string): Verdict => ({ forwarded: 'unknown', because })

/** The verdict on every port of `plan` that is bound to this address with this protocol. */
export function judgeDoor(
  plan: NamespacePlan,
  wires: readonly Wire[],
  bind: BindAddress,
  protocol: Protocol,
  host: DoorHost,
): Verdict {
  const { owner } = plan
  if (owner === null || isLive(owner)) return judgeRunning(plan, wires, bind, protocol, host)
  // netavark writes the rules when a container starts: that there are none now says nothing.
  const verdict = judgeRunning(plan, wires, bind, protocol, { ...host, firewall: null })
  if (verdict.forwarded === 'no') return verdict
  const { name, state } = owner.summary
  if (state === 'unknown' || state === 'removing') return unknown(`the state of ${name} is ${state}`)
  return no(verdict.forwarded === 'yes' ? `${name} is ${state}; would open when started` : `${name} is ${state}`)
}

function judgeRunning(
  plan: NamespacePlan,
  wires: readonly Wire[],
  bind: BindAddress,
  protocol: Protocol,
  host: DoorHost,
): Verdict {
  if (plan.claim === 'undecided') return unknown('inspect failed, so how it is published is not known')
  if (bind.doubt !== null) return unknown(bind.doubt)
  switch (plan.kind) {
    case 'host':
    case 'none':
    case 'path':
    case 'rootless':
      return no('Podman publishes nothing for this network mode')
    case 'pasta':
    case 'slirp4netns':
      return throughProcess(plan.kind, bind, protocol, host)
    case 'private':
      if (wires.length === 0) return no('the container is on no network')
      if (host.rootless === null) return unknown('whether this Podman is rootless is not known')
      return host.rootless ? judgeRootless(wires, bind, protocol, host) : judgeRootful(wires, bind, host)
  }
}

/** A process on the host that listens and passes on: no firewall rule is part of it. */
function throughProcess(process: string, bind: BindAddress, protocol: Protocol, host: DoorHost): Verdict {
  // Podman does not start a container that asks for it ("can't forward protocol: sctp").
  if (protocol === 'sctp') return no(`${process} does not forward SCTP`)
  return lostAddress(bind, host) ?? yes(`${process} listens on the host and passes connections on`)
}

function judgeRootless(wires: readonly Wire[], bind: BindAddress, protocol: Protocol, host: DoorHost): Verdict {
  // rootlesskit's child dials from inside the container's own namespace: driver, internal and firewall do not matter.
  if (host.portForwarder === null) return unknown('which port forwarder this rootless Podman uses is not known')
  if (host.portForwarder !== 'pasta') return throughProcess('rootlessport', bind, protocol, host)
  if (protocol === 'sctp') return no('pasta does not forward SCTP')
  // https://github.com/containers/podman/issues/29792
  if (wires.every(({ network }) => network?.internal))
    return no("with rootless_port_forwarder=pasta, connections to an internal network's ports hang")
  // Podman 6.1.1: the host got through to a bridge and a neighbour did not; with macvlan it was the other way round.
  return unknown('rootless_port_forwarder=pasta let some connections through and others hang')
}

function judgeRootful(wires: readonly Wire[], bind: BindAddress, host: DoorHost): Verdict {
  if (host.backend !== 'netavark')
    return unknown(host.backend === null ? 'the network backend is not known' : `network backend ${host.backend}`)
  const dead: string[] = []
  const doubtful: string[] = []
  const open: Wire[] = []
  for (const wire of wires) {
    const { network } = wire
    const name = wire.attachment.networkName
    if (network === null) doubtful.push(`network ${name} is not in the list of networks`)
    else if (network.driver === 'macvlan' || network.driver === 'ipvlan')
      dead.push(`netavark forwards nothing to ${network.driver} network ${name}`)
    else if (network.driver !== 'bridge') doubtful.push(`driver ${network.driver} of network ${name} is not known`)
    else if (network.internal)
      dead.push(`network ${name} is internal: Podman only reserves the port, nothing is forwarded`)
    else if (network.options.mode === 'unmanaged')
      dead.push(`bridge of network ${name} is unmanaged: nothing is forwarded`)
    else if (network.options.vrf !== undefined) doubtful.push(`network ${name} is in a VRF, which was not measured`)
    else open.push(wire)
  }
  if (open.length === 0) return doubtful.length > 0 ? unknown(doubtful.join('; ')) : no(dead.join('; '))
  if (host.firewall === 'none') return no("netavark's rules are not in the kernel (firewall_driver=none, or flushed)")
  return judgeFamilies(open, wires, bind, host)
}

/** Of the bridges that forward, which have an address of the family that the door needs. */
function judgeFamilies(open: readonly Wire[], wires: readonly Wire[], bind: BindAddress, host: DoorHost): Verdict {
  if (bind.family === 'ipv6' && bind.scope === 'loopback')
    // The mark that lets a local packet out again exists for IPv4 only.
    return bind.address === '::1'
      ? no('netavark forwards nothing from the IPv6 loopback address')
      : unknown('an IPv4-mapped bind address was not measured')
  if (bind.address?.startsWith('::ffff:')) return unknown('an IPv4-mapped bind address was not measured')
  const usable: string[] = []
  const served = { ipv4: false, ipv6: false }
  let undecided = false
  for (const wire of open) {
    const families = familiesOf(wire)
    if (families === null) undecided = true
    const ipv4 = families?.ipv4 === true && bind.family !== 'ipv6'
    const ipv6 = families?.ipv6 === true && bind.family !== 'ipv4'
    if (ipv4 || ipv6) usable.push(wire.attachment.networkName)
    if (ipv4) served.ipv4 = true
    if (ipv6) served.ipv6 = true
  }
  if (usable.length === 0) {
    if (undecided) return unknown('the addresses of the container are not known')
    const family = bind.family === 'ipv6' ? 'IPv6 ' : bind.family === 'ipv4' ? 'IPv4 ' : ''
    return no(`the container has no ${family}address on a network that forwards`)
  }
  const lost = literalWildcard(bind, host) ?? lostAddress(bind, host)
  if (lost) return lost
  const { forwarding } = host
  if (bind.scope !== 'loopback' && forwarding) {
    const routed = (served.ipv4 && forwarding.ipv4) || (served.ipv6 && forwarding.ipv6)
    if (!routed) return unknown('IP forwarding is off on the host: only the host itself is sure to get through')
  }
  const astray = wires.flatMap(({ attachment, network }) =>
    network?.driver === 'macvlan' || network?.driver === 'ipvlan' ? attachment.networkName : [],
  )
  const replies = astray.length > 0 ? `; replies to its segment leave through ${astray.join(', ')}` : ''
  const only = bind.family === null && served.ipv4 !== served.ipv6 ? (served.ipv4 ? ', IPv4 only' : ', IPv6 only') : ''
  const seen = host.firewall === null ? ' (firewall rules not examined)' : ''
  return yes(`netavark forwards it through ${usable.join(', ')}${only}${replies}${seen}`)
}

/**
 * 0.0.0.0 and :: as written, not unset: before 1.6 netavark made them the destination of its rules, which no packet has.
 * https://github.com/containers/netavark/commit/8a1975a6858ec3a7c08c159f73d9570a39b613f3
 */
function literalWildcard(bind: BindAddress, { generation, forwards }: DoorHost): Verdict | null {
  if (bind.scope !== 'wildcard' || bind.family === null || generation === null || generation.major > 1) return null
  const address = bind.family === 'ipv6' ? '::' : '0.0.0.0'
  if (forwards?.some(rule => rule.address === address))
    return no(`netavark before 1.6 forwards nothing that is bound to ${address}`)
  if (generation.minor === null)
    return unknown(`netavark before 1.6 forwards nothing that is bound to ${address}, and its version is not known`)
  return generation.minor < 6 ? no(`netavark before 1.6 forwards nothing that is bound to ${address}`) : null
}

/** By the addresses it has, else by the subnets it gets them from; null when neither says. */
function familiesOf({ attachment, network }: Wire): { ipv4: boolean; ipv6: boolean } | null {
  const known = attachment.addresses.length > 0 ? attachment.addresses : (network?.subnets ?? []).map(one => one.cidr)
  if (known.length === 0) return null
  // A colon is enough here: both come from the engine as addresses, and a CIDR would not parse as one.
  return { ipv4: known.some(one => !one.includes(':')), ipv6: known.some(one => one.includes(':')) }
}

/** A door on an address that the host has no longer: a local route could still lead there. */
function lostAddress(bind: BindAddress, host: DoorHost): Verdict | null {
  if (bind.address === null || bind.scope === 'loopback' || host.addresses === null) return null
  if (host.addresses.has(bind.address)) return null
  return unknown(`no interface of the host has ${bind.address}`)
}

/** What decides about doors, read from the snapshot. */
export function doorHostOf(snapshot: HostSnapshot, engine: Engine): DoorHost {
  const made = makeDoorHost(snapshot, engine)
  const known = lastDoorHosts.get(snapshot.probe)
  if (known !== undefined && sameJson({ ...known, addresses: null }, { ...made, addresses: null })) return known
  lastDoorHosts.set(snapshot.probe, made)
  return made
}

/** By the facts of the probe, which are the same ones until it looks again: its addresses are made of them alone. */
const lastDoorHosts = new WeakMap<ProbeFacts, DoorHost>()

function makeDoorHost(snapshot: HostSnapshot, engine: Engine): DoorHost {
  const { info, probe } = snapshot
  return {
    rootless: snapshot.rootless,
    backend: engine.backend,
    generation: engine.generation,
    forwards: probe.portForwards?.known ? probe.portForwards.value : null,
    portForwarder: portForwarderOf(info, engine),
    firewall: probe.firewall.known ? probe.firewall.value : null,
    forwarding: probe.forwarding.known ? probe.forwarding.value : null,
    addresses: probe.interfaces.known ? addressesOf(probe.interfaces.value) : null,
  }
}

/** By the list, which is the same one until the probe finds another; they are made of nothing else. */
const remembered = new WeakMap<readonly ProbeInterface[], ReadonlySet<string>>()

function addressesOf(interfaces: readonly ProbeInterface[]): ReadonlySet<string> {
  const known = remembered.get(interfaces)
  if (known) return known
  const made = new Set(interfaces.flatMap(one => one.addresses.map(cidr => canonical(cidr.replace(/\/\d+$/, '')))))
  remembered.set(interfaces, made)
  return made
}

/** There was no choice before Podman 6. */
function portForwarderOf(info: EngineInfo | null, { podmanMajor }: Engine): string | null {
  if (info !== null || (podmanMajor !== null && podmanMajor < 6)) return info?.rootlessPortForwarder ?? 'rootlessport'
  return null
}
