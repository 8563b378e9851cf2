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
}
