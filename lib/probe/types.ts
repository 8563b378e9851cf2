/**
 * The kernel's side of a local host: what Podman's API cannot tell. Every fact carries its source, every absent fact the
 * reason why it is absent. Nothing is guessed, and nothing needs root to start.
 */
import type { Protocol } from '@/lib/podman/types'

/** A fact, or why there is none. */
export type Known<T> = { known: true; value: T; source: string } | { known: false; because: string }

export type InterfaceKind =
  | 'physical'
  | 'bridge'
  | 'veth'
  | 'macvlan'
  | 'ipvlan'
  | 'vlan'
  | 'loopback'
  | 'tap'
  | 'other'

export interface ProbeInterface {
  name: string
  index: number
  kind: InterfaceKind
  mac: string | null
  mtu: number | null
  /** CIDR, e.g. "192.0.2.2/24". */
  addresses: readonly string[]
  up: boolean
  /** The bridge or bond it belongs to. */
  master: string | null
  /** Parent of vlan, macvlan and ipvlan on this host; the near end for a veth with both ends here. */
  parent: string | null
}

export interface ProbeRoute {
  /** CIDR; "default" is written 0.0.0.0/0 or ::/0. */
  destination: string
  gateway: string | null
  interface: string | null
}

/** A route of a container's namespace to everywhere. */
export interface ProbeDefaultRoute {
  gateway: string
  metric: number
}

/** One rule that forwards a published port. */
export interface ProbePortForward {
  /** First characters of the network's id, or its name: rules tell one of them. */
  networkId: string | null
  networkName: string | null
  family: 'ipv4' | 'ipv6'
  protocol: Protocol
  /** Host address that it is bound to; null = every one. */
  address: string | null
  first: number
  last: number
}

/** A socket that accepts (tcp) or is bound without a peer (udp). */
export interface ProbeListener {
  /** "0.0.0.0", "::" for wildcards; plain address otherwise. */
  address: string
  port: number
  protocol: Protocol
  /** Full id of the container whose process holds the socket, from its cgroup; null when it is none or unreadable. */
  containerId: string | null
  /** Command name of the process; null when unreadable. */
  process: string | null
}

export interface ProbeFacts {
  /** False when nothing of the kernel could be tied to this engine. */
  available: boolean
  /** Why not; null when available. */
  reason: string | null
  /** Inode of the host's network namespace, when it was proven which one it is. */
  hostNetns: string | null
  /** True when hostNetns is Podwire's own namespace. */
  hostNetnsIsOwn: boolean
  /** Inode of the network namespace that a rootless engine's bridges share; absent when there is none or it was not found. */
  rootlessNetns?: string
  interfaces: Known<readonly ProbeInterface[]>
  routes: Known<readonly ProbeRoute[]>
  forwarding: Known<{ ipv4: boolean; ipv6: boolean }>
  unprivilegedPortStart: Known<number>
  /** Where netavark's rules are in the host's namespace; "none" = looked, and there are none. */
  firewall: Known<'nftables' | 'iptables' | 'none'>
  /** Listeners of the host's namespace. */
  hostListeners: Known<readonly ProbeListener[]>
  /** Listeners per other namespace, keyed by netns inode as Podman lists it. */
  listenersByNetns: Readonly<Record<string, Known<readonly ProbeListener[]>>>
  /** Default routes per other namespace, both families; keyed likewise. */
  defaultRoutesByNetns?: Readonly<Record<string, Known<readonly ProbeDefaultRoute[]>>>
  /** Whether an interface of the host's namespace passes on what comes in by it, IPv4, by interface name. */
  interfaceForwarding?: Known<Readonly<Record<string, boolean>>>
  /** netavark's rules for published ports in the host's namespace, in the order in which the kernel tries them. */
  portForwards?: Known<readonly ProbePortForward[]>
  /** What showed that a container runs an engine of its own, by the container's full id; absent when nobody looked. */
  innerEngines?: Known<Readonly<Record<string, string>>>
}

/** What the probe has to know of one container to find its processes; all of it from the engine's own answers. */
export interface ProbeContainer {
  id: string
  /** HostConfig.NetworkMode; null when inspect failed. */
  networkMode: string | null
  /** In the engine's pid namespace, so only a hint: it counts when the kernel confirms it. */
  pid: number | null
  conmonPid: number | null
  /** Inode of its network namespace as the engine lists it; null when not running. */
  netns: string | null
}

export interface ProbeInput {
  /** The dialled unix socket; null when there is none on this machine. */
  socketPath: string | null
  rootless: boolean | null
  containers: readonly ProbeContainer[]
}

/** Reads the kernel's side of one engine. Never rejects: what cannot be read is in the facts, with the reason. */
export type Probe = (input: ProbeInput) => Promise<ProbeFacts>
